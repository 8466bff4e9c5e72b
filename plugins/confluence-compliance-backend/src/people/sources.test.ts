// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { createTestPeople, user } from './__testUtils__/testPeople';
import { parseCsv } from './csv';
import { FileSource } from './FileSource';
import { SourceRegistry } from './SourceRegistry';

jest.setTimeout(60_000);

const signal = new AbortController().signal;
const officer = { actor: 'user:default/officer', reason: 'A spin-off' };

/** An HR system that a test fills. */
function hr() {
  let records: unknown[] = [];
  let broken = false;
  const sources = new SourceRegistry();
  sources.add({
    id: 'hr',
    scope: 'all',
    async *read() {
      if (broken) {
        throw new Error('HR is down');
      }
      yield records;
    },
  });
  return {
    sources,
    says: (...all: unknown[]) => {
      records = all;
    },
    fail: (value: boolean) => {
      broken = value;
    },
  };
}

describe('Personnel sources besides the catalog', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const setup = async (id: TestDatabaseId) => {
    const system = hr();
    const t = await createTestPeople(await databases.init(id), system.sources);
    const row = async (name: string) => {
      const asOf = await t.history.head();
      const found = await t.history.row(
        'people',
        'people:catalog',
        `user:default/${name}`,
        asOf,
      );
      return found?.payload;
    };
    const states = async () =>
      (await t.people.states()).map(({ id: of, outcome, reason }) =>
        [of, outcome, reason?.code].filter(Boolean).join(' '),
      );
    return { ...t, system, row, states };
  };

  it.each(databases.eachSupportedId())(
    'add start, end, manager and kind of employment, and whom only they have, %p',
    async id => {
      const t = await setup(id);
      t.has(user('ana'), user('ben'));
      t.system.says(
        {
          ref: 'ana',
          start: '2020-01-01',
          end: '2026-03-01',
          manager: 'user:default/ben',
          employmentType: 'Contractor',
          accountIds: 'acc-ana',
        },
        { ref: 'ben', employmentType: 'astronaut' },
        { ref: 'user:default/cam', name: 'Cam', email: 'cam@example.com' },
      );
      await t.accounts(
        ['acc-ana', 'person'],
        ['acc-cam', 'person', 'cam@example.com'],
      );
      await t.people.read(signal);
      await t.people.read(signal);
      expect(await t.states()).toEqual(['catalog complete', 'hr complete']);
      expect(await t.row('ana')).toMatchObject({
        status: 'departed',
        startDate: '2020-01-01',
        endDate: '2026-03-01',
        managerRef: 'user:default/ben',
        employmentType: 'contractor',
      });
      expect(await t.row('ben')).toMatchObject({
        status: 'employed',
        employmentType: 'other',
      });
      expect(await t.row('cam')).toMatchObject({ status: 'employed' });
      expect(await t.links()).toEqual({
        'acc-ana': 'user:default/ana by account-id',
        'acc-cam': 'user:default/cam by email',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'remove nobody while they fail, are wrong or shrink, until somebody says so, %p',
    async id => {
      const t = await setup(id);
      const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
      const leaving = { ref: 'p19', end: '2026-03-01' };
      const all = [...names.slice(0, 19).map(ref => ({ ref })), leaving];
      t.has(...names.map(name => user(name)));
      t.system.says(...all);
      await t.people.read(signal);
      await t.people.read(signal);
      expect(await t.row('p19')).toMatchObject({ status: 'departed' });

      t.system.fail(true);
      await t.people.read(signal);
      expect(await t.states()).toEqual([
        'catalog partial source-incomplete',
        'hr failed source-failed',
      ]);
      t.system.fail(false);
      t.system.says(...all, { ref: 'p0' }, { ref: 'x', end: 'someday' });
      await t.people.read(signal);
      expect(t.logger.warn.mock.calls.map(([text]) => text)).toEqual([
        "The personnel source 'hr' could not be read: HR is down",
        "Record 21 of the personnel source 'hr': ref is there twice",
        "Record 22 of the personnel source 'hr': end must be an ISO date, such as 2026-10-31",
      ]);
      expect((await t.states())[1]).toMatch(/^hr partial/);

      t.system.says(...all.slice(0, 9));
      await t.people.read(signal);
      expect((await t.states())[1]).toBe('hr partial shrink-refused');
      expect(await t.row('p19')).toMatchObject({ status: 'departed' });
      await expect(t.people.accept('catalog', officer)).rejects.toThrow(
        'refused nothing',
      );
      await expect(t.people.accept('x', officer)).rejects.toThrow(
        "There is no personnel source 'x'",
      );
      await t.people.accept('hr', officer);
      expect(await t.states()).toEqual(['catalog complete', 'hr complete']);
      // It left by its end date, and nobody takes that back by forgetting it.
      expect(await t.row('p19')).toMatchObject({ status: 'departed' });
      const entries = await t.knex('ledger_entries').where({
        kind: 'people.shrink-accepted',
      });
      expect(entries).toEqual([
        expect.objectContaining({
          actor: officer.actor,
          subject: 'people:hr',
          payload: expect.not.stringContaining(officer.reason),
        }),
      ]);
      const decisions = await t.knex('people_decisions');
      expect(decisions).toEqual([
        expect.objectContaining({ kind: 'shrink', reason: officer.reason }),
      ]);
      expect(JSON.parse(entries[0].payload).reason).toBe(
        saltedHash(decisions[0].reason_salt, officer.reason),
      );
      t.now.time = t.now.time.plus({ hours: 25 });
      await t.people.read(signal);
      expect(await t.row('p15')).toMatchObject({ status: 'missing' });
    },
  );

  it('refuses ids that are taken or none', () => {
    const { sources } = hr();
    const source = (id: string) => ({ id, scope: '', async *read() {} });
    expect(() => sources.add(source('hr'))).toThrow('already there');
    expect(() => sources.add(source('catalog'))).toThrow('already there');
    expect(() => sources.add(source('HR!'))).toThrow('lowercase');
  });
});

describe('FileSource', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'people-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const readAll = async (
    name: string,
    content: string,
    more: { maxBytes?: number; url?: string } = {},
  ) => {
    const path = join(folder, name);
    await writeFile(path, content);
    const { url, maxBytes = 1000 } = more;
    const reader = mockServices.urlReader.mock({
      readUrl: async () => ({ buffer: async () => Buffer.from(content) }),
    });
    const source = new FileSource(
      { source: 'file', id: 'hr', maxBytes, ...(url ? { url } : { path }) },
      reader,
    );
    const records: unknown[] = [];
    for await (const page of source.read(signal)) {
      records.push(...page);
    }
    return records;
  };

  it('reads CSV and JSON, from the disk and from a URL', async () => {
    const ana = { ref: 'ana', name: 'Lindqvist, "Ana"', end: '' };
    const csv = '\ufeffref,name,end\r\nana,"Lindqvist, ""Ana""",\r\n\r\n';
    expect(await readAll('people.csv', csv)).toEqual([ana]);
    const json = JSON.stringify([ana]);
    expect(await readAll('people.json', json)).toEqual([ana]);
    const url = 'https://hr.example/people.json?x=1';
    expect(await readAll('p', json, { url })).toEqual([ana]);
  });

  it('refuses what is too large, or not what it says', async () => {
    await expect(
      readAll('large.csv', 'x'.repeat(101), { maxBytes: 100 }),
    ).rejects.toThrow('more than 100 bytes');
    await expect(
      readAll('p', 'x'.repeat(101), {
        maxBytes: 100,
        url: 'https://hr.example/p.csv',
      }),
    ).rejects.toThrow('more than 100 bytes');
    await expect(readAll('a.json', '{')).rejects.toThrow('is not JSON');
    await expect(readAll('b.json', '{}')).rejects.toThrow('a JSON array');
    expect(() => parseCsv('a,b\n1,2,3')).toThrow('row 2 has 3 fields');
    expect(() => parseCsv('a\n"x')).toThrow('never closed');
  });
});
