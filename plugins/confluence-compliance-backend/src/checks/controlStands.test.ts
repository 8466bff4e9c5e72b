// SPDX-License-Identifier: Apache-2.0
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { controlStands } from './controlStands';

function check(id: string, more: Partial<Check> = {}): Check {
  return {
    id,
    title: id,
    description: '',
    severity: 'high',
    subjectKind: 'account',
    requires: [],
    improves: [],
    missing: [],
    controls: [{ framework: 'SOC 2', control: 'CC6.2', reviewed: true }],
    howToFix: [],
    state: 'ready',
    parameters: {},
    verdict: 'pass',
    excepted: { fail: 0, warning: 0 },
    counts: { pass: 1, fail: 0, warning: 0, unknown: 0, 'not-applicable': 0 },
    running: false,
    ...more,
  };
}

const later = check('z.later', { state: 'later', verdict: 'unknown' });
const none = {
  pass: 0,
  fail: 0,
  warning: 0,
  unknown: 0,
  'not-applicable': 0,
  later: 0,
};

describe('where controls stand', () => {
  it('is the worst that their checks say, and how many say what', () => {
    const [control] = controlStands([
      check('a.pass'),
      later,
      check('b.unknown', { verdict: 'unknown' }),
      check('c.fail', { verdict: 'fail' }),
    ]);
    expect(control).toMatchObject({
      framework: 'SOC 2',
      control: 'CC6.2',
      verdict: 'fail',
      judgedBy: 'checks',
      counts: { ...none, pass: 1, fail: 1, unknown: 1, later: 1 },
    });
    expect(control.checks.map(({ id }) => id)).toEqual([
      'c.fail',
      'b.unknown',
      'z.later',
      'a.pass',
    ]);
  });

  it('is never pass while a check is unknown, did not run or is not built yet', () => {
    const verdictOf = (...checks: Check[]) => controlStands(checks)[0].verdict;
    const unknown = check('b.unknown', { verdict: 'unknown' });
    expect(verdictOf(check('a.pass'), unknown)).toBe('unknown');
    expect(verdictOf(check('a.pass'), later)).toBe('unknown');
    expect(
      verdictOf(check('a.pass'), check('n.a', { verdict: 'not-applicable' })),
    ).toBe('pass');
    expect(verdictOf(check('n.a', { verdict: 'not-applicable' }))).toBe(
      'not-applicable',
    );
  });

  it('has the findings of its checks, and how many of them are excepted', () => {
    const counted = (fail: number, warning: number) => ({
      counts: { pass: 9, fail, warning, unknown: 5, 'not-applicable': 2 },
      verdict: 'fail' as const,
    });
    const some = check('a', {
      ...counted(4, 2),
      excepted: { fail: 1, warning: 2 },
    });
    const [both] = controlStands([some, check('b', counted(1, 0)), later]);
    expect([both.findings, both.excepted]).toEqual([7, 3]);
    // It changes no verdict.
    expect(both.verdict).toBe('fail');
    const [unexcepted] = controlStands([check('b', counted(1, 0))]);
    expect(unexcepted.findings).toBe(1);
    expect(unexcepted).not.toHaveProperty('excepted');
  });

  it('says what only waits for somebody, or for what is to come', () => {
    const attested = check('a.said', {
      state: 'attestation',
      verdict: 'unknown',
    });
    const judgedBy = (...checks: Check[]) => controlStands(checks)[0].judgedBy;
    expect(judgedBy(later)).toBe('later');
    expect(judgedBy(later, attested)).toBe('attestation');
    expect(judgedBy(later, check('a.pass'))).toBe('checks');
  });

  it('goes by framework, ours first, and by number', () => {
    const of = (framework: string, control: string) => ({
      framework,
      control,
      reviewed: true,
    });
    const found = controlStands([
      check('a', {
        controls: [
          of('Acme rules', '1'),
          of('ISO 27001:2022', 'A.8.15'),
          of('ISO 27001:2022', 'A.8.2'),
          of('SOC 2', 'CC9.2'),
        ],
      }),
    ]);
    expect(found.map(({ control }) => control)).toEqual([
      'CC9.2',
      'A.8.2',
      'A.8.15',
      '1',
    ]);
  });
});
