// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { confluenceAnnotations } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { createTestPeople, mirror, user } from './__testUtils__/testPeople';

jest.setTimeout(60_000);

const signal = new AbortController().signal;

describe('Links to people', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });
  const setup = async (id: TestDatabaseId) =>
    createTestPeople(await databases.init(id));

  it.each(databases.eachSupportedId())(
    'links by account id, then by email, and never guesses, %p',
    async id => {
      const t = await setup(id);
      t.has(
        user('ana', {}, 'Ana@Example.com'),
        user('ben', {
          annotations: { 'atlassian.net/account-id': 'acc-ben, acc-ben-2' },
        }),
        user('cam', {}, 'shared@example.com'),
        user('dee', {}, 'shared@example.com'),
        user('eve', { annotations: { 'atlassian.net/account-id': 'acc-x' } }),
        user('fox', { annotations: { 'atlassian.net/account-id': 'acc-x' } }),
        user('gus', {}, 'bot@example.com'),
        mirror('hal', 'hal@example.com'),
      );
      await t.accounts(
        ['acc-ana', 'person', 'ana@example.COM'],
        ['acc-ben', 'person'],
        ['acc-ben-2', 'shared'],
        ['acc-cam', 'guest', 'shared@example.com'],
        ['acc-x', 'person'],
        ['acc-bot', 'app', 'bot@example.com'],
        ['acc-hal', 'person', 'hal@example.com'],
      );
      await t.people.read(signal);
      const links = {
        'acc-ana': 'user:default/ana by email',
        'acc-ben': 'user:default/ben by account-id',
        'acc-ben-2': 'user:default/ben by account-id',
      };
      expect(await t.links()).toEqual(links);
      expect(t.onChange).toHaveBeenCalledTimes(1);

      const head = await t.history.head();
      expect(await t.people.link(signal)).toEqual({
        linked: 0,
        changed: 0,
        removed: 0,
        ambiguous: ['acc-cam', 'acc-x'],
      });
      expect(await t.history.head()).toBe(head);
      expect(t.logger.warn).toHaveBeenCalledTimes(1);

      await t.accounts(['acc-ana', 'person']);
      await t.people.link(signal);
      expect(await t.links()).toEqual(links);

      const entries = await t
        .knex('ledger_entries')
        .where({ kind: 'identity.linked' })
        .select('payload');
      expect(entries.map(entry => JSON.parse(entry.payload))).toEqual([
        { ambiguous: 2, changed: 0, linked: 3, removed: 0 },
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'lets go of a link that was written while its account was erased, %p',
    async id => {
      const t = await setup(id);
      t.has(user('ana', {}, 'ana@example.com'));
      await t.accounts(['acc-ana', 'person', 'ana@example.com']);
      const { retention } = t.history;
      const change = t.history.change.bind(t.history);
      jest.spyOn(t.history, 'change').mockImplementationOnce(async (...of) => {
        await retention.eraseAccount({
          connection: 'acme',
          accountId: 'acc-ana',
          actor: 'user:default/officer',
          reason: 'asked for',
        });
        return change(...of);
      });
      await t.people.read(signal);
      expect(await t.links()).toHaveProperty('acc-ana');

      expect(await t.people.link(signal)).toMatchObject({ removed: 1 });
      expect(await t.links()).toEqual({});
      expect(await t.people.link(signal)).toMatchObject({ removed: 0 });
      // Nor does the history keep it.
      await retention.forgetProfiles({
        goneBefore: '2020-01-01T00:00:00.000Z',
      });
      expect(await t.knex('history_identity_links')).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'finds nobody of an erased account again, also not whom the source names, %p',
    async id => {
      const t = await setup(id);
      const ana = user('ana', {
        annotations: { [confluenceAnnotations.accountId]: 'acc-ana, acc-two' },
      });
      t.has(ana);
      await t.accounts(['acc-ana', 'person'], ['acc-two', 'person']);
      await t.people.read(signal);
      await t.people.link(signal);
      expect(Object.keys(await t.links()).sort()).toEqual([
        'acc-ana',
        'acc-two',
      ]);
      await t.history.retention.eraseAccount({
        connection: 'acme',
        accountId: 'acc-ana',
        actor: 'user:default/officer',
        reason: 'asked for',
      });
      const nothingLeads = async () => {
        const stored = [
          ...(await t.knex('history_people').pluck('payload')),
          ...(await t.knex('history_identity_links').pluck('key')),
        ].join();
        expect(stored).not.toContain('acc-ana');
        expect(Object.keys(await t.links())).toEqual(['acc-two']);
      };
      await nothingLeads();
      const head = await t.history.head();
      await t.people.read(signal);
      await t.people.link(signal);
      await nothingLeads();
      expect(await t.history.head()).toBe(head);
      // Nor when the source says something new.
      t.has({ ...ana, spec: { ...ana.spec, manager: 'user:default/bo' } });
      await t.people.read(signal);
      await t.people.link(signal);
      await nothingLeads();
      expect(await t.history.head()).toBeGreaterThan(head);
    },
  );
});
