// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import type { DecisionKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import {
  type AccountPayload,
  type GrantPayload,
  type History,
  inTransaction,
  type Lists,
  type PersonPayload,
  type Revision,
} from '../history';
import { followDecisions } from './deciding';
import {
  type ItemFacts,
  type ItemRow,
  type ItemSource,
  type ReviewRow,
  scopeOf,
  sourcesOf,
} from './rows';
import { isOwn } from './selfReview';

const BATCH = 200;

/** Who is in a container, as assigned. */
interface Assigned {
  kind: string;
  id: string;
  operations: Set<string>;
  opened: Revision;
}

export interface ItemMakerOptions {
  knex: Knex;
  history: History;
  lists: Pick<Lists, 'linkedPeople' | 'timeOf'>;
}

/**
 * Makes the items of a review, container by container. What is there already stays, so that it goes
 * on after a restart, and two replicas at once make no item twice.
 */
export class ItemMaker {
  readonly #options: ItemMakerOptions;

  constructor(options: ItemMakerOptions) {
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
        await inTransaction(knex, tx => followDecisions(tx, reviewId));
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
    const rows = this.#options.history.rows('memberships', {
      source: scopeOf(review).connection,
      container: source.key,
      asOf: review.revision as Revision,
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
      await this.#insert(review, source, assigned);
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
        const one = known ?? { kind, id, operations: new Set(), opened };
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

  async #insert(review: ReviewRow, source: ItemSource, assigned: Assigned[]) {
    const { knex, lists } = this.#options;
    const { connection } = scopeOf(review);
    const asOf = review.revision as Revision;
    const ids = assigned.flatMap(one => (one.kind === 'account' ? one.id : []));
    const accounts = await this.#accounts(connection, ids, asOf);
    const linked = await lists.linkedPeople(ids);
    const people = await this.#people([...linked.values()], asOf);
    const times = new Map<Revision, string | undefined>();
    const rows: Array<Omit<ItemRow, 'ordinal'>> = [];
    for (const one of assigned) {
      if (!times.has(one.opened)) {
        times.set(one.opened, await lists.timeOf(one.opened));
      }
      const person = linked.get(one.id);
      const facts = factsOf(one, {
        scope: source.scope,
        since: times.get(one.opened),
        account: accounts.get(one.id),
        person: person === undefined ? undefined : people.get(person),
        identified: person !== undefined,
      });
      rows.push({
        id: randomUUID(),
        review_id: review.id,
        version: 1,
        dataset: source.dataset,
        connection,
        container: source.key,
        principal_kind: one.kind,
        principal_id: one.id,
        facts: JSON.stringify(facts),
        ...(await this.#reviewerOf(review, one)),
        decision: 'undecided',
        decided_by: null,
        decided_at: null,
        reason: null,
        decided_for: null,
        removed_by: null,
        removed_until: null,
        sealed: null,
      });
    }
    for (let at = 0; at < rows.length; at += 50) {
      await knex('review_items')
        .insert(rows.slice(at, at + 50))
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

  async #reviewerOf(
    { reviewer, fallback_reviewer: fallback }: ReviewRow,
    { kind, id }: Assigned,
  ): Promise<Pick<ItemRow, 'reviewer' | 'because'>> {
    const own =
      reviewer !== null &&
      kind === 'account' &&
      (await isOwn(this.#options.history, id, reviewer));
    return reviewer === null || own
      ? { reviewer: fallback, because: 'fallback' }
      : { reviewer, because: 'named' };
  }

  async #accounts(source: string, keys: string[], asOf: Revision) {
    const found = new Map<string, AccountPayload>();
    if (keys.length > 0) {
      const rows = this.#options.history.rows('accounts', {
        source,
        keys,
        asOf,
      });
      for await (const batch of rows) {
        batch.forEach(({ key, payload }) => found.set(key, payload));
      }
    }
    return found;
  }

  async #people(keys: string[], asOf: Revision) {
    const found = new Map<string, PersonPayload>();
    if (keys.length > 0) {
      const rows = this.#options.history.rows('people', {
        source: 'people:catalog',
        keys,
        asOf,
      });
      for await (const batch of rows) {
        batch.forEach(({ key, payload }) => found.set(key, payload));
      }
    }
    return found;
  }
}

function operationOf({ operation, target }: GrantPayload): string {
  return `${operation} ${target}`;
}

function factsOf(
  { kind, operations }: Assigned,
  known: {
    scope: string;
    since?: string;
    account?: AccountPayload;
    person?: PersonPayload;
    identified: boolean;
  },
): ItemFacts {
  const { scope, since, account, person, identified } = known;
  const sorted = [...operations].sort();
  const found: Array<[DecisionKind, string]> = [];
  if (account && account.accountStatus !== 'active') {
    found.push(['revoke', 'account-not-active']);
  }
  if (person?.status === 'departed') {
    found.push(['revoke', 'person-departed']);
  }
  if (person?.status === 'missing') {
    found.push(['defer', 'person-missing']);
  }
  const unidentified =
    kind === 'account' &&
    !identified &&
    (account === undefined || account.class === 'person');
  if (unidentified) {
    found.push(['defer', 'nobody-identified']);
  }
  return {
    scope,
    operations: sorted,
    admin: sorted.some(operation => operation.startsWith('administer ')),
    since,
    class: account?.class,
    identified: kind !== 'account' || !unidentified,
    recommendation: found[0]?.[0] ?? 'keep',
    reasons: found.map(([, reason]) => reason),
  };
}
