// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import type {
  Delegate,
  Delegation,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';
import { newSalt, saltedHash } from '../ledger';

const MOST = 200;

interface DelegationRow {
  id: string;
  delegator: string;
  delegate: string;
  starts_at: string;
  ends_at: string;
  reason: string;
  created_at: string;
  ended_at: string | null;
}

/** Who decides in the place of a reviewer, and how long. */
export class Delegations {
  readonly #knex: Knex;
  readonly #history: Pick<History, 'ledger'>;

  constructor(options: { knex: Knex; history: Pick<History, 'ledger'> }) {
    this.#knex = options.knex;
    this.#history = options.history;
  }

  /** Those that somebody gave or received, newest first. */
  async list(person: string): Promise<{ items: Delegation[] }> {
    const knex = this.#knex;
    const of = (column: 'delegate' | 'delegator') =>
      knex<DelegationRow & { ordinal: number }>('review_delegations')
        .where(column, person)
        .orderBy('ordinal', 'desc')
        .limit(MOST)
        .select();
    const found = [...(await of('delegator')), ...(await of('delegate'))].sort(
      (a, b) => Number(b.ordinal) - Number(a.ordinal),
    );
    const now = await databaseTime(knex);
    return { items: found.slice(0, MOST).map(row => toDelegation(row, now)) };
  }

  /** Those whose place somebody takes at this moment, besides their own. */
  async delegatorsOf(person: string): Promise<string[]> {
    const now = await databaseTime(this.#knex);
    const rows: Array<Pick<DelegationRow, 'delegator'>> = await this.#knex(
      'review_delegations',
    )
      .where({ delegate: person, ended_at: null })
      .where('starts_at', '<=', now)
      .where('ends_at', '>', now)
      .distinct('delegator');
    return rows.map(({ delegator }) => delegator);
  }

  /** Somebody, and those in whose place they decide. */
  async placesOf(person: string): Promise<string[]> {
    return [person, ...(await this.delegatorsOf(person))];
  }

  /** Who takes the place of one of these people at this moment. */
  async delegatesOf(people: string[]): Promise<string[]> {
    const now = await databaseTime(this.#knex);
    const rows: Array<Pick<DelegationRow, 'delegate' | 'delegator'>> =
      await this.#knex('review_delegations')
        .where({ ended_at: null })
        .where('starts_at', '<=', now)
        .where('ends_at', '>', now)
        .distinct('delegate', 'delegator');
    const asked = new Set(people);
    return rows
      .filter(({ delegator }) => asked.has(delegator))
      .map(({ delegate }) => delegate);
  }

  /** Throws an InputError for oneself and for times that are over. */
  async add(actor: string, asked: Delegate): Promise<Delegation> {
    const to = asked.to.toLowerCase();
    if (to === actor) {
      throw new InputError('to must be somebody else than you');
    }
    const id = randomUUID();
    const salt = newSalt();
    return inTransaction(this.#knex, async tx => {
      const now = await databaseTime(tx);
      const row = {
        id,
        delegator: actor,
        delegate: to,
        starts_at: asked.startsAt ? isoOf(asked.startsAt) : now,
        ends_at: isoOf(asked.endsAt),
        reason: asked.reason.trim(),
        created_at: now,
        ended_at: null,
      };
      if (row.ends_at <= now || row.ends_at <= row.starts_at) {
        throw new InputError('endsAt must be after startsAt and after now');
      }
      await tx('review_delegations').insert({ ...row, reason_salt: salt });
      await this.#history.ledger.append(tx, {
        kind: 'review.delegated',
        actor,
        subject: id,
        payload: {
          to,
          startsAt: row.starts_at,
          endsAt: row.ends_at,
          reasonHash: saltedHash(salt, row.reason),
        },
      });
      return toDelegation(row, now);
    });
  }

  /** Ends one before its time; only who gave it may. */
  async end(actor: string, id: string): Promise<Delegation> {
    return inTransaction(this.#knex, async tx => {
      const row = await tx<DelegationRow>('review_delegations')
        .where({ id })
        .forUpdate()
        .first();
      if (!row) {
        throw new NotFoundError(`There is no delegation ${id}`);
      }
      if (row.delegator !== actor) {
        throw new NotAllowedError(`Only ${row.delegator} can end it`);
      }
      const now = await databaseTime(tx);
      if (row.ended_at !== null || row.ends_at <= now) {
        throw new ConflictError(`Delegation ${id} has ended already`);
      }
      await tx('review_delegations').where({ id }).update({ ended_at: now });
      await this.#history.ledger.append(tx, {
        kind: 'review.delegation-ended',
        actor,
        subject: id,
        payload: {},
      });
      return toDelegation({ ...row, ended_at: now }, now);
    });
  }
}

/** As the database keeps times, so that they compare as text. */
function isoOf(time: string): string {
  return new Date(time).toISOString();
}

function toDelegation(row: DelegationRow, now: string): Delegation {
  return {
    id: row.id,
    from: row.delegator,
    to: row.delegate,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    reason: row.reason,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    active: !row.ended_at && row.starts_at <= now && row.ends_at > now,
  };
}
