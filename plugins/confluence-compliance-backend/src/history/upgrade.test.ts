// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateDatabase } from '../database';
import { definitions, Definitions } from './definitions';
import { History } from './History';
import { Lists } from './lists';
import { page } from './lists/__testUtils__/testLists';
import { publishAll } from './__testUtils__/setup';

jest.setTimeout(60_000);

const MIGRATIONS = `${__dirname}/../../migrations`;

/** Results as the first version wrote them. */
const first: Definitions = {
  ...definitions,
  results: {
    ...definitions.results,
    shape: 1,
    fields: {
      checkId: 1,
      subjectKind: 1,
      subjectId: 1,
      verdict: 1,
      reason: 1,
      facts: 1,
    },
    facets: definitions.results.facets.filter(
      ({ column }) => column !== 'account_id' && column !== 'resource',
    ),
  },
};

function result(subjectKind: string, subjectId: string, more: object = {}) {
  return {
    key: `k|${subjectKind}|${subjectId}`,
    payload: {
      checkId: 'k',
      subjectKind,
      subjectId,
      verdict: 'fail',
      reason: 'because',
      facts: {},
      ...more,
    },
  };
}

async function migrateTo(knex: Knex, last: string) {
  for (;;) {
    const [, [next]]: [unknown, Array<{ file: string }>] =
      await knex.migrate.list({ directory: MIGRATIONS });
    if (!next || next.file > last) {
      return;
    }
    await knex.migrate.up({ directory: MIGRATIONS });
  }
}

/** Pages as they were stored before their owner stood in a column. */
const ownerless: Definitions = {
  ...definitions,
  pages: {
    ...definitions.pages,
    facets: definitions.pages.facets.filter(
      ({ column }) => column !== 'owner_id',
    ),
  },
};

/** Directories as they were stored before states and roles stood in columns. */
const stateless: Definitions = {
  ...definitions,
  directory: {
    ...definitions.directory,
    facets: definitions.directory.facets.filter(
      ({ column }) => column !== 'account_status' && column !== 'roles',
    ),
  },
};

describe('an upgrade', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'knows who owns the pages that were read before, %p',
    async id => {
      const knex = await databases.init(id);
      await migrateTo(knex, '20261128110000_timeline.js');
      const before = await History.create({
        database: mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: true },
        }),
        definitions: ownerless,
      });
      await publishAll(before, {
        dataset: 'pages',
        key: 's1',
        runId: 'r1',
        rows: [page('p1', 's1', 'Mine', 'a1'), page('p2', 's1', "Nobody's")],
      });
      await migrateDatabase(mockServices.database({ knex }));
      expect(
        await knex('history_pages').orderBy('key').pluck('owner_id'),
      ).toEqual(['a1', null]);
    },
  );

  it.each(databases.eachSupportedId())(
    'knows the states and roles of a directory that was read before, %p',
    async id => {
      const knex = await databases.init(id);
      await migrateTo(knex, '20261128150000_read_scopes.js');
      const before = await History.create({
        database: mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: true },
        }),
        definitions: stateless,
      });
      const source = 'organization:o';
      const entry = (key: string, status: string | null, roles: string[]) => ({
        key,
        payload: {
          claimStatus: 'managed',
          accountStatus: status,
          membershipStatus: 'active',
          mfa: 'enabled',
          managementSource: null,
          platformRoles: [],
          products: [],
          roles,
        },
      });
      const { id: read } = await before.beginRead({
        runId: 'r1',
        source,
        dataset: 'directory',
        key: 'all',
        mode: 'full',
        scope: source,
      });
      await before.stage(read, [
        entry('a1', 'inactive', []),
        entry('a2', null, ['ari atlassian/admin']),
      ]);
      await before.finishRead(read, { outcome: 'complete' });
      await before.publish({ runId: 'r1' });
      await migrateDatabase(mockServices.database({ knex }));
      const directory = () => knex('history_directory').orderBy('key');
      expect(await directory().pluck('account_status')).toEqual([
        'inactive',
        null,
      ]);
      const history = await History.create({
        database: mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: true },
        }),
      });
      expect([...(await history.directoryRoles(source))]).toEqual([
        ['a2', ['ari atlassian/admin']],
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'knows what account the findings of the first version are about, %p',
    async id => {
      const knex = await databases.init(id);
      await migrateTo(knex, '20261121130000_checks.js');
      const before = await History.create({
        database: mockServices.database.mock({
          getClient: async () => knex,
          migrations: { skip: true },
        }),
        definitions: first,
      });
      const results = { dataset: 'results', key: 'k' };
      await publishAll(before, {
        ...results,
        runId: 'r1',
        rows: [result('account', 'a1'), result('page', 'a1')],
      });

      const database = mockServices.database({ knex });
      await migrateDatabase(database);
      const history = await History.create({ database });
      const lists = await Lists.create({
        database,
        catalog: {
          namespace: 'confluence',
          accounts: 'user',
          labels: [],
          allPages: false,
        },
      });
      const account = {
        key: 'a1',
        payload: {
          accountType: 'atlassian',
          accountStatus: 'active',
          class: 'person',
          listed: true,
        },
        profile: { kind: 'account' as const, id: 'a1', name: 'Ada' },
      };
      await publishAll(history, {
        dataset: 'accounts',
        runId: 'r2',
        rows: [account],
      });
      const see = async () => {
        const revision = await history.head();
        const { items } = await lists.findings.list({
          query: {},
          connections: ['acme'],
          checks: [['k']],
          verdicts: ['fail'],
          account: 'a1',
          sort: '-severity',
          revision,
          limit: 10,
        });
        expect(items.map(item => [item.key, item.account?.name])).toEqual([
          ['k|account|a1', 'Ada'],
        ]);
        const { findings } = await lists.account('acme', 'a1', revision);
        expect(findings).toBe(1);
        return revision;
      };
      const revision = await see();

      // The next run of the check says the same in the newer shape: nothing has changed.
      const outcome = await publishAll(history, {
        ...results,
        runId: 'r3',
        rows: [
          result('account', 'a1', { accountId: 'a1', resource: null }),
          result('page', 'a1', { accountId: null, resource: 'page:a1' }),
        ],
      });
      expect(outcome.revision).toBeUndefined();
      expect(await see()).toBe(revision);
      const { items } = await lists.findings.list({
        query: {},
        connections: ['acme'],
        checks: [['k']],
        verdicts: ['fail'],
        resource: 'page:a1',
        sort: '-severity',
        revision,
        limit: 10,
      });
      expect(items.map(item => item.key)).toEqual(['k|page|a1']);
    },
  );
});
