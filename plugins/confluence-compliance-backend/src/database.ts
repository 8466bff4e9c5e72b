// SPDX-License-Identifier: Apache-2.0
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { keepStatements } from './keptStatements';

const PACKAGE =
  '@confluence-compliance/backstage-plugin-confluence-compliance-backend';

const isSqlite = (client: Knex) =>
  client.client.config.client === 'better-sqlite3';

/**
 * Writes the log of SQLite back into its file. That stops the process for as long: some tenths of a second
 * after the first sync of a large site, nothing where nothing was written. PostgreSQL sees to itself.
 */
export async function writeBack(client: Knex): Promise<void> {
  if (isSqlite(client)) {
    await client.raw('pragma wal_checkpoint(passive)');
  }
}

/**
 * The client of our database with all migrations applied, unless the platform
 * team runs migrations itself (`migrations.skip`). Safe to call more than once.
 */
export async function migrateDatabase(
  database: DatabaseService,
): Promise<Knex> {
  const client = await database.getClient();
  // A query that fails is logged: without the names and emails it was about.
  client.client.config.compileSqlOnError = false;
  if (isSqlite(client)) {
    await keepStatements(client);
    // Waiting for the disk at each commit stops the whole process. With a write-ahead log the end of
    // the process loses nothing; a loss of power may undo the last moments, and never half of one.
    await client.raw('pragma journal_mode = wal');
    await client.raw('pragma synchronous = normal');
    // In pages of 4 kB: a sync writes the same ones again and again. The log is written back when
    // nothing is to be done, and before that only when it becomes very long.
    await client.raw('pragma wal_autocheckpoint = 60000');
    await client.raw('pragma cache_size = 16000');
    await client.raw('pragma journal_size_limit = 67108864');
  }
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(PACKAGE, 'migrations'),
    });
  }
  return client;
}
