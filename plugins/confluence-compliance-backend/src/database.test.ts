// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { migrateDatabase, writeBack } from './database';

jest.setTimeout(60_000);

/** Our tables and indexes, without what the database and knex bring along. */
async function thingsIn(knex: Knex): Promise<string[]> {
  const isPostgres = knex.client.config.client === 'pg';
  const answer = await knex.raw(
    isPostgres
      ? `select tablename as name from pg_tables where schemaname = 'public'
         union select indexname from pg_indexes where schemaname = 'public'`
      : `select name from sqlite_master where name not like 'sqlite_%'`,
  );
  const rows: Array<{ name: string }> = isPostgres ? answer.rows : answer;
  return rows
    .map(({ name }) => name)
    .filter(name => !name.startsWith('knex_migrations'));
}

function fail(): never {
  throw new Error('It did not fail');
}

describe('migrateDatabase', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'makes everything, and takes it back, %p',
    async id => {
      const knex = await databases.init(id);
      await migrateDatabase(mockServices.database({ knex }));
      expect(await thingsIn(knex)).toEqual(
        expect.arrayContaining(['history_accounts', 'profiles_name_idx']),
      );
      await knex.migrate.rollback(
        { directory: `${__dirname}/../migrations` },
        true,
      );
      expect(await thingsIn(knex)).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'keeps what a read has staged when the key of its table changes, %p',
    async id => {
      const knex = await databases.init(id);
      await migrateDatabase(mockServices.database({ knex }));
      const row = { key: '7', hash: 'a', shape: 1, payload: '{}' };
      const staged = ['first', 'second'].map(read => ({
        ...row,
        read_id: read,
        profile: read === 'first' ? '{"id":"7"}' : null,
        rewrite_of: null,
      }));
      await knex('history_staged').insert(staged);
      const directory = `${__dirname}/../migrations`;
      const name = '20261130080000_staged_by_read.js';
      for (const way of ['down', 'up'] as const) {
        await knex.migrate[way]({ directory, name });
        expect(await knex('history_staged').orderBy('read_id')).toEqual(staged);
      }
    },
  );

  it.each(databases.eachSupportedId())(
    'says nothing of the values of a query that fails, %p',
    async id => {
      const knex = await databases.init(id);
      const client = await migrateDatabase(mockServices.database({ knex }));
      const email = 'ann@example.com';
      const failing = client('profiles').insert({ email });
      const error: Error = await failing.then(fail, caught => caught);
      expect(error.message).toContain('insert into');
      expect(`${error.stack}`).not.toContain(email);
    },
  );

  it('keeps a file of SQLite with its log written ahead, safe from a loss of power', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'confluence-database-'));
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'plugin.sqlite') },
      useNullAsDefault: true,
    });
    await migrateDatabase(mockServices.database({ knex }));
    expect(await knex.raw('pragma journal_mode')).toEqual([
      { journal_mode: 'wal' },
    ]);
    // 2 is FULL.
    expect(await knex.raw('pragma synchronous')).toEqual([{ synchronous: 1 }]);
    await knex('history_clock').update({ revision: 7 });
    const inFile = async () => {
      const copy = join(folder, 'copy.sqlite');
      await copyFile(join(folder, 'plugin.sqlite'), copy);
      const other = knexFactory({
        client: 'better-sqlite3',
        connection: { filename: copy },
        useNullAsDefault: true,
      });
      const clock = await other('history_clock')
        .first('revision')
        .catch(() => undefined);
      await other.destroy();
      return clock?.revision;
    };
    expect(await inFile()).not.toBe(7);
    await writeBack(knex);
    expect(await inFile()).toBe(7);
    await knex.destroy();
    await rm(folder, { recursive: true });
  });

  it('leaves the tables to whoever skips migrations', async () => {
    const knex = await databases.init('SQLITE_3');
    await migrateDatabase(
      mockServices.database.mock({
        getClient: async () => knex,
        migrations: { skip: true },
      }),
    );
    expect(await thingsIn(knex)).toEqual([]);
  });
});
