// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';

/** A text is looked for where it stands in whatever base64 it is a part of. */
function base64Forms(secret: string): string[] {
  return [0, 1, 2].flatMap(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    // What holds bits of the bytes around it is left off.
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    const start = before === 0 ? 0 : 4;
    return [
      whole.toString('base64').slice(start),
      whole.toString('base64url').slice(start),
    ];
  });
}

/** Every way in which a secret may get out. */
export function formsOf(secret: string): string[] {
  const forms = [
    secret,
    // As the bytes of a file, read as latin1.
    Buffer.from(secret).toString('latin1'),
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('hex'),
    ...base64Forms(secret),
  ];
  return [...new Set(forms)];
}

/** The forms of secrets that stand in a text, for the message of a test. */
export function leaksIn(
  where: string,
  text: string,
  secrets: readonly string[],
): string[] {
  return secrets.flatMap(secret =>
    formsOf(secret)
      .map(form => text.indexOf(form))
      .filter(at => at >= 0)
      .map(
        at =>
          `${where}: ${secret} in ${JSON.stringify(
            text.slice(Math.max(0, at - 200), at + 100),
          )}`,
      ),
  );
}

/** The bytes of all files of a folder, as a text in which ASCII can be found. */
export async function bytesOf(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder);
  const bytes = await Promise.all(
    names.map(
      async (name): Promise<[string, string]> => [
        name,
        await readFile(join(folder, name), 'latin1'),
      ],
    ),
  );
  return new Map(bytes);
}

/** A database in a file, whose log of writes keeps what was overwritten. */
export async function sqliteIn(folder: string): Promise<Knex> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'plugin.sqlite') },
    useNullAsDefault: true,
  });
  await knex.raw('PRAGMA foreign_keys = ON');
  await knex.raw('PRAGMA journal_mode = WAL');
  await knex.raw('PRAGMA wal_autocheckpoint = 0');
  return knex;
}

/** All rows of all tables, where the files are those of a server. */
export async function rowsOf(knex: Knex): Promise<Map<string, string>> {
  const tables: string[] = await knex('information_schema.tables')
    .where({ table_schema: 'public' })
    .pluck('table_name');
  const rows = await Promise.all(tables.map(table => knex(table)));
  return new Map([['tables', JSON.stringify(rows)]]);
}
