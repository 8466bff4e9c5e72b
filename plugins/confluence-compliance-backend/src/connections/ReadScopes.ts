// SPDX-License-Identifier: Apache-2.0
import type { AuthMethod } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';

/** Under whose rights something was read. */
export interface ReadScope {
  /** As reads have it. */
  scope: string;
  method: AuthMethod;
  /** Absent where the credential may not ask whose it is. */
  accountId?: string;
  /** Whether it is the last one that its method has read under. */
  current: boolean;
}

interface Row {
  connection: string;
  scope: string;
  method: AuthMethod;
  account_id: string | null;
  current: boolean | number;
}

const TABLE = 'connections_read_scopes';

/** The table `connections_read_scopes`: what the scopes of reads stand for. */
export class ReadScopes {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Every scope that a connection has read under. */
  async list(connection: string): Promise<ReadScope[]> {
    const rows = await this.#knex<Row>(TABLE).where({ connection });
    return rows.map(({ scope, method, account_id: accountId, current }) => ({
      scope,
      method,
      ...(accountId !== null && { accountId }),
      current: Boolean(current),
    }));
  }

  /** Notes what its method reads under from now on. */
  async note(
    connection: string,
    { scope, method, accountId }: Omit<ReadScope, 'current'>,
  ): Promise<void> {
    const known = { connection, scope, current: true };
    if (await this.#knex<Row>(TABLE).where(known).first('scope')) {
      return;
    }
    await this.#knex.transaction(async tx => {
      await tx(TABLE)
        .insert({ ...known, method, account_id: accountId ?? null })
        .onConflict(['connection', 'scope'])
        .merge();
      await tx(TABLE)
        .where({ connection, method })
        .whereNot({ scope })
        .update({ current: false });
    });
  }

  async remove(tx: Knex, connection: string): Promise<void> {
    await tx(TABLE).where({ connection }).delete();
  }
}
