// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type {
  CheckReviewed,
  CheckRevocation,
  CheckRows,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Knex } from 'knex';
import type { ReviewSummary } from '../critical-systems';
import { migrateDatabase } from '../database';
import { proofOf, type ProofOptions } from './proof';
import {
  gapsOf,
  type ItemRow,
  type ReviewRow,
  scopeOf,
  sealedOf,
} from './rows';

const BATCH = 500;
/** Nobody looks further back than this many reviews. */
const MOST = 1_000;
/** What was revoked in a review that was cancelled need not go. */
const REVOKING = ['in-progress', 'remediation', 'completed'];

type Outline = Pick<
  ReviewRow,
  'id' | 'state' | 'scope' | 'gaps' | 'due_at' | 'ended_at'
>;

export interface ReviewFactsOptions extends ProofOptions {
  database: DatabaseService;
}

/** What critical systems and checks ask of access reviews; as known now. */
export class ReviewFacts {
  readonly #options: ReviewFactsOptions & { knex: Knex };

  static async create(options: ReviewFactsOptions): Promise<ReviewFacts> {
    const knex = await migrateDatabase(options.database);
    return new ReviewFacts({ ...options, knex });
  }

  private constructor(options: ReviewFactsOptions & { knex: Knex }) {
    this.#options = options;
  }

  /** Reviews that are signed off or run, newest first. */
  async list(): Promise<ReviewSummary[]> {
    const rows = await this.#reviews(['completed', 'in-progress']);
    return rows.map(row => ({
      id: row.id,
      running: row.state === 'in-progress',
      scope: { ...scopeOf(row) },
      gaps: gapsOf(row),
      ...(row.due_at !== null && { dueAt: row.due_at }),
      ...(row.ended_at !== null && { endedAt: row.ended_at }),
    }));
  }

  /** How many items of a review nobody has decided yet, perhaps only those of one space. */
  async undecided(reviewId: string, spaceId?: string): Promise<number> {
    const counted = await this.#options
      .knex('review_items')
      .where({
        review_id: reviewId,
        decision: 'undecided',
        ...(spaceId !== undefined && { dataset: 'grants', container: spaceId }),
      })
      .count({ total: '*' })
      .first();
    return Number(counted?.total ?? 0);
  }

  /** Ids of the connections in which a review revoked something. */
  async connections(): Promise<string[]> {
    const reviews = await this.#reviews(REVOKING);
    const found: Array<{ connection: string }> = await this.#options
      .knex('review_items')
      .whereIn(
        'review_id',
        reviews.map(({ id }) => id),
      )
      .where({ decision: 'revoke' })
      .distinct('connection');
    return found.map(({ connection }) => connection);
  }

  /** What reviews of a connection that are signed off decided, the oldest review first. */
  async *reviewed(connection: string): CheckRows<CheckReviewed> {
    const reviews = await this.#reviews(['completed']);
    const ended = reviews
      .filter(row => scopeOf(row).connection === connection)
      .sort((a, b) => ((a.ended_at ?? '') < (b.ended_at ?? '') ? -1 : 1));
    for (const { id } of ended) {
      for await (const rows of this.#items({ review_id: id })) {
        yield rows.map(row => ({
          key: row.id,
          payload: {
            dataset: row.dataset,
            container: row.container,
            principalType: row.principal_kind,
            principalId: row.principal_id,
            decision: row.decision,
          },
        }));
      }
    }
  }

  /** What reviews of a connection revoked, with what became of it: as sealed, else as of now. */
  async *revocations(connection: string): CheckRows<CheckRevocation> {
    const reviews = (await this.#reviews(REVOKING)).filter(
      row => scopeOf(row).connection === connection,
    );
    for (const { id } of reviews) {
      const where = { review_id: id, decision: 'revoke' };
      for await (const rows of this.#items(where)) {
        const found: Array<{ key: string; payload: CheckRevocation }> = [];
        for (const row of rows) {
          const { state, reason } =
            sealedOf(row) ?? (await proofOf(this.#options, row));
          found.push({
            key: row.id,
            payload: {
              dataset: row.dataset,
              container: row.container,
              principalType: row.principal_kind,
              principalId: row.principal_id,
              decidedAt: row.decided_at ?? '',
              state,
              ...(reason && { why: reason.code }),
            },
          });
        }
        yield found;
      }
    }
  }

  /** When a review that is signed off last decided on accounts, and how many decisions are open. */
  async ofAccounts(
    accounts: Array<{ connection: string; accountId: string }>,
  ): Promise<{ lastAt?: string; undecided: number }> {
    const { knex } = this.#options;
    const found = { lastAt: undefined as string | undefined, undecided: 0 };
    for (const { connection, accountId } of accounts) {
      const rows: Array<{
        state: string;
        last: string | null;
        undecided: number | string | null;
      }> = await knex('review_items as i')
        .join('reviews as r', 'r.id', 'i.review_id')
        .where({
          'i.principal_id': accountId,
          'i.connection': connection,
          'i.principal_kind': 'account',
          'r.connection_gone': false,
        })
        .whereIn('r.state', ['in-progress', 'completed'])
        .groupBy('r.state')
        .select(
          'r.state as state',
          knex.raw('max(r.ended_at) as last'),
          knex.raw(
            "sum(case when i.decision = 'undecided' then 1 else 0 end) as undecided",
          ),
        );
      for (const { state, last, undecided } of rows) {
        if (state === 'in-progress') {
          found.undecided += Number(undecided ?? 0);
        } else if (last !== null && last > (found.lastAt ?? '')) {
          found.lastAt = last;
        }
      }
    }
    const { lastAt, undecided } = found;
    return { ...(lastAt && { lastAt }), undecided };
  }

  async #reviews(states: string[]): Promise<Outline[]> {
    return this.#options
      .knex<ReviewRow>('reviews')
      .whereIn('state', states)
      .where({ connection_gone: false })
      .orderBy('ordinal', 'desc')
      .limit(MOST)
      .select('id', 'state', 'scope', 'gaps', 'due_at', 'ended_at');
  }

  async *#items(where: object): AsyncIterable<ItemRow[]> {
    let last = 0;
    for (;;) {
      const rows: ItemRow[] = await this.#options
        .knex('review_items')
        .where(where)
        .where('ordinal', '>', last)
        .orderBy('ordinal')
        .limit(BATCH);
      if (rows.length === 0) {
        return;
      }
      yield rows;
      last = Number(rows[rows.length - 1].ordinal);
    }
  }
}
