// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { Knex } from 'knex';
import { keepStatements } from './keptStatements';

let folder: string;
let knex: Knex;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confluence-compliance-statements-'));
  knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'db.sqlite') },
    useNullAsDefault: true,
  });
  await keepStatements(knex);
  await keepStatements(knex);
});

afterEach(async () => {
  await knex.destroy();
  await rm(folder, { recursive: true });
});

it('prepares a statement once', async () => {
  const connection = await knex.client.acquireConnection();
  const statement = connection.prepare('select 1 as one');
  expect(connection.prepare('select 1 as one')).toBe(statement);
  expect(statement.all()).toEqual([{ one: 1 }]);
  // One that is read from is nobody else's.
  const rows = statement.iterate();
  rows.next();
  const other = connection.prepare('select 1 as one');
  expect(other).not.toBe(statement);
  rows.return();
  for (let n = 0; n < 600; n += 1) {
    connection.prepare(`select ${n} as made_up`);
  }
  expect(connection.prepare('select 1 as one')).not.toBe(other);
  await knex.client.releaseConnection(connection);
});

it('keeps those of connections made before and after', async () => {
  const two = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'other.sqlite') },
    useNullAsDefault: true,
    pool: { min: 0, max: 2 },
  });
  await two.raw('select 1');
  await keepStatements(two);
  const early = await two.client.acquireConnection();
  const late = await two.client.acquireConnection();
  for (const connection of [early, late]) {
    const statement = connection.prepare('select 1');
    expect(connection.prepare('select 1')).toBe(statement);
    await two.client.releaseConnection(connection);
  }
  expect(late).not.toBe(early);
  await two.destroy();
});

it('sees what tables have become', async () => {
  await knex.schema.createTable('things', table => table.integer('a'));
  await knex('things').insert({ a: 1 });
  expect(await knex('things').select()).toEqual([{ a: 1 }]);
  await knex.schema.alterTable('things', table => table.integer('b'));
  await knex('things').update({ b: 2 });
  expect(await knex('things').select()).toEqual([{ a: 1, b: 2 }]);
  await knex.schema.dropTable('things');
  await expect(knex('things').select()).rejects.toThrow('no such table');
  await knex.schema.createTable('things', table => table.text('c'));
  expect(await knex('things').select()).toEqual([]);
  await knex('things').insert({ c: 'x' });
  expect(await knex('things').select()).toEqual([{ c: 'x' }]);
});

it('gives each run of a statement its own values, in and out of transactions', async () => {
  await knex.schema.createTable('things', table => table.text('a').unique());
  const insert = (a: string) => knex('things').insert({ a });
  await Promise.all(['x', 'y', 'z'].map(insert));
  await expect(insert('x')).rejects.toThrow('UNIQUE');
  await expect(
    knex.transaction(async tx => {
      await tx('things').insert({ a: 'w' });
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  await insert('v');
  expect(await knex('things').orderBy('a').pluck('a')).toEqual([
    'v',
    'x',
    'y',
    'z',
  ]);
});
