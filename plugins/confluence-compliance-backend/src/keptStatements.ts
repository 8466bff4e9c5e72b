// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';

/** As far as we know statements and connections of better-sqlite3. */
interface Statement {
  readonly busy: boolean;
}
interface Connection {
  prepare(sql: string): Statement;
}

/** How many statements a connection keeps: those of a sync are some hundred, those of lists are made up. */
const KEPT = 500;

const clients = new WeakSet<Knex.Client>();
const connections = new WeakSet<Connection>();

function keepOf(connection: Connection): void {
  if (connections.has(connection)) {
    return;
  }
  connections.add(connection);
  const kept = new Map<string, Statement>();
  const prepare = connection.prepare.bind(connection);
  connection.prepare = sql => {
    const known = kept.get(sql);
    if (known && !known.busy) {
      return known;
    }
    const statement = prepare(sql);
    if (kept.size >= KEPT) {
      const [oldest] = kept.keys();
      kept.delete(oldest);
    }
    kept.set(sql, statement);
    return statement;
  };
}

/**
 * Lets connections to SQLite keep the statements they prepare: the one there is, and those yet to be made.
 * knex has each prepared anew, which often takes longer than what it does, on the thread that everything
 * runs on.
 */
export async function keepStatements({ client }: Knex): Promise<void> {
  if (!clients.has(client)) {
    clients.add(client);
    client.pool.on('createSuccess', (_event: number, connection: Connection) =>
      keepOf(connection),
    );
  }
  const connection = await client.acquireConnection();
  keepOf(connection);
  await client.releaseConnection(connection);
}
