// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';

/** One attestation. Times are ISO 8601 in UTC. */
export interface AttestationRow {
  id: string;
  check_id: string;
  connection: string;
  answer: Attestation['answer'];
  until: string | null;
  note: string | null;
  evidence: string | null;
  /** Of the hashes in the ledger; goes with note and evidence. */
  text_salt: string | null;
  attested_by: string;
  attested_at: string;
  replaced_at: string | null;
  told_at: string | null;
}

const TABLE = 'check_attestations';
const MOST = 100;

/** The table of attestations. */
export class AttestationRows {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The newest of each check and connection. */
  async standing(): Promise<AttestationRow[]> {
    return this.#knex<AttestationRow>(TABLE).whereNull('replaced_at');
  }

  /** The newest of each check and connection at an ISO time. */
  async standingAt(moment: string): Promise<AttestationRow[]> {
    return this.#knex<AttestationRow>(TABLE)
      .where('attested_at', '<=', moment)
      .where(stood =>
        stood.whereNull('replaced_at').orWhere('replaced_at', '>', moment),
      );
  }

  /** Those of a check in some connections, the newest first, at most a hundred. */
  async list(
    checkId: string,
    connections: string[],
  ): Promise<AttestationRow[]> {
    return this.#knex<AttestationRow>(TABLE)
      .where({ check_id: checkId })
      .whereIn('connection', connections)
      .orderBy('attested_at', 'desc')
      .orderBy('id')
      .limit(MOST);
  }

  /** Writes one in the place of the newest. */
  async insert(tx: Knex.Transaction, row: AttestationRow): Promise<void> {
    await tx<AttestationRow>(TABLE)
      .where({ check_id: row.check_id, connection: row.connection })
      .whereNull('replaced_at')
      .update({ replaced_at: row.attested_at });
    await tx<AttestationRow>(TABLE).insert(row);
  }

  /** Marks those that stand and end before `soon` as told, and answers them; each once. */
  async tellOnce(now: string, soon: string): Promise<AttestationRow[]> {
    return this.#knex<AttestationRow>(TABLE)
      .whereNull('replaced_at')
      .whereNull('told_at')
      .where('until', '>', now)
      .where('until', '<=', soon)
      .update({ told_at: now })
      .returning('*');
  }

  /** Lets go of all that was attested of a connection. */
  async forget(connection: string): Promise<void> {
    await this.#knex<AttestationRow>(TABLE).where({ connection }).delete();
  }

  /** Nobody could be told. */
  async takeBack(id: string): Promise<void> {
    await this.#knex<AttestationRow>(TABLE)
      .where({ id })
      .update({ told_at: null });
  }
}
