// SPDX-License-Identifier: Apache-2.0
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

const PACKAGE =
  '@confluence-compliance/backstage-plugin-confluence-compliance-backend';

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
  if (client.client.config.client === 'better-sqlite3') {
    // Waiting for the disk at each commit stops the whole process. With a write-ahead log the end of
    // the process loses nothing; a loss of power may undo the last moments, and never half of one.
    await client.raw('pragma journal_mode = wal');
    await client.raw('pragma synchronous = normal');
    // In pages of 4 kB: a sync writes the same ones again and again.
    await client.raw('pragma wal_autocheckpoint = 8000');
    await client.raw('pragma cache_size = 16000');
  }
  if (!database.migrations?.skip) {
    await client.migrate.latest({
      directory: resolvePackagePath(PACKAGE, 'migrations'),
    });
  }
  return client;
}
