// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestReviews, LENA, OWNER } from './__testUtils__';
import type { ItemFilter, PageQuery } from './lists';

jest.setTimeout(120_000);

const ITEMS = 100_000;
const REVIEW = 'large';

/** Makes a running review of this size without going through a sync. */
async function fill(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  await knex('reviews').insert({
    id: REVIEW,
    title: 'All of it',
    state: 'in-progress',
    scope: JSON.stringify({ connection: 'acme' }),
    owner: OWNER,
    reviewer: LENA,
    fallback_reviewer: OWNER,
    created_at: '2026-01-01T00:00:00.000Z',
    revision: 0,
    gaps: '[]',
    containers: '[]',
    containers_done: 0,
    containers_total: 0,
  });
  const facts = JSON.stringify({
    scope: 'all',
    operations: [],
    admin: false,
    class: 'person',
    identified: true,
    recommendation: 'keep',
    reasons: [],
  });
  const numbers = isPostgres
    ? `generate_series(1, ${ITEMS}) as n(i)`
    : `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ITEMS}) select i from n)`;
  await knex.raw(
    `insert into review_items (id, review_id, version, dataset, connection, container, principal_kind, principal_id, facts, reviewer, because, decision)
     select 'item' || i, '${REVIEW}', 1, 'memberships', 'acme', 'g' || (i % 100), 'account', 'a' || i, '${facts}',
       case when i % 50 = 0 then '${LENA}' else '${OWNER}' end, 'named',
       case when i % 20 = 0 then 'revoke' when i % 3 = 0 then 'keep' else 'undecided' end
     from ${numbers}`,
  );
  if (isPostgres) {
    // It does so by itself; nobody does it for SQLite.
    await knex.raw('analyze review_items');
  }
}

/** Delegations of before and of now, and what was done with many reviews. */
async function fillPeople(knex: Knex): Promise<void> {
  const isPostgres = knex.client.config.client === 'pg';
  const numbers = (count: number) =>
    isPostgres
      ? `generate_series(1, ${count}) as n(i)`
      : `(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select i from n)`;
  await knex.raw(
    `insert into review_delegations (id, delegator, delegate, starts_at, ends_at, reason, created_at)
     select 'd' || i, 'user:default/u' || (i % 20), case when i % 10 = 0 then '${LENA}' else 'user:default/v' || i end,
       '2026-01-01T00:00:00.000Z', case when i % 20 = 0 then '2096-01-01T00:00:00.000Z' else '2026-01-02T00:00:00.000Z' end, 'Away',
       '2026-01-01T00:00:00.000Z'
     from ${numbers(10_000)}`,
  );
  await knex.raw(
    `insert into review_changes (review_id, kind, actor, at, from_person, to_person, reason)
     select case when i % 10 = 0 then '${REVIEW}' else 'other' || i end, 'owner', '${OWNER}', '2026-01-01T00:00:00.000Z', '${OWNER}', '${LENA}', 'Left'
     from ${numbers(10_000)}`,
  );
  if (isPostgres) {
    await knex.raw('analyze review_delegations');
    await knex.raw('analyze review_changes');
  }
}

interface Query {
  sql: string;
  bindings: readonly Knex.Value[];
}

/** Steps of the plan of a query that read or sort all rows. Few may be sorted: those of ids, distinct people. */
async function wholeSteps(
  knex: Knex,
  { sql, bindings }: Query,
): Promise<string[]> {
  const bad = /[`"]id[`"] in \(|^select distinct/.test(sql)
    ? /Seq Scan on review_|^SCAN review_/
    : /Seq Scan on review_|^SCAN review_(?!\w+ USING INDEX)|Sort|TEMP B-TREE FOR ORDER/;
  if (knex.client.config.client === 'pg') {
    const text = sql.replace(/\$\d+/g, '?');
    // All items are of one review here, so that reading them all would be no worse.
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

describe('a review of 100 000 items', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is filtered, paged and decided through indexes, %p',
    async engine => {
      const knex = await databases.init(engine);
      const { reviews } = await createTestReviews(knex);
      await fill(knex);
      const seen: Query[] = [];
      const watch = ({ sql, bindings }: Query) => {
        if (/^select/i.test(sql) && sql.includes('review_items')) {
          seen.push({ sql, bindings });
        }
      };
      const expectIndexed = async (what: unknown) => {
        expect(seen).not.toHaveLength(0);
        for (const query of seen.splice(0)) {
          expect([what, query.sql, await wholeSteps(knex, query)]).toEqual([
            what,
            query.sql,
            [],
          ]);
        }
      };
      const filters: Array<Omit<ItemFilter, 'reviewId'>> = [
        {},
        { decision: 'undecided' },
        { decision: 'revoke' },
        { reviewer: LENA },
        { reviewer: LENA, decision: 'undecided' },
        { reviewers: [LENA], decision: 'undecided' },
      ];
      knex.on('query', watch);
      for (const filter of filters) {
        const of = { reviewId: REVIEW, ...filter };
        const first = await reviews.items(of, { limit: 50 });
        expect(first.items).toHaveLength(50);
        const cursor = first.pageInfo.nextCursor;
        const next = await reviews.items(of, { limit: 50, cursor });
        expect(next.items).toHaveLength(50);
        await expectIndexed(filter);
      }
      const searches: Array<[Omit<ItemFilter, 'reviewId'>, number]> = [
        [{ principal: 'a50' }, 1],
        [{ principal: 'a50', reviewers: [LENA], decision: 'undecided' }, 1],
        [{ principal: 'a51', reviewers: [LENA] }, 0],
        [{ container: 'g50' }, ITEMS / 100],
        [{ container: 'g50', reviewers: [LENA] }, ITEMS / 100],
        [{ container: 'g51', reviewers: [LENA] }, 0],
        [{ principal: 'a50', container: 'g50' }, 1],
        [{ principal: 'a50', container: 'g51' }, 0],
      ];
      for (const [filter, count] of searches) {
        const of = { reviewId: REVIEW, ...filter };
        const { items, totalItems } = await reviews.items(of, { limit: 50 });
        expect([filter, totalItems]).toEqual([filter, count]);
        expect(items).toHaveLength(Math.min(50, count));
        await expectIndexed(filter);
      }
      const open = await reviews.openDecisions([LENA, 'user:default/none'], {
        limit: 50,
      });
      expect(open).toMatchObject({
        items: [{ review: { id: REVIEW }, open: Math.ceil(ITEMS / 150) }],
        totalItems: 1,
      });
      // How far a review is, is counted over all of it.
      const own = seen.filter(({ sql }) => !/group by .decision./.test(sql));
      seen.splice(0, seen.length, ...own);
      await expectIndexed('open decisions');
      const [{ id, version }] = (
        await reviews.items(
          { reviewId: REVIEW, reviewer: LENA, decision: 'undecided' },
          { limit: 1 },
        )
      ).items;
      seen.length = 0;
      await reviews.decide(REVIEW, LENA, {
        items: [{ id, version }],
        decision: 'defer',
        reason: 'Asks the team',
      });
      await expectIndexed('decide');
      await reviews.itemHistory(REVIEW, id);
      await expectIndexed('history');
      expect((await reviews.get(REVIEW)).progress.total).toBe(ITEMS);
    },
  );

  it.each(databases.eachSupportedId())(
    'has its people through indexes, %p',
    async engine => {
      const knex = await databases.init(engine);
      const { reviews } = await createTestReviews(knex);
      await fill(knex);
      await fillPeople(knex);
      const { delegations } = reviews;
      const seen: Query[] = [];
      knex.on('query', ({ sql, bindings }: Query) => {
        if (/^select[^]*review_(delegations|changes)/i.test(sql)) {
          seen.push({ sql, bindings });
        }
      });
      const lists = {
        own: (page: PageQuery) => delegations.list(LENA, page),
        open: (page: PageQuery) => delegations.listOpen(page),
        history: (page: PageQuery) => reviews.history(REVIEW, page),
      };
      for (const [name, list] of Object.entries(lists)) {
        const { pageInfo, items } = await list({ limit: 50 });
        const next = await list({ limit: 50, cursor: pageInfo.nextCursor });
        expect([name, items.length, next.items.length]).toEqual([name, 50, 50]);
      }
      expect(await delegations.delegatesOf(['user:default/u0'])).toEqual([
        LENA,
      ]);
      expect(await delegations.delegatorsOf(LENA)).toHaveLength(1);
      expect(seen.length).toBeGreaterThan(8);
      for (const query of seen.splice(0)) {
        expect([query.sql, await wholeSteps(knex, query)]).toEqual([
          query.sql,
          [],
        ]);
      }
    },
  );
});
