// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { createTestPeople, mirror, user } from './__testUtils__/testPeople';
import { PEOPLE } from './lane';

jest.setTimeout(60_000);

const signal = new AbortController().signal;

describe('People', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const setup = async (id: TestDatabaseId) =>
    createTestPeople(await databases.init(id));

  it.each(databases.eachSupportedId())(
    'reads people and never our own mirrors, %p',
    async id => {
      const t = await setup(id);
      t.has(
        user('ana', {
          annotations: { 'atlassian.net/employment-end': '2026-03-01' },
        }),
        user('ben', {
          annotations: { 'atlassian.net/employment-status': 'on the moon' },
        }),
        user('orphan', { annotations: { 'backstage.io/orphan': 'true' } }),
        mirror('ana-12345678', 'ana@example.com'),
        user('other', { namespace: 'confluence' }, 'ana@example.com'),
      );
      await t.people.read(signal);
      expect(await t.state()).toEqual({
        'user:default/ana': 'departed',
        'user:default/ben': 'employed',
      });

      const head = await t.history.head();
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'complete' });
      expect(await t.history.head()).toBe(head);
      expect(t.logger.warn.mock.calls.map(([text]) => text)).toEqual([
        'Annotation atlassian.net/employment-status of user:default/ben is not a known status and is ignored',
      ]);
      const ledger = await t.knex('ledger_entries').select('kind', 'payload');
      expect(ledger.map(entry => entry.kind)).toEqual(['people.published']);
    },
  );

  it.each(databases.eachSupportedId())(
    'keeps whom a read misses, calls them missing in time, takes them back, %p',
    async id => {
      const t = await setup(id);
      t.has(user('ana'), user('ben'));
      await t.people.read(signal);
      t.has(user('ana'));
      await t.people.read(signal);
      expect(await t.state()).toMatchObject({ 'user:default/ben': 'employed' });
      t.now.time = t.now.time.plus({ hours: 25 });
      await t.people.read(signal);
      expect(await t.state()).toMatchObject({ 'user:default/ben': 'missing' });

      await expect(
        t.people.confirmDeparture('user:default/ana', {
          actor: 'user:default/hr',
          reason: 'left',
        }),
      ).rejects.toThrow('is still in the source');
      await t.people.confirmDeparture('user:default/ben', {
        actor: 'user:default/hr',
        reason: 'left',
      });
      const [{ reason_salt: salt }] = await t.knex('people_decisions');
      const [{ payload }] = await t
        .knex('ledger_entries')
        .where({ kind: 'people.departure-confirmed' });
      expect(JSON.parse(payload)).toEqual({ reason: saltedHash(salt, 'left') });
      await t.people.read(signal);
      expect(await t.state()).toMatchObject({ 'user:default/ben': 'departed' });

      t.has(user('ana'), user('ben'));
      await t.people.read(signal);
      expect(await t.state()).toMatchObject({ 'user:default/ben': 'employed' });
    },
  );

  it.each(databases.eachSupportedId())(
    'calls no read complete before two have found the same people, %p',
    async id => {
      const t = await setup(id);
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({
        outcome: 'partial',
        reason: 'nobody: the catalog has nobody who fits the filter',
      });
      t.has(user('ana'));
      await t.people.read(signal);
      t.has(user('ana'), user('ben'));
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({
        outcome: 'partial',
        reason: 'still-filling: no two reads found the same people',
      });
      t.onChange.mockClear();
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'complete' });
      expect(t.onChange).toHaveBeenCalledTimes(1);
      t.has(user('ana'), user('ben'), user('cem'));
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'complete' });
    },
  );

  it.each(databases.eachSupportedId())(
    'does not believe that many people vanish at once until somebody says so, %p',
    async id => {
      const t = await setup(id);
      const all = Array.from({ length: 20 }, (_, i) => user(`p${i}`));
      t.has(...all);
      await t.people.read(signal);
      t.has(...all.slice(0, 9));
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({
        outcome: 'partial',
        reason: 'shrink-refused: 11 of 20 people are gone at once',
      });
      const absent = async () => {
        const row = await t.history.row(
          'people',
          PEOPLE.source,
          'user:default/p15',
          await t.history.head(),
        );
        return row?.payload.absentSince;
      };
      expect(await absent()).toBeNull();
      await t.people.read(signal, {
        acceptShrink: { actor: 'user:default/hr', reason: 'a spin-off' },
      });
      expect(await t.container()).toMatchObject({ outcome: 'complete' });
      expect(await absent()).toBe('2026-03-10T12:00:00.000Z');
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'complete' });

      t.has();
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'partial' });
    },
  );

  it.each(databases.eachSupportedId())(
    'records that the source failed, throws, and changes nobody, %p',
    async id => {
      const t = await setup(id);
      t.has(user('ana'));
      await t.people.read(signal);
      const before = await t.state();
      t.fail(true);
      await expect(t.people.read(signal)).rejects.toThrow(
        'the catalog is down',
      );
      expect(await t.container()).toMatchObject({ outcome: 'failed' });
      expect(await t.state()).toEqual(before);
      t.fail(false);
      await t.people.read(signal);
      expect(await t.container()).toMatchObject({ outcome: 'complete' });
      expect(await t.knex('history_staged').select()).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'writes many links in one commit, and drops one that two people claim, %p',
    async id => {
      const t = await setup(id);
      const names = Array.from({ length: 250 }, (_, i) => `p${i}`);
      const all = names.map(name => user(name, {}, `${name}@example.com`));
      t.has(...all);
      await t.accounts(
        ...names.map((name): [string, string, string] => [
          `acc-${name}`,
          'person',
          `${name}@example.com`,
        ]),
      );
      const head = await t.history.head();
      await t.people.read(signal);
      expect(await t.history.head()).toBe(head + 2);
      expect(Object.keys(await t.links())).toHaveLength(250);

      const claim = (name: string) =>
        user(name, { annotations: { 'atlassian.net/account-id': 'acc-p7' } });
      t.has(...all, claim('x'), claim('y'));
      await t.people.read(signal);
      expect(await t.links()).not.toHaveProperty('acc-p7');
      expect(Object.keys(await t.links())).toHaveLength(249);
    },
  );
});
