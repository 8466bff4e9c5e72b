// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import knexFactory from 'knex';

/** The PostgreSQL of the tests, where there is one. */
export const postgres =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING;

/** Databases on a PostgreSQL that several portals share, as `backend.database` has it. */
export function createSharedDatabase(connection: string) {
  const prefix = `replicas_${randomBytes(4).toString('hex')}_`;
  const config = {
    client: 'pg',
    connection,
    prefix,
    knexConfig: { pool: { min: 0, max: 5 } },
  };
  return { config, remove: () => dropDatabases(connection, prefix) };
}

async function dropDatabases(connection: string, prefix: string) {
  const knex = knexFactory({ client: 'pg', connection });
  try {
    const names: string[] = await knex('pg_database')
      .whereLike('datname', `${prefix}%`)
      .pluck('datname');
    for (const name of names) {
      await knex.raw('drop database ?? with (force)', [name]);
    }
  } finally {
    await knex.destroy();
  }
}
