// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { confluenceAnnotations } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import { History } from '../history';
import { People, PEOPLE } from './People';

jest.setTimeout(60_000);

const signal = new AbortController().signal;

function user(
  name: string,
  more: Partial<Entity['metadata']> = {},
  email?: string,
) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, ...more },
    spec: { memberOf: [], profile: { displayName: name, email } },
  };
}

function mirror(name: string, email: string): Entity {
  return user(
    name,
    {
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': 'confluence:acme/1' },
    },
    email,
  );
}

const config = {
  people: [
    {
      source: 'catalog' as const,
      filter: { 'metadata.namespace': 'default' },
    },
  ],
  catalog: { namespace: 'confluence', accounts: 'user' as const, labels: [] },
  schedule: {
    every: { seconds: 30 },
    slice: { minutes: 2 },
    timeout: { minutes: 3 },
    checks: { hours: 1 },
    people: { minutes: 15 },
  },
};

describe('People', () => {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_18'],
  });

  async function setup(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const history = await History.create({
      database: mockServices.database({ knex }),
    });
    let entities: Entity[] = [];
    let broken = false;
    const now = { time: DateTime.fromISO('2026-03-10T12:00:00Z') };
    const catalog = catalogServiceMock.mock({
      async *streamEntities(request, options) {
        if (broken) {
          throw new Error('the catalog is down');
        }
        yield* catalogServiceMock({ entities }).streamEntities(
          request,
          options,
        );
      },
    });
    const onChange = jest.fn(async () => {});
    const logger = mockServices.logger.mock();
    const people = People.create({
      config,
      history,
      catalog,
      auth: mockServices.auth(),
      scheduler: mockServices.scheduler.mock(),
      logger,
      onChange,
      now: () => now.time,
    });
    return {
      history,
      people,
      logger,
      onChange,
      knex,
      now,
      fail: (value: boolean) => {
        broken = value;
      },
      has: (...present: Entity[]) => {
        entities = present;
      },
      async state() {
        const asOf = await history.head();
        const found: Record<string, string> = {};
        for await (const rows of history.rows('people', { asOf })) {
          rows.forEach(row => {
            found[row.key] = row.payload.status;
          });
        }
        return found;
      },
      async container() {
        const [state] = await history.containers(PEOPLE);
        return state;
      },
      async accounts(...accounts: Array<[string, string, string?]>) {
        const runId = `${Math.random()}`;
        const { id: readId } = await history.beginRead({
          runId,
          source: 'acme',
          dataset: 'accounts',
          key: 'site',
          mode: 'full',
          scope: 'all',
        });
        await history.stage(
          readId,
          accounts.map(([key, accountClass, email]) => ({
            key,
            payload: {
              accountType: 'atlassian',
              accountStatus: 'active',
              class: accountClass,
              listed: true,
            },
            profile: { kind: 'account', id: key, email },
          })),
        );
        await history.finishRead(readId, { outcome: 'complete' });
        await history.publish({ runId });
      },
      async links() {
        const asOf = await history.head();
        const found: Record<string, string> = {};
        for await (const rows of history.rows('identity_links', { asOf })) {
          rows.forEach(({ key, payload }) => {
            found[key] = `${payload.person} by ${payload.how}`;
          });
        }
        return found;
      },
    };
  }

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
