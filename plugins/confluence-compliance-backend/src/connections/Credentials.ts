// SPDX-License-Identifier: Apache-2.0
import { randomInt } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { CannotOpenError, type Keyring } from './Keyring';
import type { ConnectionDefinition, CredentialName } from './types';

/** A stored credential without its secret. */
export interface StoredCredential {
  connection: string;
  name: CredentialName;
  keyId: string;
  version: number;
  changedAt: string;
  state: 'stored' | 'reconnect';
  /** When Atlassian would not renew it. */
  refusedAt?: string;
  /** No configured key has the id of the one that seals it. */
  isLost: boolean;
}

interface Row {
  connection: string;
  name: CredentialName;
  sealed: string;
  key_id: string;
  version: number;
  changed_at: string;
  state: StoredCredential['state'];
  refused_at: string | null;
}

const TABLE = 'connection_credentials';
/** Leaves room to grow in an integer of the database. */
const VERSIONS = 2 ** 30;

/** The table `connection_credentials`. Secrets leave it only to those who use them. */
export class Credentials {
  readonly #knex: Knex;
  readonly #keyring: Keyring;

  constructor(knex: Knex, keyring: Keyring) {
    this.#knex = knex;
    this.#keyring = keyring;
  }

  async list(connection?: string): Promise<StoredCredential[]> {
    const query = this.#knex<Row>(TABLE).select(
      'connection',
      'name',
      'key_id',
      'version',
      'changed_at',
      'state',
      'refused_at',
    );
    const rows = await (connection ? query.where({ connection }) : query);
    return rows.map(row => this.#toStored(row));
  }

  /** The secret with its version; undefined when none is stored. @throws CannotOpenError */
  async read<T>(
    connection: string,
    name: CredentialName,
  ): Promise<(StoredCredential & { secret: T }) | undefined> {
    const row = await this.#knex<Row>(TABLE)
      .where({ connection, name })
      .first();
    if (!row) {
      return undefined;
    }
    const secret = await this.#keyring.open(placeOf(row), row.sealed);
    return { ...this.#toStored(row), secret: secret as T };
  }

  /**
   * The secret for a connection of the portal as it is known here; undefined when none is stored.
   *
   * @throws a ConflictError when the connection has changed meanwhile; CannotOpenError
   */
  async readFor<T>(
    { id, version }: ConnectionDefinition,
    name: CredentialName,
  ): Promise<T | undefined> {
    const found = await this.read<T>(id, name);
    // After the secret, which may go only where the connection of this version leads.
    const isCurrent = await this.#knex('connections')
      .where({ id, version })
      .first('id');
    if (!isCurrent) {
      throw new ConflictError(
        `The connection '${id}' has just been changed: try again`,
      );
    }
    return found?.secret;
  }

  /** Stores a secret in place of the one before; whoever renews that one loses. */
  async write(
    tx: Knex,
    connection: string,
    name: CredentialName,
    secret: unknown,
  ): Promise<void> {
    const place = placeOf({ connection, name });
    const { sealed, keyId } = await this.#keyring.seal(place, secret);
    const value = {
      sealed,
      key_id: keyId,
      changed_at: new Date().toISOString(),
      state: 'stored',
      refused_at: null,
      claim: null,
      claim_expires_at: null,
    };
    // Not 1: who renews what stood here before it was removed must not take this for its own.
    const version = randomInt(VERSIONS);
    await tx(TABLE)
      .insert({ connection, name, version, ...value })
      .onConflict(['connection', 'name'])
      .merge({ ...value, version: tx.raw('?? + 1', [`${TABLE}.version`]) });
  }

  /** Deletes the credentials of a connection, or those that are not named. */
  async remove(
    tx: Knex,
    connection: string,
    keep: readonly CredentialName[] = [],
  ): Promise<void> {
    await tx(TABLE).where({ connection }).whereNotIn('name', keep).delete();
  }

  /**
   * Takes the right to renew a credential of this version, unless somebody else holds it and it has
   * not expired. Times are milliseconds since the epoch.
   */
  async claim(
    { connection, name, version }: StoredCredential,
    claim: string,
    now: number,
    expires: number,
  ): Promise<boolean> {
    const taken = await this.#knex(TABLE)
      .where({ connection, name, version, state: 'stored' })
      .where(free =>
        free.whereNull('claim').orWhere('claim_expires_at', '<=', now),
      )
      .update({ claim, claim_expires_at: expires });
    return taken === 1;
  }

  /** Keeps a claim for longer, unless it has ended. */
  async extend(
    { connection, name }: StoredCredential,
    claim: string,
    expires: number,
  ): Promise<void> {
    await this.#knex(TABLE)
      .where({ connection, name, claim })
      .update({ claim_expires_at: expires });
  }

  async release(
    { connection, name }: StoredCredential,
    claim: string,
  ): Promise<void> {
    await this.#knex(TABLE)
      .where({ connection, name, claim })
      .update({ claim: null, claim_expires_at: null });
  }

  /** Stores what came of a renewal; false when another value stands there by now. */
  async replace(
    { connection, name, version }: StoredCredential,
    secret: unknown,
  ): Promise<boolean> {
    const place = placeOf({ connection, name });
    const { sealed, keyId } = await this.#keyring.seal(place, secret);
    const changed = await this.#knex(TABLE)
      .where({ connection, name, version })
      .update({
        sealed,
        key_id: keyId,
        version: version + 1,
        state: 'stored',
        refused_at: null,
        claim: null,
        claim_expires_at: null,
      });
    return changed === 1;
  }

  /**
   * Notes that Atlassian does not renew it any more; false when it was replaced meanwhile, or when
   * another has the claim by now and may have more luck.
   */
  async refuse(
    { connection, name, version }: StoredCredential,
    claim: string,
    at: string,
  ): Promise<boolean> {
    const changed = await this.#knex(TABLE)
      .where({ connection, name, version, claim })
      .update({
        state: 'reconnect',
        refused_at: at,
        claim: null,
        claim_expires_at: null,
      });
    return changed === 1;
  }

  /**
   * Seals with the current key whatever is still sealed with another; gives how many.
   *
   * @throws CannotOpenError of the first that no key opens, once all others are sealed
   */
  async reseal(signal?: AbortSignal): Promise<number> {
    const current = this.#keyring.current;
    if (current === undefined) {
      return 0;
    }
    const rows = await this.#knex<Row>(TABLE)
      .whereNot({ key_id: current })
      .whereIn('key_id', this.#keyring.ids);
    let resealed = 0;
    let failure: CannotOpenError | undefined;
    for (const row of rows) {
      signal?.throwIfAborted();
      try {
        resealed += await this.#reseal(row);
      } catch (error) {
        if (!(error instanceof CannotOpenError)) {
          throw error;
        }
        failure ??= error;
      }
    }
    if (failure) {
      throw failure;
    }
    return resealed;
  }

  async #reseal(row: Row): Promise<number> {
    const { connection, name } = row;
    const place = placeOf(row);
    const { sealed, keyId } = await this.#keyring.seal(
      place,
      await this.#keyring.open(place, row.sealed),
    );
    // By what is sealed, not by version: a renewal that goes on must not lose.
    return this.#knex(TABLE)
      .where({ connection, name, sealed: row.sealed })
      .update({ sealed, key_id: keyId });
  }

  #toStored(row: Omit<Row, 'sealed'>): StoredCredential {
    return {
      connection: row.connection,
      name: row.name,
      keyId: row.key_id,
      version: row.version,
      changedAt: row.changed_at,
      state: row.state,
      refusedAt: row.refused_at ?? undefined,
      isLost: !this.#keyring.ids.includes(row.key_id),
    };
  }
}

function placeOf({ connection, name }: Pick<Row, 'connection' | 'name'>) {
  return `${connection}/${name}`;
}
