// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrateDatabase } from './database';

jest.setTimeout(60_000);

const directory = `${__dirname}/../migrations`;

/** The last migration of each state that a portal may come from. */
const states = [
  '20261121130000_checks.js',
  '20261122120000_list_indexes.js',
  '20261128090500_directory.js',
];

async function migrateTo(knex: Knex, last: string) {
  for (;;) {
    const [, [next]]: [unknown, Array<{ file: string }>] =
      await knex.migrate.list({ directory });
    if (!next || next.file > last) {
      return;
    }
    await knex.migrate.up({ directory });
  }
}

async function tablesOf(knex: Knex): Promise<string[]> {
  const names: string[] =
    knex.client.config.client === 'pg'
      ? await knex('pg_tables')
          .where({ schemaname: 'public' })
          .pluck('tablename')
      : await knex('sqlite_master').where({ type: 'table' }).pluck('name');
  return names.filter(name => !/^(knex|sqlite)_/.test(name)).sort();
}

/** A value for a column: texts are JSON, which some of them must be. */
function valueOf(type: string, n: number) {
  if (/int/.test(type)) {
    return n;
  }
  return /bool/.test(type) ? true : JSON.stringify({ n });
}

/** Two rows in every table, with a value in every column. */
async function fill(knex: Knex, tables: string[]) {
  for (const table of tables) {
    const columns = Object.entries(await knex(table).columnInfo());
    for (const n of [7, 8]) {
      await knex(table).insert(
        Object.fromEntries(
          columns.map(([name, { type }]) => [name, valueOf(type, n)]),
        ),
      );
    }
  }
}

type Rows = Map<string, object[]>;

async function rowsOf(knex: Knex, tables: string[]): Promise<Rows> {
  const rows = tables.map(
    async (table): Promise<[string, object[]]> => [
      table,
      await knex(table).orderBy(Object.keys(await knex(table).columnInfo())[0]),
    ],
  );
  return new Map(await Promise.all(rows));
}

/** Every row as it was, whatever columns it has been given since. */
function expectKept(before: Rows, after: Rows) {
  for (const [table, rows] of before) {
    expect([table, after.get(table)]).toEqual([
      table,
      rows.map(row => expect.objectContaining(row)),
    ]);
  }
}

describe('a database of an earlier version', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(
    databases
      .eachSupportedId()
      .flatMap(([id]) => states.map(state => [id, state] as const)),
  )('keeps every row on %p, from %s on, and back', async (id, state) => {
    const knex = await databases.init(id);
    await migrateTo(knex, state);
    const tables = await tablesOf(knex);
    expect(tables.length).toBeGreaterThan(15);
    await fill(knex, tables);
    const before = await rowsOf(knex, tables);

    await migrateDatabase(mockServices.database({ knex }));
    expectKept(before, await rowsOf(knex, tables));
    const [, waiting] = await knex.migrate.list({ directory });
    expect(waiting).toEqual([]);

    // A version that turns out to be wrong can be taken back.
    for (;;) {
      const [done] = await knex.migrate.list({ directory });
      if (done[done.length - 1].name === state) {
        break;
      }
      await knex.migrate.down({ directory });
    }
    expect(await tablesOf(knex)).toEqual(tables);
    expectKept(before, await rowsOf(knex, tables));
  });
});
