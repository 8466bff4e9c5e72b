// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type {
  Attest,
  Attestation,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History } from '../../history';
import { newSalt, saltedHash } from '../../ledger';
import { checkOf, type RegisteredCheck } from '../CheckRegistry';
import { endOf } from '../exceptions/until';
import { type AttestationRow, AttestationRows } from './AttestationRows';
import { toAttestation } from './describe';

/** How many days an attestation may stand. */
const MAX_DAYS = 366;

export interface AttestationsOptions {
  history: Pick<History, 'change' | 'ledger'>;
  rows: AttestationRows;
  /** The checks there are, by id. */
  checks: Map<string, RegisteredCheck>;
  /** Ids of the connections there are. */
  connections: () => string[];
  /** Called after somebody attested a check. */
  onAttested: (checkId: string) => Promise<void>;
  now: () => Date;
}

/** What people attest where nothing can be read: who, what, and until when. */
export class Attestations {
  readonly #options: AttestationsOptions;

  constructor(options: AttestationsOptions) {
    this.#options = options;
  }

  /** The table, for whoever tells people what expires. */
  get rows(): AttestationRows {
    return this.#options.rows;
  }

  /** Those of a check, the newest first, at most a hundred. A NotFoundError when there is no such check. */
  async list(checkId: string): Promise<Attestation[]> {
    const { checks, rows, connections, now } = this.#options;
    checkOf(checks, checkId);
    const found = await rows.list(checkId, connections());
    return found.map(row => toAttestation(row, now()));
  }

  /** The newest of each check and connection, by id of the check; now, or at an ISO time. */
  async standing(moment?: string): Promise<Map<string, AttestationRow[]>> {
    const { rows } = this.#options;
    const byCheck = new Map<string, AttestationRow[]>();
    for (const row of moment === undefined
      ? await rows.standing()
      : await rows.standingAt(moment)) {
      byCheck.set(row.check_id, [...(byCheck.get(row.check_id) ?? []), row]);
    }
    return byCheck;
  }

  /**
   * Attests a check on a connection, in the place of what was attested before. NotFoundError;
   * NotAllowedError for services; ConflictError where the check is judged by itself; InputError that names the field.
   */
  async attest(
    checkId: string,
    asked: Attest,
    actor: string,
  ): Promise<Attestation> {
    const { checks, connections, history, rows, now } = this.#options;
    const { check } = checkOf(checks, checkId);
    if (check.state !== 'attestation') {
      throw new ConflictError(
        `The check ${checkId} is judged by itself: nobody attests it`,
      );
    }
    if (!actor.startsWith('user:')) {
      throw new NotAllowedError(
        'Checks are attested by people, not by services',
      );
    }
    const { connection, answer, until, note, evidence } = asked;
    if (!connections().includes(connection)) {
      throw new InputError(
        `connection: there is no connection '${connection}', use one of ${connections().join(
          ', ',
        )}`,
      );
    }
    const at = now();
    const row: AttestationRow = {
      id: randomUUID(),
      check_id: checkId,
      connection,
      answer,
      until: until === undefined ? null : endOf(until, at, MAX_DAYS),
      note: note ?? null,
      evidence: evidence ?? null,
      text_salt: newSalt(),
      attested_by: actor,
      attested_at: at.toISOString(),
      replaced_at: null,
      told_at: null,
    };
    await history.change(
      {
        record: async tx => {
          // The ledger first: whoever attests the same thing at the same time waits here.
          await history.ledger.append(tx, entryOf(row));
          await rows.insert(tx, row);
        },
      },
      async () => {},
    );
    await this.#options.onAttested(checkId);
    return toAttestation(row, at);
  }
}

/** Ids, hashes and times: what somebody wrote goes into the ledger as a hash. */
function entryOf(row: AttestationRow) {
  const { id, connection, answer, until, note, evidence } = row;
  const hashOf = (text: string) => saltedHash(row.text_salt ?? '', text);
  return {
    kind: 'check.attested',
    actor: row.attested_by,
    subject: row.check_id,
    payload: {
      id,
      connection,
      answer,
      until,
      ...(note !== null && { note: hashOf(note) }),
      ...(evidence !== null && { evidence: hashOf(evidence) }),
    },
  };
}
