// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ObservedRow } from '..';
import {
  account,
  openHistory,
  publishAll,
  readAll,
} from '../__testUtils__/setup';

jest.setTimeout(60_000);

const LONG_AGO = '2020-01-01T00:00:00.000Z';
const LATER = '2020-06-01T00:00:00.000Z';

/** The same account with another status. */
function as(accountStatus: string, row: ObservedRow): ObservedRow {
  return { ...row, payload: { ...row.payload, accountStatus } };
}

/** What an organization says of an account. */
const managed = (accountStatus: string | null) => ({
  claimStatus: 'managed',
  accountStatus,
  membershipStatus: null,
  mfa: 'unknown',
  managementSource: null,
  platformRoles: null,
  products: null,
  roles: [],
});

const serviceAccount = (accountId: string) => ({
  kind: 'service-account',
  accountId,
  status: 'ACTIVE',
  createdAt: null,
  expiresAt: null,
  createdBy: null,
});

/** As if everything so far had happened long ago. */
async function ageAll(knex: Knex) {
  await knex('history_revisions').update({ committed_at: LONG_AGO });
  await knex('profiles').update({ updated_at: LONG_AGO });
}

describe('forgetting profiles', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  async function start(id: Parameters<typeof databases.init>[0]) {
    const knex = await databases.init(id);
    const history = await openHistory(knex);
    let runs = 0;
    const see = async (source: string, rows: ObservedRow[]) => {
      runs += 1;
      const runId = `r${runs}`;
      return publishAll(history, { runId, source, dataset: 'accounts', rows });
    };
    const names = async () =>
      (await knex('profiles').orderBy('id').select('name', 'id')).map(
        ({ name, id: of }) => name ?? of,
      );
    const feed = async (since = 0) => {
      const { items } = await history.changes({ since, limit: 100 });
      return items.map(({ connection, id: of, name, ...rest }) => [
        connection,
        of,
        name.slice(0, -9),
        rest.gone ? 'gone' : rest.state.title,
      ]);
    };
    const forget = (goneBefore = LATER) =>
      history.retention.forgetProfiles({ goneBefore });
    return { knex, history, see, names, feed, forget };
  }

  const ada = account('a1', 'Ada');
  const bo = account('a2', 'Bo');

  it.each(ids)(
    'forgets an account as it closes, and for good, %p',
    async id => {
      const { history, see, names, feed, forget } = await start(id);
      await see('acme', [ada, bo]);
      await see('beta', [ada]);
      // One site may be behind the other: somebody there still shows the name.
      await see('acme', [as('closed', ada), bo]);
      expect(await names()).toEqual(['Ada', 'Bo']);
      const { revision = 0 } = await see('beta', [as('closed', ada)]);
      expect(await names()).toEqual(['Bo']);
      expect(await feed(revision - 1)).toEqual([
        ['acme', 'a1', 'ada', 'a1'],
        ['beta', 'a1', 'ada', 'a1'],
      ]);
      // What Confluence still says of it is not stored again, and nothing changes.
      expect((await see('beta', [as('closed', ada)])).revision).toBeUndefined();
      expect(await names()).toEqual(['Bo']);
      // Names of entities follow a little later, once readers of the feed have seen them go.
      expect(await forget()).toBe(0);
      expect(await feed()).toContainEqual(['acme', 'a1', 'account', 'a1']);
      // Whoever is opened again is known by name again.
      await see('acme', [ada, bo]);
      expect(await names()).toEqual(['Ada', 'Bo']);
      expect(await history.profiles('account', ['a1'])).toEqual(
        new Map([['a1', { kind: 'account', id: 'a1', name: 'Ada' }]]),
      );
    },
  );

  it.each(ids)(
    'stores nothing that others say of a closed account, %p',
    async id => {
      const { knex, history, see, names } = await start(id);
      let runs = 0;
      const say = (rows: ObservedRow[]) => {
        runs += 1;
        return readAll(history, {
          runId: `d${runs}`,
          source: 'organization:1',
          dataset: 'directory',
          key: 'all',
          rows,
        });
      };
      const saysOf = (accountStatus: string | null): ObservedRow => ({
        key: 'a1',
        payload: managed(accountStatus),
        profile: {
          kind: 'account',
          id: 'a1',
          name: 'Ada',
          email: 'ada@northwind.example',
          emailFrom: 'organization',
        },
      });
      const published = () => history.publish({ runId: `d${runs}` });
      await see('acme', [as('closed', ada), bo]);
      await say([saysOf('inactive')]);
      await published();
      expect(await names()).toEqual(['Bo']);
      // The next day nothing changes, and neither does the word of a single change.
      const head = await history.head();
      await say([saysOf('inactive')]);
      await published();
      expect(await history.head()).toBe(head);
      const organization = {
        source: 'organization:1',
        dataset: 'directory',
        key: 'all',
      };
      await history.change({}, change =>
        change.put(organization, saysOf(null)),
      );
      expect(await names()).toEqual(['Bo']);
      // Nor where it closes between the read and its publishing.
      await see('acme', [ada, bo]);
      await say([saysOf('inactive')]);
      await see('acme', [as('closed', ada), bo]);
      await published();
      expect(await names()).toEqual(['Bo']);
      expect(await knex('profiles').whereNotNull('email')).toEqual([]);
      // Where a site opens it again it is known again.
      await see('beta', [{ ...ada, profile: undefined }]);
      await say([saysOf('inactive')]);
      await published();
      expect(await names()).toEqual(['Ada', 'Bo']);
    },
  );

  it.each(ids)('forgets where the last open row goes, %p', async id => {
    const { see, names } = await start(id);
    await see('acme', [as('closed', { ...ada, profile: undefined })]);
    await see('beta', [ada, bo]);
    await see('beta', [bo]);
    expect(await names()).toEqual(['Bo']);
  });

  it.each(ids)(
    'forgets those that closed before, and tells it, %p',
    async id => {
      const { knex, history, see, names, feed, forget } = await start(id);
      await see('acme', [as('closed', ada), bo]);
      await knex('profiles').insert({
        kind: 'account',
        id: 'a1',
        name: 'Ada',
        updated_at: LONG_AGO,
      });
      const before = await history.head();
      expect(await forget()).toBe(1);
      expect(await names()).toEqual(['Bo']);
      expect(await feed(before)).toEqual([['acme', 'a1', 'account', 'a1']]);
      const head = await history.head();
      expect(await forget()).toBe(0);
      expect(await history.head()).toBe(head);
    },
  );

  it.each(ids)('forgets who is gone for long, %p', async id => {
    const { knex, see, names, feed, forget } = await start(id);
    const cy = account('a3', 'Cy');
    await see('acme', [ada, bo, cy]);
    await see('beta', [bo]);
    await see('acme', [cy]);
    await ageAll(knex);
    await see('acme', []);
    // Cy went only now, and Bo stands in the other site.
    expect(await forget()).toBe(1);
    expect(await names()).toEqual(['Bo', 'Cy']);
    expect(await feed()).toEqual([
      ['beta', 'a2', 'bo', 'Bo'],
      ['acme', 'a1', 'account', 'gone'],
      ['acme', 'a2', 'bo', 'gone'],
      ['acme', 'a3', 'cy', 'gone'],
    ]);
    // Long after the rows themselves were pruned, too.
    await ageAll(knex);
    await knex('history_accounts').where({ key: 'a3' }).delete();
    expect(await forget()).toBe(1);
    expect(await names()).toEqual(['Bo']);
    expect((await see('acme', [ada])).opened).toBe(1);
    expect(await names()).toEqual(['Ada', 'Bo']);
  });

  it.each(ids)('keeps whom only an organization still has, %p', async id => {
    const { knex, history, see, names, forget } = await start(id);
    const has = (dataset: string, rows: ObservedRow[], runs: number) =>
      publishAll(history, {
        runId: `${dataset} ${runs}`,
        source: 'organization:1',
        dataset,
        key: 'all',
        rows,
      });
    const cy = account('a3', 'Cy');
    const bot = {
      key: 'service-account/1',
      payload: serviceAccount('a2'),
      profile: bo.profile,
    };
    const entry = { key: 'a1', payload: managed(null), profile: ada.profile };
    await see('acme', [cy]);
    await see('acme', []);
    await has('directory', [entry], 1);
    await has('credentials', [bot], 1);
    await ageAll(knex);
    expect(await forget()).toBe(1);
    expect(await names()).toEqual(['Ada', 'Bo']);
    await has('directory', [], 2);
    await has('credentials', [], 2);
    // They went only now.
    expect(await forget()).toBe(0);
    await ageAll(knex);
    expect(await forget()).toBe(2);
    expect(await names()).toEqual([]);
    // The ledger says how many went, and not who.
    const entries = await knex('ledger_entries').orderBy('seq');
    expect(
      entries.map(({ kind, actor, subject, payload }) => [
        kind,
        actor,
        subject,
        JSON.parse(payload),
      ]),
    ).toEqual([
      ['profiles.forgotten', 'system', 'profiles', { profiles: 1 }],
      ['profiles.forgotten', 'system', 'profiles', { profiles: 2 }],
    ]);
  });

  it.each(ids)('forgets when somebody was last active, %p', async id => {
    const { knex, see, forget } = await start(id);
    const resource = 'ari:cloud:confluence::site/1';
    const activity = [{ resource, lastActiveAt: LONG_AGO }];
    await see('acme', [
      { ...ada, activity },
      { ...bo, activity },
    ]);
    await see('acme', [bo]);
    await forget();
    expect(await knex('account_activity').pluck('account_id')).toEqual(['a2']);
  });

  it.each(ids)('keeps who is being read again, %p', async id => {
    const { knex, history, see, names, forget } = await start(id);
    await see('acme', [ada]);
    await see('acme', []);
    await ageAll(knex);
    const begin = { source: 'acme', dataset: 'accounts', key: 'site' };
    const read = await history.beginRead({
      ...begin,
      runId: 'again',
      mode: 'full',
      scope: 'all',
    });
    await history.stage(read.id, [ada]);
    expect(await forget()).toBe(0);
    expect(await names()).toEqual(['Ada']);
  });

  it.each(ids)('forgets people whom no source has for long, %p', async id => {
    const { knex, history, names, forget } = await start(id);
    const person = (key: string, absentSince: string | null) => ({
      key,
      payload: {
        status: absentSince ? 'missing' : 'employed',
        startDate: null,
        endDate: null,
        absentSince,
        managerRef: null,
        employmentType: null,
        accountIds: [],
      },
      profile: { kind: 'person' as const, id: key, name: `Name of ${key}` },
    });
    await publishAll(history, {
      runId: 'p',
      source: 'people:catalog',
      dataset: 'people',
      key: 'all',
      rows: [
        person('user:default/here', null),
        person('user:default/left', LONG_AGO),
        person('user:default/leaving', '2020-07-01T00:00:00.000Z'),
        person('user:default/erased', LONG_AGO),
        person('user:default/back', LONG_AGO),
      ],
    });
    await ageAll(knex);
    // That somebody was erased is remembered, should they be seen again.
    await knex('profiles')
      .where({ id: 'user:default/erased' })
      .update({ name: 'Erased account 1', erased_at: LONG_AGO });
    const read = await history.beginRead({
      source: 'people:catalog',
      dataset: 'people',
      key: 'all',
      runId: 'again',
      mode: 'full',
      scope: 'all',
    });
    await history.stage(read.id, [person('user:default/back', null)]);
    expect(await forget()).toBe(1);
    expect(await names()).toEqual([
      'Name of user:default/back',
      'Erased account 1',
      'Name of user:default/here',
      'Name of user:default/leaving',
    ]);
  });
});
