// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { STAFF, startAcknowledging } from './__testUtils__/acknowledging';

jest.setTimeout(120_000);

const PEOPLE = 50_000;
const OTHERS = 'group:default/others';

/** Two groups of this size, and acknowledgements of half of them, also of another policy. */
async function fill(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  const numbers = isPostgres
    ? `generate_series(1, ${PEOPLE}) as n(i)`
    : `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${PEOPLE}) select i from n)`;
  for (const group of [STAFF, OTHERS]) {
    await knex.raw(
      `insert into policy_group_members (group_ref, person)
       select '${group}', 'user:default/p' || i from ${numbers}`,
    );
  }
  for (const policy of ['infosec', 'other']) {
    const start = policy === 'infosec' ? '1' : '2';
    await knex.raw(
      `insert into policy_acknowledgements (id, policy, connection, page_id, person, version, content_hash, acknowledged_at)
       select ${
         isPostgres ? 'gen_random_uuid()' : `'${start}-' || i`
       }, '${policy}', 'acme', '1', 'user:default/p' || i, 1, '0', '2026-03-01T00:00:00.000Z'
       from ${numbers} where i % 2 = 0`,
    );
  }
  if (isPostgres) {
    // It does so by itself; nobody does it for SQLite.
    await knex.raw('analyze policy_group_members');
    await knex.raw('analyze policy_acknowledgements');
  }
}

interface Query {
  sql: string;
  bindings: readonly Knex.Value[];
}

/** Steps of the plan of a query that read all of a table. */
async function wholeSteps(
  knex: Knex,
  { sql, bindings }: Query,
): Promise<string[]> {
  const bad = /Seq Scan on policy_|^SCAN policy_/;
  if (knex.client.config.client === 'pg') {
    const text = sql.replace(/\$\d+/g, '?');
    // Everybody is in a group that is asked for, so that reading them all would be no worse.
    const { rows } = await knex.transaction(async (tx: Knex) => {
      await tx.raw('set local enable_seqscan = off');
      return tx.raw(`explain ${text}`, [...bindings]);
    });
    return rows
      .map((row: Record<string, string>) => row['QUERY PLAN'])
      .filter((line: string) => bad.test(line));
  }
  const rows: Array<{ detail: string }> = await knex.raw(
    `explain query plan ${sql}`,
    [...bindings],
  );
  return rows.map(({ detail }) => detail).filter(detail => bad.test(detail));
}

describe('who has not acknowledged a policy, of 100 000', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is counted and paged through indexes, %p',
    async id => {
      const knex = await databases.init(id);
      const t = await startAcknowledging(knex, [STAFF, OTHERS]);
      await fill(knex);
      await t.approve(1);
      const seen: Query[] = [];
      const watch = ({ sql, bindings }: Query) => {
        if (/policy_(group_members|acknowledgements)/.test(sql)) {
          seen.push({ sql, bindings });
        }
      };
      for (const acknowledgedBy of [[STAFF], [STAFF, OTHERS]]) {
        const policy = { ...t.policy, acknowledgedBy };
        knex.on('query', watch);
        const first = await t.acknowledgements.progress(policy, { limit: 50 });
        const { nextCursor: cursor } = first.pageInfo;
        const second = await t.acknowledgements.progress(policy, {
          cursor,
          limit: 50,
        });
        await t.acknowledgements.own(policy, 'user:default/p1');
        knex.removeAllListeners('query');
        expect(first).toMatchObject({
          people: PEOPLE,
          acknowledged: PEOPLE / 2,
        });
        const both = [...first.missing, ...second.missing];
        expect(both).toHaveLength(100);
        expect(both).toEqual([...new Set(both)].sort());
        expect(seen.length).toBeGreaterThan(0);
        for (const query of seen.splice(0)) {
          expect([query.sql, await wholeSteps(knex, query)]).toEqual([
            query.sql,
            [],
          ]);
        }
      }
    },
  );
});
