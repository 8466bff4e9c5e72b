// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { inTransaction, type Revision } from '../history';
import { followDecisions } from './deciding';
import {
  type Assigned,
  factsFor,
  type FactsOptions,
  operationOf,
  type Reach,
  reachOf,
  type Seen,
} from './itemFacts';
import { reviewerOf } from './reviewers';
import {
  type ItemRow,
  type ItemSource,
  type ReviewRow,
  scopeOf,
  sourcesOf,
} from './rows';

const BATCH = 200;

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
      await this.#fromContainer(review, sourcesOf(review)[done], signal);
      await knex<ReviewRow>('reviews')
        .where({ id: reviewId, containers_done: done })
        .update({ containers_done: done + 1 });
    }
  }

  async #fromContainer(
    review: ReviewRow,
    source: ItemSource,
    signal?: AbortSignal,
  ): Promise<void> {
    if (source.dataset === 'memberships') {
      await this.#members(review, source, signal);
    } else {
      await this.#grants(review, source, signal);
    }
  }

  async #members(review: ReviewRow, source: ItemSource, signal?: AbortSignal) {
    const { history } = this.#options;
    const { connection, admins } = scopeOf(review);
    const asOf = review.revision as Revision;
    const reach = await reachOf(history, connection, source.key, asOf);
    if (admins && reach.admin === 0) {
      return;
    }
    const rows = history.rows('memberships', {
      source: connection,
      container: source.key,
      asOf,
      batch: BATCH,
    });
    for await (const batch of rows) {
      signal?.throwIfAborted();
      const assigned = batch.map(({ payload, opened }) => ({
        kind: 'account',
        id: payload.accountId,
        operations: new Set<string>(),
        opened,
      }));
      await this.#insert(review, source, assigned, reach);
    }
  }

  async #grants(review: ReviewRow, source: ItemSource, signal?: AbortSignal) {
    const principals = new Map<string, Assigned>();
    const rows = this.#options.history.rows('grants', {
      source: scopeOf(review).connection,
      container: source.key,
      asOf: review.revision as Revision,
    });
    for await (const batch of rows) {
      for (const { payload, opened } of batch) {
        const { principalType: kind, principalId: id } = payload;
        const key = `${kind}/${id}`;
        const known = principals.get(key);
        const one: Assigned = known ?? {
          kind,
          id,
          operations: new Set<string>(),
          opened,
        };
        one.operations.add(operationOf(payload));
        one.opened = Math.min(one.opened, opened);
        principals.set(key, one);
      }
    }
    const all = [...principals.values()];
    for (let at = 0; at < all.length; at += BATCH) {
      signal?.throwIfAborted();
      await this.#insert(review, source, all.slice(at, at + BATCH));
    }
  }

  async #insert(
    review: ReviewRow,
    source: ItemSource,
    assigned: Assigned[],
    reach?: Reach,
  ) {
    const { knex, history } = this.#options;
    const scope = scopeOf(review);
    const seen = await factsFor(this.#options, review, source, assigned, reach);
    const rows: Array<Omit<ItemRow, 'ordinal'>> = [];
    for (const { one, facts, person } of seen.filter(each =>
      isWanted(scope, each),
    )) {
      rows.push({
        id: randomUUID(),
        review_id: review.id,
        version: 1,
        dataset: source.dataset,
        connection: scope.connection,
        container: source.key,
        principal_kind: one.kind,
        principal_id: one.id,
        facts: JSON.stringify(facts),
        ...(await reviewerOf(history, review, source, { ...one, person })),
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
      });
    }
    for (let at = 0; at < rows.length; at += 40) {
      await knex('review_items')
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

/** Whether an assignment is in a scope that narrows inside containers. */
function isWanted(scope: ReviewScope, { facts }: Seen): boolean {
  return (
    (!scope.admins || facts.admin) &&
    // Of whom nobody knows what they are may be a guest.
    (!scope.guests || (facts.class ?? 'guest') === 'guest') &&
    (!scope.changed || facts.delta?.kind !== 'unchanged')
  );
}
