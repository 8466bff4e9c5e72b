// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summarize } from '../summarize';
import { builtinChecks } from '.';
import { controlsOf, frameworks, shownControls } from './controls';

const counts = {
  pass: 0,
  fail: 0,
  warning: 0,
  unknown: 0,
  'not-applicable': 0,
};

it('says of every row that is not built why, and never passes it', () => {
  const later = builtinChecks.filter(({ state }) => state === 'later');
  expect(later.map(({ id }) => id)).toContain('access.mover-reviewed');
  for (const check of later) {
    const shown = summarize(
      { check, every: { hours: 6 }, parameters: {} },
      {
        run: undefined,
        counts,
        excepted: { fail: 0, warning: 0 },
        connections: ['acme'],
        anyConnection: true,
        stale: [],
        dead: new Date(),
        attested: [],
        now: new Date(),
        organizations: new Map(),
        frameworks: ['soc2'],
      },
    );
    expect(shown).toMatchObject({ state: 'later', verdict: 'unknown' });
    expect(shown.reason?.text).toMatch(/not available yet: it needs .+/);
  }
});

it('takes no parameters as its defaults', () => {
  for (const check of builtinChecks) {
    expect(check.parameters.safeParse({}).success).toBe(true);
  }
});

it.each(builtinChecks.filter(({ state }) => state !== 'attestation'))(
  '$id says what it needs and how to fix it',
  check => {
    expect(check.requires.length).toBeGreaterThan(0);
    expect(check.howToFix.length).toBeGreaterThan(1);
    // What is required cannot be what merely sharpens.
    const both = check.requires.filter(used => check.improves.includes(used));
    expect(both).toEqual([]);
    expect(check.requires).toEqual(
      expect.arrayContaining(check.listedBy ?? []),
    );
  },
);

describe('The table of the documentation', () => {
  const text = readFileSync(
    join(__dirname, '../../../../../docs/checks.md'),
    'utf8',
  );
  const rows = new Map(
    [
      ...text.matchAll(
        /^\| `([a-z.-]+\.[a-z-]+)` +\| ([a-z]+) .*\| (.*?) +\|$/gm,
      ),
    ].map(([, id, severity, needs]) => [
      id,
      { severity, needs: needs.split('; ') },
    ]),
  );
  const BETTER = 'better with ';

  it('has every check', () => {
    expect([...rows.keys()].sort()).toEqual(
      builtinChecks.map(({ id }) => id).sort(),
    );
  });

  it.each(builtinChecks.filter(({ state }) => state !== 'attestation'))(
    'says what $id needs, and what it is better with',
    ({ id, severity, requires, improves }) => {
      const { needs, ...row } = rows.get(id)!;
      const better = needs.find(part => part.startsWith(BETTER));
      const listed = (part = '') => part.split(', ').filter(Boolean).sort();
      expect({
        ...row,
        requires: listed(needs[0]),
        improves: listed(better?.slice(BETTER.length)),
      }).toEqual({
        severity,
        requires: [...requires].sort(),
        improves: [...improves].sort(),
      });
    },
  );
});

describe('Controls', () => {
  it('are known for every row, by id and in a few words', () => {
    expect(builtinChecks).toHaveLength(31);
    const ids = builtinChecks.map(({ id }) => id);
    for (const { controls, checks, title } of frameworks) {
      expect(ids).toEqual(expect.arrayContaining(Object.keys(checks)));
      const used = Object.values(checks).flat();
      expect([title, [...new Set(used)].sort()]).toEqual([
        title,
        Object.keys(controls).sort(),
      ]);
    }
    expect(builtinChecks.filter(check => check.controls.length < 2)).toEqual(
      [],
    );
  });

  it('are only called reviewed where somebody has read the standard', () => {
    const controls = controlsOf('space.active-owner');
    expect(
      controls.map(({ framework, control, reviewed }) => [
        framework,
        control,
        reviewed,
      ]),
    ).toEqual([
      ['SOC 2', 'CC1.5', false],
      ['SOC 2', 'CC6.1', true],
      ['ISO 27001:2022', 'A.5.9', true],
      ['NIST 800-53 r5', 'AC-2b', false],
      ['NIST 800-53 r5', 'CM-8', false],
      ['CSF 2.0', 'ID.AM-08', false],
      ['HIPAA', '164.308(a)(2)', false],
      ['PCI DSS 4.0.1', '12.1.3', false],
      ['CIS v8', '3.2', false],
    ]);
  });

  it('that only we have mapped are proposals', () => {
    const unread = controlsOf('space.public-links').filter(
      ({ framework, reviewed }) =>
        ['SOC 2', 'ISO 27001:2022'].includes(framework) && !reviewed,
    );
    expect(unread.map(({ control }) => control)).toEqual(['CC6.7', 'A.5.14']);
    // Whatever is called unread is there.
    for (const { controls: known, unread: names = [] } of frameworks) {
      expect(Object.keys(known)).toEqual(expect.arrayContaining(names));
    }
  });

  it('of a framework are hidden until it is switched on; those of a company never', () => {
    const own = { framework: 'House rules', control: '7', reviewed: true };
    const all = [...controlsOf('auth.mfa-enabled'), own];
    const namesOf = (shown: typeof all) => [
      ...new Set(shown.map(({ framework }) => framework)),
    ];
    expect(namesOf(shownControls(all, ['soc2', 'iso27001']))).toEqual([
      'SOC 2',
      'ISO 27001:2022',
      'House rules',
    ]);
    const pci = shownControls(all, ['pci-dss']);
    expect(namesOf(pci)).toEqual(['PCI DSS 4.0.1', 'House rules']);
    expect(pci[0]).toMatchObject({ conditional: 'pci-scope' });
  });
});
