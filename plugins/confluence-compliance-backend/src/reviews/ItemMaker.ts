// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { inTransaction } from '../history';
import { followDecisions } from './deciding';
import { factsFor, type FactsOptions, type Reach, reachOf } from './itemFacts';
import { decidersOf, planOf, type ReviewPlan } from './plan';
import {
  type ItemRow,
  type ItemSource,
  type ReviewRow,
  sourcesOf,
} from './rows';
import { Selection } from './Selection';

const BATCH = 200;

/** One going through the containers of a review. */
interface Making {
  review: ReviewRow;
  plan: ReviewPlan;
  sources: ItemSource[];
  selection: Selection;
}

/**
 * Makes the items of a review, container by container. What is there already stays, so that it goes
 * on after a restart, and two replicas at once make no item twice.
 */
export class ItemMaker {
  readonly #options: FactsOptions;

  constructor(options: FactsOptions) {
    this.#options = options;
  }

  /** Goes on until all items are there, or the review has ended. */
  async make(reviewId: string, signal?: AbortSignal): Promise<void> {
    const { knex } = this.#options;
    let making: Making | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const review = await knex<ReviewRow>('reviews')
        .where({ id: reviewId, state: 'in-progress' })
        .first();
      if (!review) {
        return;
      }
      if (review.containers_done >= review.containers_total) {
        await inTransaction(knex, async tx => {
          // Nobody decides, or takes back, while it is looked whether all is decided.
          await tx<ReviewRow>('reviews').where({ id: reviewId }).forUpdate();
          await followDecisions(tx, reviewId);
        });
        return;
      }
      const done = review.containers_done;
      making ??= this.#begin(review);
      // The review may have got another owner since the last container.
      making.plan.deciders = decidersOf(review);
      await this.#fromContainer(making, making.sources[done], signal);
      await knex<ReviewRow>('reviews')
        .where({ id: reviewId, containers_done: done })
        .update({ containers_done: done + 1 });
    }
  }

  #begin(review: ReviewRow): Making {
    const plan = planOf(review);
    const sources = sourcesOf(review);
    const selection = new Selection(this.#options, plan);
    return { review, plan, sources, selection };
  }

  async #fromContainer(
    { review, plan, selection }: Making,
    source: ItemSource,
    signal?: AbortSignal,
  ): Promise<void> {
    const { history } = this.#options;
    const { connection } = plan.scope;
    let reach: Reach | undefined;
    for await (const selected of selection.in(source, BATCH)) {
      signal?.throwIfAborted();
      if (source.dataset === 'memberships') {
        reach ??= await reachOf(history, connection, source.key, plan.revision);
      }
      const facts = await factsFor(
        this.#options,
        plan,
        await selection.covering(),
        source,
        selected,
        reach,
      );
      await this.#insert(
        selected.map(({ one, reviewer: { reviewer, because } }, i) => ({
          id: randomUUID(),
          review_id: review.id,
          version: 1,
          dataset: source.dataset,
          connection,
          container: source.key,
          principal_kind: one.kind,
          principal_id: one.id,
          facts: JSON.stringify(facts[i]),
          reviewer,
          because,
          decision: 'undecided',
          decided_by: null,
          decided_for: null,
          decided_at: null,
          reason: null,
          reason_salt: null,
          reason_hash: null,
          removed_by: null,
          removed_until: null,
          sealed: null,
        })),
      );
    }
  }

  async #insert(rows: Array<Omit<ItemRow, 'ordinal'>>): Promise<void> {
    for (let at = 0; at < rows.length; at += 40) {
      await this.#options
        .knex('review_items')
        .insert(rows.slice(at, at + 40))
        .onConflict([
          'review_id',
          'dataset',
          'container',
          'principal_kind',
          'principal_id',
        ])
        .ignore();
    }
  }
}
