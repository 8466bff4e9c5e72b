// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '../postgres.mjs';

/** Databases for measured backends: an empty one for each name. */
export async function openDatabases(kind, folder) {
  if (kind === 'sqlite') {
    return {
      of(name) {
        const directory = join(folder, `${name}-data`);
        mkdirSync(directory);
        return { client: 'better-sqlite3', connection: { directory } };
      },
      async stop() {},
    };
  }
  const postgres = await startPostgres();
  const { hostname, port, username, password } = new URL(
    postgres.connectionString,
  );
  return {
    of: name => ({
      client: 'pg',
      prefix: `${name.replace(/-/g, '_')}_`,
      connection: {
        host: hostname,
        port: Number(port),
        user: username,
        password,
      },
    }),
    stop: () => postgres.stop(),
  };
}
