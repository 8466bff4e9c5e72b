// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { History, Lists, PersonPayload } from '../history';
import { PEOPLE } from '../people';
import { type Assigned, assignedIn } from './assigned';
import { Covering, Previous } from './delta';
import { isAdmin } from './itemFacts';
import type { ReviewPlan } from './plan';
import { type Found, reviewerOf } from './reviewers';
import type { ItemSource } from './rows';

export interface SelectionOptions {
  knex: Knex;
  history: History;
  lists: Pick<Lists, 'accountLinks'>;
}

/** Whose an account is and was. */
export interface Owned {
  /** Ref of the person; absent where nobody is identified. */
  ref?: string;
  person?: PersonPayload;
  /** Refs, in lower case, of whom it ever belonged to. */
  ever: ReadonlySet<string>;
}

/** An assignment that is in a review. */
export interface Selected {
  one: Assigned;
  /** Of accounts. */
  owned: Owned;
  reviewer: Found;
}

const NOBODY: Owned = { ever: new Set() };

/**
 * Which assignments are in a review, and who decides on each: what is counted before the start, and
 * what items are made of. What is read once of accounts is kept, so that one of these serves one pass.
 */
export class Selection {
  readonly #options: SelectionOptions;
  readonly #plan: ReviewPlan;
  readonly #owned = new Map<string, Owned>();
  readonly #classes = new Map<string, string | undefined>();
  #adminGroups?: Set<string>;
  #covering?: Covering;

  constructor(options: SelectionOptions, plan: ReviewPlan) {
    this.#options = options;
    this.#plan = plan;
  }

  /** What of a container is in the review, so many at once. */
  async *in(source: ItemSource, batch: number): AsyncGenerator<Selected[]> {
    const { history } = this.#options;
    const { scope, revision: asOf, deciders } = this.#plan;
    if (scope.admins && source.dataset === 'memberships') {
      this.#adminGroups ??= await this.#readAdminGroups();
      if (!this.#adminGroups.has(source.key)) {
        return;
      }
    }
    const of = { source: scope.connection, asOf, batch };
    for await (const assigned of assignedIn(history, source, of)) {
      const wanted = await this.#wanted(source, assigned);
      if (wanted.length === 0) {
        continue;
      }
      await this.#readOwned(wanted);
      yield wanted.map(one => {
        const owned =
          one.kind === 'account' ? this.#owned.get(one.id) ?? NOBODY : NOBODY;
        return {
          one,
          owned,
          reviewer: reviewerOf(deciders, source, owned),
        };
      });
    }
  }

  /** The completed reviews that everything is compared with, read once. */
  async covering(): Promise<Covering> {
    this.#covering ??= await Covering.read(
      this.#options.knex,
      this.#plan.scope.connection,
    );
    return this.#covering;
  }

  async #wanted(source: ItemSource, assigned: Assigned[]) {
    const { admins, guests, changed } = this.#plan.scope;
    let wanted = assigned;
    if (admins && source.dataset === 'grants') {
      wanted = wanted.filter(one => [...one.operations].some(isAdmin));
    }
    if (guests) {
      await this.#readClasses(wanted);
      // Of whom nobody knows what they are may be a guest.
      wanted = wanted.filter(
        ({ kind, id }) =>
          kind !== 'account' || (this.#classes.get(id) ?? 'guest') === 'guest',
      );
    }
    if (changed && wanted.length > 0) {
      const previous = await Previous.of(
        this.#options.knex,
        await this.covering(),
        this.#plan,
        source,
        wanted,
      );
      wanted = wanted.filter(
        one =>
          previous.delta({ ...one, operations: [...one.operations].sort() })
            .kind !== 'unchanged',
      );
    }
    return wanted;
  }

  /** Groups that administer some space. */
  async #readAdminGroups(): Promise<Set<string>> {
    const { scope, revision: asOf } = this.#plan;
    const pages = this.#options.history.rows('grants', {
      source: scope.connection,
      only: { principalType: 'group', operation: 'administer' },
      asOf,
    });
    const groups = new Set<string>();
    for await (const rows of pages) {
      rows.forEach(({ payload }) => groups.add(payload.principalId));
    }
    return groups;
  }

  async #readClasses(assigned: Assigned[]): Promise<void> {
    const { scope, revision: asOf } = this.#plan;
    const keys = unread(assigned, this.#classes);
    if (keys.length === 0) {
      return;
    }
    keys.forEach(id => this.#classes.set(id, undefined));
    const { connection: source } = scope;
    const pages = this.#options.history.rows('accounts', {
      source,
      keys,
      asOf,
    });
    for await (const rows of pages) {
      rows.forEach(({ key, payload }) => this.#classes.set(key, payload.class));
    }
  }

  async #readOwned(assigned: Assigned[]): Promise<void> {
    const { history, lists } = this.#options;
    const { revision: asOf } = this.#plan;
    const ids = unread(assigned, this.#owned);
    if (ids.length === 0) {
      return;
    }
    const links = await lists.accountLinks(ids, asOf);
    const keys = [...links.values()].flatMap(({ person }) => person ?? []);
    const people = new Map<string, PersonPayload>();
    if (keys.length > 0) {
      const { source } = PEOPLE;
      for await (const rows of history.rows('people', { source, keys, asOf })) {
        rows.forEach(({ key, payload }) => people.set(key, payload));
      }
    }
    for (const id of ids) {
      const link = links.get(id);
      this.#owned.set(
        id,
        link
          ? {
              ref: link.person,
              person: link.person ? people.get(link.person) : undefined,
              ever: link.ever,
            }
          : NOBODY,
      );
    }
  }
}

/** Ids of accounts of which nothing was read yet. */
function unread(assigned: Assigned[], known: ReadonlyMap<string, unknown>) {
  return [
    ...new Set(
      assigned.flatMap(({ kind, id }) =>
        kind === 'account' && !known.has(id) ? id : [],
      ),
    ),
  ];
}
