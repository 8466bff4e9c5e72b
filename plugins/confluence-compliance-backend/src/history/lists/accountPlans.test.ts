// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AccountFilters, AccountListOptions } from './accounts';
import { firstRevision, insertMany, ROW } from './__testUtils__/insertMany';
import { createTestLists } from './__testUtils__/testLists';

jest.setTimeout(300_000);

const ACCOUNTS = 100_000;

/** Rows of accounts that a page may look at, however many there are. */
const BOUND = 12_000;

/** Fills the tables as a site of this size would, without going through a sync. */
async function fill(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  const insert = insertMany(knex, ACCOUNTS);
  const payload = `'{"accountType":"atlassian","accountStatus":"active","class":"person","listed":true}'`;
  const id = `'id' || (1000000 + i * 7919 % ${ACCOUNTS})`;
  await firstRevision(knex);
  await insert(
    'history_accounts',
    `${ROW}, class, status, listed`,
    `'acme', 'site', ${id}, 1, 1, 'h', ${payload},
     case when i % 250 = 0 then 'guest' else 'person' end,
     case when i % 500 = 0 then 'inactive' else 'active' end, true`,
  );
  await insert(
    'profiles',
    'kind, id, name, email, email_folded, updated_at',
    `'account', ${id},
     case when i % 1000 = 0 then 'Zelda Quist ' || i else 'Person ' || (i * 31 % ${ACCOUNTS}) end,
     'p' || i || '@example.com', 'p' || i || '@example.com', '2026-01-01'`,
    'where i % 100 <> 1',
  );
  await insert(
    'history_identity_links',
    `${ROW}, person, person_source`,
    `'identity', 'links', ${id}, 1, 1, 'h',
     '{"person":"user:default/p' || i || '","how":"email","source":"people:catalog"}',
     'user:default/p' || i, 'people:catalog'`,
    'where i % 50 <> 1',
  );
  await insert(
    'history_results',
    `${ROW}, check_id, verdict, subject_kind, subject_id, account_id`,
    `'acme', 'c', 'c|account|' || ${id}, 1, 1, 'h', '{}', 'c',
     case when i % 400 = 0 then 'fail' else 'pass' end,
     'account', ${id}, ${id}`,
  );
  await insert(
    'history_directory',
    `${ROW}, mfa, account_status, membership_status`,
    `'organization:o', 'all', ${id}, 1, 1, 'h',
     '{"claimStatus":"managed","mfa":"enabled","platformRoles":[],"products":[],"roles":[]}',
     case when i % 500 = 2 then 'disabled' else 'enabled' end,
     case when i % 500 = 3 then 'inactive' else 'active' end,
     case when i % 500 = 4 then 'suspended' when i % 500 = 5 then 'no_membership' else 'active' end`,
  );
  await knex('history_groups').insert(
    ['few', 'most'].map(name => ({
      source: 'acme',
      container: 'site',
      key: name,
      opened: 1,
      shape: 1,
      hash: 'h',
      payload: '{}',
      name,
    })),
  );
  for (const [group, which] of [
    ['few', 'i % 500 = 1'],
    ['most', 'i % 500 <> 1'],
  ]) {
    await insert(
      'history_memberships',
      `${ROW}, group_id, account_id`,
      `'acme', '${group}', '${group}/' || ${id}, 1, 1, 'h', '{}', '${group}', ${id}`,
      `where ${which}`,
    );
    await knex('history_reads').insert({
      id: group,
      run_id: 'r',
      source: 'acme',
      dataset: 'memberships',
      container: group,
      mode: 'full',
      scope: 's',
      started_at: '2026-01-01T00:00:00.000Z',
      started_revision: 0,
      outcome: 'complete',
      rows: 0,
      malformed: 0,
      published_at: 1,
    });
  }
  if (isPostgres) {
    // It does so by itself; nobody does it for SQLite.
    await knex.raw('analyze');
  }
}

interface PlanNode {
  'Relation Name'?: string;
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** How many rows of a table PostgreSQL looked at. */
function rowsRead(node: PlanNode, table: string): number {
  const own =
    node['Relation Name'] === table
      ? (node['Actual Rows'] +
          (node['Rows Removed by Filter'] ?? 0) +
          (node['Rows Removed by Index Recheck'] ?? 0)) *
        node['Actual Loops']
      : 0;
  return (node.Plans ?? []).reduce(
    (sum, child) => sum + rowsRead(child, table),
    own,
  );
}

/** What is wrong with how a query comes to its accounts. */
async function wholeReads(
  knex: Knex,
  { sql, bindings }: { sql: string; bindings: readonly Knex.Value[] },
): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const text = sql.replace(/\$\d+/g, '?');
    const { rows } = await knex.raw(`explain (analyze, format json) ${text}`, [
      ...bindings,
    ]);
    const read = rowsRead(rows[0]['QUERY PLAN'][0].Plan, 'history_accounts');
    return read > BOUND ? [`${read} accounts`] : [];
  }
  const rows: Array<{ detail: string }> = await knex.raw(
    `explain query plan ${sql}`,
    [...bindings],
  );
  return rows
    .map(({ detail }) => detail)
    .filter(
      detail =>
        /^SCAN a\b/.test(detail) ||
        /^SEARCH a USING .*\((source=\?|source=\? AND opened<\?)\)/.test(
          detail,
        ),
    );
}

describe('the list of 100 000 accounts', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is read from its rarest side, %p',
    async id => {
      const knex = await databases.init(id);
      const acme = { id: 'acme', userGroup: { name: 'few' } };
      const { lists } = await createTestLists(
        knex,
        [acme],
        [{ connection: 'acme', source: 'organization:o' }],
      );
      await fill(knex);
      const seen: Array<{ sql: string; bindings: Knex.Value[] }> = [];
      knex.on('query', ({ sql, bindings }) => {
        if (/^(select|with)/i.test(sql)) {
          seen.push({ sql, bindings });
        }
      });
      const rare: Array<[Partial<AccountFilters>, number]> = [
        [{ status: 'inactive' }, 400],
        [{ status: 'deactivated' }, 400],
        [{ status: 'suspended' }, 200],
        [{ status: 'removed' }, 200],
        [{ status: 'suspended', class: 'guest' }, 0],
        [{ status: 'closed' }, 0],
        [{ class: 'guest' }, 400],
        [{ findings: 'open' }, 250],
        [{ findings: 'all' }, 250],
        [{ findings: 'open', status: 'active', person: 'linked' }, 200],
        [{ population: 'inside' }, 200],
        [{ population: 'outside', class: 'guest' }, 400],
        [{ mfa: 'disabled' }, 200],
        [{ q: 'quist' }, 100],
        [{ q: 'p77777@ex' }, 1],
        [{ q: 'id1077777' }, 1],
        [{ q: 'nobody of this name' }, 0],
        [{ allowed: { people: ['user:default/p77777'] } }, 1],
      ];
      const options = { connections: ['acme'], revision: 1, limit: 20 };
      for (const [filters, total] of rare) {
        for (const sort of ['name', '-status']) {
          seen.length = 0;
          const query = { ...options, ...filters, sort };
          const first = await lists.accounts(query);
          expect([filters, first.totalItems]).toEqual([filters, total]);
          await next(first, query);
          await expectNoWholeRead([filters, sort]);
        }
      }
      // Who few are outside of is found by looking at everybody, but only once.
      acme.userGroup.name = 'most';
      seen.length = 0;
      const outside: AccountListOptions = {
        ...options,
        population: 'outside',
        sort: 'name',
      };
      const few = await lists.accounts(outside);
      expect(few.totalItems).toBe(200);
      const whole = [];
      for (const query of [...seen]) {
        whole.push(...(await wholeReads(knex, query)));
      }
      expect(whole).toHaveLength(1);
      acme.userGroup.name = 'few';
      if (knex.client.config.client !== 'pg') {
        // The plans of SQLite do not say how much is read along an order.
        return;
      }
      // Who has no link is not among these: that is found by looking at everybody.
      const common: Array<Partial<AccountFilters>> = [
        {},
        { class: 'person' },
        { status: 'active' },
        { status: 'active', q: 'person' },
        { person: 'linked' },
        { population: 'outside' },
        { allowed: { not: { people: ['user:default/p77777'] } } },
      ];
      for (const filters of common) {
        for (const sort of ['-name', 'status']) {
          seen.length = 0;
          const query = { ...options, ...filters, sort };
          await next(await lists.accounts(query), query);
          await expectNoWholeRead([filters, sort]);
        }
      }

      async function next(
        { pageInfo: { nextCursor: cursor } }: Page<unknown>,
        query: AccountListOptions,
      ) {
        if (cursor) {
          await lists.accounts({ ...query, cursor });
        }
      }

      async function expectNoWholeRead(what: unknown[]) {
        expect(seen).not.toHaveLength(0);
        for (const query of [...seen]) {
          const read = await wholeReads(knex, query);
          expect([...what, query.sql, read]).toEqual([...what, query.sql, []]);
        }
      }
    },
  );
});
