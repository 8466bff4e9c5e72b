// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { newSalt, saltedHash } from '../../ledger';
import { takeRevision } from '../clock';
import { chunks, inTransaction } from '../engine';
import type { Writing } from '../publish';
import type { ExceptionDeed, ExceptionRequest, ExceptionRow } from './types';

const TABLE = 'exceptions';

const unanswered = {
  told_at: null,
  decided_at: null,
  decided_by: null,
  decision: null,
  ended_at: null,
  ended_by: null,
  opened: null,
  closed: null,
  decision_note: null,
  end_note: null,
};

/** The exceptions of findings; that one begins or ends early is a revision, that it expires is not. */
export class ExceptionStore {
  readonly #writing: Pick<Writing, 'knex' | 'ledger'>;

  constructor(writing: Pick<Writing, 'knex' | 'ledger'>) {
    this.#writing = writing;
  }

  /** One exception; a NotFoundError when there is none. */
  async get(id: string): Promise<ExceptionRow> {
    return found(this.#writing.knex, id);
  }

  /** Refs of the people that accounts belong to or ever belonged to, by account id. */
  async peopleEver(accountIds: string[]): Promise<Map<string, string[]>> {
    const people = new Map<string, string[]>();
    for (const ids of chunks([...new Set(accountIds)])) {
      const rows: Array<{ key: string; person: string }> = await this.#writing
        .knex('history_identity_links')
        .where({ source: 'identity' })
        .whereIn('key', ids)
        .distinct('key', 'person');
      for (const { key, person } of rows) {
        people.set(key, [...(people.get(key) ?? []), person]);
      }
    }
    return people;
  }

  /**
   * Stores one exception for each finding, or none; returns their ids. A ConflictError when one
   * waits for one of them already.
   */
  async request(request: ExceptionRequest): Promise<string[]> {
    const { findings, actor, approver, reason, control, until, now } = request;
    const { knex, ledger } = this.#writing;
    return inTransaction(knex, async tx => {
      const asked: Array<Omit<ExceptionRow, 'ordinal'>> = [];
      for (const finding of findings) {
        const { connection, result_key } = finding;
        // What nobody decided in time waits no more.
        await tx<ExceptionRow>(TABLE)
          .where({ connection, result_key })
          .whereNull('decided_at')
          .where('until', '<=', now)
          .update({ decision: 'lapsed', decided_at: now });
        const row = {
          ...unanswered,
          ...finding,
          id: randomUUID(),
          requested_at: now,
          requested_by: actor,
          approver: approver ?? null,
          until,
          salt: newSalt(),
          reason,
          control,
        };
        const stored = await tx(TABLE)
          .insert(row)
          .onConflict()
          .ignore()
          .returning('id');
        if (stored.length === 0) {
          throw new ConflictError(
            `An exception of ${connection}|${result_key} waits for a decision already`,
          );
        }
        asked.push(row);
      }
      for (const row of asked) {
        await ledger.append(tx, {
          kind: 'exception.requested',
          actor,
          subject: row.id,
          payload: {
            connection: row.connection,
            checkId: row.check_id,
            subjectKind: row.subject_kind,
            subjectId: row.subject_id,
            verdict: row.verdict,
            until,
            ...(approver && { approver }),
            reasonHash: hashOf(row, reason),
            controlHash: hashOf(row, control),
          },
        });
      }
      return asked.map(({ id }) => id);
    });
  }

  /** Makes it live. NotFoundError; ConflictError when it waits no more. */
  async approve(deed: ExceptionDeed): Promise<void> {
    await this.#decide(deed, 'approved');
  }

  /** NotFoundError; ConflictError when it waits no more. */
  async reject(deed: ExceptionDeed): Promise<void> {
    await this.#decide(deed, 'rejected');
  }

  /** Takes back what somebody asked for. NotFoundError; ConflictError when it waits no more. */
  async withdraw(deed: ExceptionDeed): Promise<void> {
    await this.#decide(deed, 'withdrawn');
  }

  /** Ends one that is live before its time. NotFoundError; ConflictError when it is not live. */
  async end({ id, actor, note, now }: ExceptionDeed): Promise<void> {
    const { knex, ledger } = this.#writing;
    await inTransaction(knex, async tx => {
      const count = await tx<ExceptionRow>(TABLE)
        .where({ id, decision: 'approved' })
        .whereNull('ended_at')
        .where('until', '>', now)
        .update({ ended_at: now, ended_by: actor, end_note: note ?? null });
      const row = await found(tx, id);
      if (count === 0) {
        throw new ConflictError(`The exception is not live: ${stateOf(row)}`);
      }
      const closed = await stamp(tx, row);
      await tx<ExceptionRow>(TABLE).where({ id }).update({ closed });
      await ledger.append(tx, {
        kind: 'exception.ended',
        actor,
        subject: id,
        payload: { revision: closed, noteHash: hashOf(row, note) },
      });
    });
  }

  /**
   * Live exceptions that end before a time and that nobody was told of yet; from now on somebody was.
   * At most a hundred.
   */
  async tellOnce(now: string, soon: string): Promise<ExceptionRow[]> {
    const { knex } = this.#writing;
    return inTransaction(knex, async tx => {
      const due: string[] = await tx(TABLE)
        .whereRaw(`decision = 'approved' and ended_at is null`)
        .where('until', '>', now)
        .where('until', '<=', soon)
        .whereNull('told_at')
        .orderBy(['until', 'id'])
        .limit(100)
        .pluck('id');
      return tx<ExceptionRow>(TABLE)
        .whereIn('id', due)
        .whereNull('told_at')
        .update({ told_at: now })
        .returning('*');
    });
  }

  /** Nobody was told of it after all. */
  async takeBack(id: string): Promise<void> {
    await this.#writing.knex(TABLE).where({ id }).update({ told_at: null });
  }

  async #decide(
    { id, actor, note, now }: ExceptionDeed,
    decision: 'approved' | 'rejected' | 'withdrawn',
  ): Promise<void> {
    const { knex, ledger } = this.#writing;
    await inTransaction(knex, async tx => {
      // Whoever of two deciders comes second finds it decided.
      const count = await tx<ExceptionRow>(TABLE)
        .where({ id })
        .whereNull('decided_at')
        .where('until', '>', now)
        .update({
          decision,
          decided_at: now,
          decided_by: actor,
          decision_note: note ?? null,
        });
      const row = await found(tx, id);
      if (count === 0) {
        throw new ConflictError(
          `The exception does not wait for a decision any more: ${stateOf(
            row,
          )}`,
        );
      }
      const opened = decision === 'approved' ? await stamp(tx, row) : undefined;
      if (opened !== undefined) {
        await tx<ExceptionRow>(TABLE).where({ id }).update({ opened });
      }
      await ledger.append(tx, {
        kind: `exception.${decision}`,
        actor,
        subject: id,
        payload: {
          requestedBy: row.requested_by,
          until: row.until,
          ...(opened !== undefined && { revision: opened }),
          noteHash: hashOf(row, note),
        },
      });
    });
  }
}

/** An interval opens or closes: whoever asks for a revision sees it or does not. */
async function stamp(tx: Knex.Transaction, row: ExceptionRow) {
  return takeRevision(tx, { kind: 'change', sources: [row.connection] });
}

async function found(knex: Knex, id: string): Promise<ExceptionRow> {
  const row = await knex<ExceptionRow>(TABLE).where({ id }).first();
  if (!row) {
    throw new NotFoundError(`There is no exception ${id}`);
  }
  return row;
}

function stateOf(row: ExceptionRow): string {
  if (row.ended_at) {
    return `${row.ended_by} ended it at ${row.ended_at}`;
  }
  if (row.decided_by) {
    return `${row.decided_by} ${
      row.decision === 'withdrawn' ? 'withdrew' : row.decision
    } it at ${row.decided_at}, until ${row.until}`;
  }
  return row.decision === 'lapsed' || row.decided_at === null
    ? `its time is ${row.until}`
    : `it was decided at ${row.decided_at}`;
}

/** A text in the ledger. Once the salt is erased with the texts, nothing leads back to them. */
function hashOf(row: Pick<ExceptionRow, 'salt'>, text: string | undefined) {
  return text === undefined || row.salt === null
    ? null
    : saltedHash(row.salt, text);
}
