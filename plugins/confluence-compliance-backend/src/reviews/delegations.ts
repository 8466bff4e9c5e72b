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
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { databaseTime, type History, inTransaction } from '../history';
import { newSalt, saltedHash } from '../ledger';
import {
  type DelegationList,
  openDelegations,
  ownDelegations,
  readDelegations,
} from './delegationLists';
import type { PageQuery } from './lists';

/** Days that a delegation lasts at most, from now. */
const MOST_DAYS = 366;
const DAY_MS = 24 * 60 * 60_000;
/** People that one query asks for. */
const BATCH = 200;

interface DelegationRow {
  ordinal: number | string;
  id: string;
  delegator: string;
  delegate: string;
  starts_at: string;
  ends_at: string;
  reason: string;
  created_at: string;
  ended_at: string | null;
  ended_by: string | null;
}

type Needed = Pick<History, 'ledger' | 'head'>;

/** Who decides in the place of a reviewer, and how long. */
export class Delegations {
  readonly #knex: Knex;
  readonly #history: Needed;

  constructor(options: { knex: Knex; history: Needed }) {
    this.#knex = options.knex;
    this.#history = options.history;
  }

  /** Those that somebody gave or received, newest first. */
  async list(person: string, page: PageQuery): Promise<Page<Delegation>> {
    return this.#page(ownDelegations(this.#knex, person), page);
  }

  /** Those of everybody that are in force or will be; those that last longest first. */
  async listOpen(page: PageQuery): Promise<Page<Delegation>> {
    const now = await databaseTime(this.#knex);
    return this.#page(openDelegations(this.#knex, now), page);
  }

  async #page(
    list: DelegationList<DelegationRow>,
    page: PageQuery,
  ): Promise<Page<Delegation>> {
    const revision = await this.#history.head();
    const { rows, ...rest } = await readDelegations(this.#knex, list, {
      ...page,
      revision,
    });
    const now = await databaseTime(this.#knex);
    return { ...rest, items: rows.map(row => toDelegation(row, now)) };
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
    const found = new Set<string>();
    for (let from = 0; from < people.length; from += BATCH) {
      const rows: Array<Pick<DelegationRow, 'delegate'>> = await this.#knex(
        'review_delegations',
      )
        .where({ ended_at: null })
        .whereIn('delegator', people.slice(from, from + BATCH))
        .where('ends_at', '>', now)
        .where('starts_at', '<=', now)
        .distinct('delegate');
      rows.forEach(({ delegate }) => found.add(delegate));
    }
    return [...found];
  }

  /** Throws an InputError for oneself, for times that are over and for more than a year. */
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
        ended_by: null,
      };
      if (row.ends_at <= now || row.ends_at <= row.starts_at) {
        throw new InputError('endsAt must be after startsAt and after now');
      }
      const latest = new Date(Date.parse(now) + MOST_DAYS * DAY_MS);
      if (row.ends_at > latest.toISOString()) {
        throw new InputError(
          `endsAt must be at most a year ahead: say ${latest.toISOString()} or earlier, and delegate again then`,
        );
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

  /** Ends one before its time: who gave it may, and whoever may end anybody's. */
  async end(
    actor: string,
    id: string,
    { anybodys }: { anybodys: boolean },
  ): Promise<Delegation> {
    return inTransaction(this.#knex, async tx => {
      const row = await tx<DelegationRow>('review_delegations')
        .where({ id })
        .forUpdate()
        .first();
      if (!row) {
        throw new NotFoundError(`There is no delegation ${id}`);
      }
      if (row.delegator !== actor && !anybodys) {
        throw new NotAllowedError(
          `Only ${row.delegator} can end it, or whoever manages reviews`,
        );
      }
      const now = await databaseTime(tx);
      if (row.ended_at !== null || row.ends_at <= now) {
        throw new ConflictError(`Delegation ${id} has ended already`);
      }
      const ended = { ended_at: now, ended_by: actor };
      await tx('review_delegations').where({ id }).update(ended);
      await this.#history.ledger.append(tx, {
        kind: 'review.delegation-ended',
        actor,
        subject: id,
        payload: { from: row.delegator },
      });
      return toDelegation({ ...row, ...ended }, now);
    });
  }
}

/** As the database keeps times, so that they compare as text. */
function isoOf(time: string): string {
  return new Date(time).toISOString();
}

function toDelegation(
  row: Omit<DelegationRow, 'ordinal'>,
  now: string,
): Delegation {
  return {
    id: row.id,
    from: row.delegator,
    to: row.delegate,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    reason: row.reason,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    endedBy: row.ended_by ?? undefined,
    active: !row.ended_at && row.starts_at <= now && row.ends_at > now,
  };
}
