// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  account,
  createTestLists,
  group,
  label,
  membership,
  page,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(120_000);

const many = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Tables that grow with a site; the others have a row or few. */
const large =
  /history_(accounts|groups|memberships|spaces|pages|labels|restrictions|identity_links|results|containers|subjects)|profiles/;

/** Reads of a large table from its first row to its last, in the plan of a query. */
async function scansOf(
  knex: Knex,
  { sql, bindings }: { sql: string; bindings: readonly Knex.Value[] },
): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const text = sql.replace(/\$\d+/g, '?');
    // The plan that a table of any size would get.
    const rows = await knex.transaction(async tx => {
      await tx.raw('set local enable_seqscan = off');
      return (await tx.raw(`explain ${text}`, [...bindings])).rows;
    });
    return rows
      .map((row: Record<string, string>) => row['QUERY PLAN'])
      .filter((line: string) => /Seq Scan on/.test(line) && large.test(line));
  }
  const rows: Array<{ detail: string }> = await knex.raw(
    `explain query plan ${sql}`,
    [...bindings],
  );
  const aliases = [...sql.matchAll(/`(\w+)` as `(\w+)`/g)].filter(([, table]) =>
    large.test(table),
  );
  const names = new Set(aliases.flatMap(([, table, alias]) => [table, alias]));
  return rows
    .map(({ detail }) => detail)
    .filter(detail => {
      const [, name] = /^SCAN (\w+)(?! USING)/.exec(detail) ?? [];
      return (
        name !== undefined &&
        !/ USING (COVERING )?INDEX/.test(detail) &&
        (names.has(name) || large.test(name))
      );
    });
}

describe('plans of the lists', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('use an index, %p', async id => {
    const knex = await databases.init(id);
    const { lists, history, publish } = await createTestLists(knex);
    const people = many(300).map(i =>
      account(`a${i}`, i % 7 ? `Person ${i}` : undefined),
    );
    await publish('acme', {
      accounts: { site: people },
      groups: { site: many(40).map(i => group(`g${i}`, `Group ${i}`)) },
      memberships: Object.fromEntries(
        many(40).map(g => [
          `g${g}`,
          many(20).map(i => membership(`g${g}`, `a${(g * 7 + i) % 300}`)),
        ]),
      ),
      spaces: {
        site: many(30).map(i => space(`s${i}`, `S${i}`, `Space ${i}`)),
      },
      pages: Object.fromEntries(
        many(30).map(s => [
          `s${s}`,
          many(20).map(i => page(`p${s}-${i}`, `s${s}`, `Page ${i}`)),
        ]),
      ),
      labels: { policy: many(30).map(s => label('policy', `p${s}-1`)) },
    });
    if (knex.client.config.client === 'pg') {
      // It does so by itself; nobody does it for SQLite.
      await knex.raw('analyze');
    }

    const seen: Array<{ sql: string; bindings: Knex.Value[] }> = [];
    knex.on('query', ({ sql, bindings }) => {
      if (/^select/i.test(sql)) {
        seen.push({ sql, bindings });
      }
    });
    const revision = await history.head();
    const options = { connections: ['acme'], revision, limit: 10 };
    const asked: Array<[string, (cursor?: string) => Promise<unknown>]> = [
      ...['name', '-name', 'status', '-class'].map(
        sort =>
          [
            `accounts by ${sort}`,
            (cursor?: string) => lists.accounts({ ...options, sort, cursor }),
          ] as [string, (cursor?: string) => Promise<unknown>],
      ),
      [
        'accounts filtered',
        cursor =>
          lists.accounts({
            ...options,
            cursor,
            sort: 'name',
            q: 'person',
            status: 'active',
            class: 'person',
            person: 'unlinked',
          }),
      ],
      ['account', () => lists.account('acme', 'a1', revision)],
      ['groups', cursor => lists.groups({ ...options, cursor, sort: 'name' })],
      [
        'groups found',
        () => lists.groups({ ...options, sort: '-name', q: '1' }),
      ],
      [
        'members',
        cursor =>
          lists.members({
            ...options,
            cursor,
            connection: 'acme',
            group: 'g1',
          }),
      ],
      ['spaces', cursor => lists.spaces({ ...options, cursor, sort: 'name' })],
      [
        'spaces by key',
        cursor =>
          lists.spaces({
            ...options,
            cursor,
            sort: '-key',
            type: 'global',
            status: 'current',
            q: 's',
          }),
      ],
      ['pages', cursor => lists.pages({ ...options, cursor, sort: 'title' })],
      [
        'pages filtered',
        () =>
          lists.pages({
            ...options,
            sort: '-title',
            space: 'S1',
            label: 'policy',
            status: 'current',
            q: 'page',
          }),
      ],
      [
        'containers',
        cursor =>
          lists.containers({
            ...options,
            cursor,
            connection: 'acme',
            incomplete: true,
          }),
      ],
    ];
    for (const [name, ask] of asked) {
      seen.length = 0;
      const first = (await ask()) as { pageInfo?: { nextCursor?: string } };
      if (first.pageInfo?.nextCursor) {
        await ask(first.pageInfo.nextCursor);
      }
      const queries = [...seen];
      expect(queries).not.toHaveLength(0);
      for (const query of queries) {
        expect([name, query.sql, await scansOf(knex, query)]).toEqual([
          name,
          query.sql,
          [],
        ]);
      }
    }
  });

  it('knows a scan when there is one', async () => {
    for (const id of databases.eachSupportedId().flat()) {
      const knex = await databases.init(id);
      await createTestLists(knex);
      const query = knex('history_pages as p').whereRaw('p.hash = ?', ['x']);
      const { sql, bindings } = query.toSQL().toNative();
      const scans = await scansOf(knex, { sql, bindings: bindings as never });
      expect(scans).toHaveLength(1);
    }
  });
});
