// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { migrateDatabase } from '../../database';
import { databaseTime } from '../../history';
import { type RunRow, RUNS } from './runs';

const MOST = 200;

/** A review that a template made, of which its owner was not told. */
export interface MadeReview {
  template: string;
  period: string;
  reviewId: string;
  title: string;
  /** User entity ref. */
  owner: string;
  state: 'draft' | 'started' | 'not-started';
  /** Why it could not be started. */
  notStarted?: Reason;
  /** ISO time. */
  dueAt?: string;
}

/** Who was told of the reviews that templates made. */
export class MadeReviews {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<MadeReviews> {
    return new MadeReviews(await migrateDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those of which nobody was told yet, as soon as it is clear whether they have started. */
  async untold(): Promise<MadeReview[]> {
    const rows: Array<
      RunRow & {
        state: MadeReview['state'];
        title: string;
        owner: string;
        due_at: string | null;
        not_started: string | null;
      }
    > = await this.#knex(RUNS)
      .join('reviews', 'reviews.id', `${RUNS}.review_id`)
      .whereNull(`${RUNS}.told_at`)
      .whereNot(`${RUNS}.state`, 'starting')
      .orderBy('reviews.ordinal')
      .limit(MOST)
      .select(
        `${RUNS}.*`,
        'reviews.title',
        'reviews.owner',
        'reviews.due_at',
        'reviews.not_started',
      );
    return rows.map(row => ({
      template: row.template,
      period: row.period,
      reviewId: row.review_id,
      title: row.title,
      owner: row.owner,
      state: row.state,
      notStarted:
        row.not_started === null ? undefined : JSON.parse(row.not_started),
      dueAt: row.due_at ?? undefined,
    }));
  }

  /** Takes one for oneself; false where it was taken already, perhaps by another replica. */
  async take({ template, period }: MadeReview): Promise<boolean> {
    const taken = await this.#knex(RUNS)
      .where({ template, period, told_at: null })
      .update({ told_at: await databaseTime(this.#knex) });
    return taken > 0;
  }

  /** Gives one back of which nobody could be told. */
  async giveBack({ template, period }: MadeReview): Promise<void> {
    await this.#knex(RUNS)
      .where({ template, period })
      .update({ told_at: null });
  }
}
