// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { user } from './__testUtils__/testPeople';
import { createTestSources } from './__testUtils__/testSources';
import { SourceRegistry } from './SourceRegistry';

jest.setTimeout(60_000);

const signal = new AbortController().signal;
const officer = { actor: 'user:default/officer', reason: 'A spin-off' };

describe('Personnel sources besides the catalog', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const setup = async (id: TestDatabaseId) =>
    createTestSources(await databases.init(id));

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

  it.each(databases.eachSupportedId())(
    'are not complete with fields that nobody knows, %p',
    async id => {
      const t = await setup(id);
      t.has(user('ana'));
      t.system.says({ ref: 'ana', endDate: '2026-03-01' }, { ref: 'ben' });
      await t.people.read(signal);
      await t.people.read(signal);
      expect(await t.states()).toEqual([
        'catalog partial source-incomplete',
        'hr partial malformed',
      ]);
      expect(t.logger.warn).toHaveBeenCalledWith(
        "Record 1 of the personnel source 'hr': unknown fields 'endDate': call each by one of ref, name, email, start, end, manager, status, employmentType, accountIds, or leave it out",
      );
    },
  );

  it('refuses ids that are taken or none', () => {
    const sources = new SourceRegistry();
    const source = (id: string) => ({ id, scope: '', async *read() {} });
    sources.add(source('hr'));
    expect(() => sources.add(source('hr'))).toThrow('already there');
    expect(() => sources.add(source('catalog'))).toThrow('already there');
    expect(() => sources.add(source('HR!'))).toThrow('lowercase');
  });
});
