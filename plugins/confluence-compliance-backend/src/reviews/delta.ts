// SPDX-License-Identifier: Apache-2.0
import type {
  DecisionKind,
  ReviewDelta,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { Revision } from '../history';
import type { ReviewPlan } from './plan';
import {
  factsOf,
  gapsOf,
  type ItemRow,
  type ItemSource,
  type LastItem,
  type ReviewRow,
  scopeOf,
  sourcesOf,
} from './rows';

/** Completed reviews that are looked at for one that covered a container. */
const MOST = 50;

/** An assignment as it stands at the pinned revision. */
export interface Standing {
  kind: string;
  id: string;
  operations: string[];
  opened: Revision;
}

interface Before {
  item: ItemRow;
  /** The revision that its review was pinned to, and when that was. */
  revision: Revision;
  startedAt: string;
}

/** The last completed review that had all of a container. */
type Whole = Pick<ReviewRow, 'id' | 'started_at'>;

const keyOf = (dataset: string, container: string) => `${dataset}/${container}`;

/** Which completed reviews had everything of which container; those that were narrowed inside had not. */
export class Covering {
  readonly #reviews: ReadonlyMap<string, Whole>;

  private constructor(reviews: Map<string, Whole>) {
    this.#reviews = reviews;
  }

  /** Reads the completed reviews of a connection, the newest ones, one at a time: each is long. */
  static async read(knex: Knex, connection: string): Promise<Covering> {
    const found = new Map<string, Whole>();
    const newest = await knex<ReviewRow>('reviews')
      .where({ connection_gone: false, state: 'completed' })
      .orderBy('ordinal', 'desc')
      .limit(MOST)
      .select('id', 'scope', 'started_at');
    for (const { id, scope: said, started_at } of newest) {
      const scope = scopeOf({ scope: said });
      if (
        scope.connection !== connection ||
        scope.admins ||
        scope.guests ||
        scope.changed
      ) {
        continue;
      }
      const row = await knex<ReviewRow>('reviews').where({ id }).first();
      const gaps = new Set(
        row && gapsOf(row).map(gap => keyOf(gap.dataset, gap.container)),
      );
      for (const { dataset, key } of row ? sourcesOf(row) : []) {
        const of = keyOf(dataset, key);
        if (!gaps.has(of) && !found.has(of)) {
          found.set(of, { id, started_at });
        }
      }
    }
    return new Covering(found);
  }

  of({ dataset, key }: Pick<ItemSource, 'dataset' | 'key'>): Whole | undefined {
    return this.#reviews.get(keyOf(dataset, key));
  }
}

/** What was reviewed before, in one container. */
export class Previous {
  readonly #items: Map<string, Before>;
  readonly #covering?: Whole;
  readonly #gap: boolean;

  private constructor(
    items: Map<string, Before>,
    covering: Whole | undefined,
    gap: boolean,
  ) {
    this.#items = items;
    this.#covering = covering;
    this.#gap = gap;
  }

  /** Reads what the completed reviews said of these principals in a container. */
  static async of(
    knex: Knex,
    covering: Covering,
    { scope, gaps }: Pick<ReviewPlan, 'scope' | 'gaps'>,
    source: ItemSource,
    principals: Array<Pick<Standing, 'id'>>,
  ): Promise<Previous> {
    const { dataset, key } = source;
    const rows: Array<ItemRow & { revision: number; startedAt: string }> =
      await knex('review_items as i')
        .join('reviews as r', 'r.id', 'i.review_id')
        .where({
          'i.connection': scope.connection,
          'i.dataset': dataset,
          'i.container': key,
          'r.state': 'completed',
          'r.connection_gone': false,
        })
        .whereIn(
          'i.principal_id',
          principals.map(({ id }) => id),
        )
        .orderBy('r.ended_at')
        .orderBy('r.ordinal')
        .select('i.*', { revision: 'r.revision', startedAt: 'r.started_at' });
    const items = new Map<string, Before>();
    for (const { revision, startedAt, ...item } of rows) {
      const { principal_kind: kind, principal_id: id } = item;
      items.set(`${kind}/${id}`, { item, revision, startedAt });
    }
    const isGap = gaps.some(
      gap => gap.dataset === dataset && gap.container === key,
    );
    return new Previous(items, covering.of(source), isGap);
  }

  /** What was decided the last time; undefined where nobody was asked. */
  last({ kind, id }: Standing): LastItem | undefined {
    const item = this.#items.get(`${kind}/${id}`)?.item;
    return item && item.decision !== 'undecided'
      ? {
          itemId: item.id,
          reviewId: item.review_id,
          kind: item.decision as DecisionKind,
          by: item.decided_by ?? '',
          at: item.decided_at ?? '',
        }
      : undefined;
  }

  /** Against the last time that it was reviewed, or that its container was, whole. */
  delta(one: Standing): ReviewDelta {
    if (this.#gap) {
      return unknown('not-whole', 'Its group or space was not read whole');
    }
    const before = this.#items.get(`${one.kind}/${one.id}`);
    if (!before) {
      return this.#covering
        ? {
            kind: 'new',
            reviewId: this.#covering.id,
            since: this.#covering.started_at ?? undefined,
          }
        : unknown(
            'not-reviewed',
            'No completed review had all of its group or space',
          );
    }
    const { item, revision, startedAt } = before;
    const against = { reviewId: item.review_id, since: startedAt };
    if (one.opened > revision) {
      return { kind: 'came-back', ...against };
    }
    const then = factsOf(item).operations;
    const added = one.operations.filter(word => !then.includes(word));
    const removed = then.filter(word => !one.operations.includes(word));
    return added.length + removed.length > 0
      ? { kind: 'changed', ...against, added, removed }
      : { kind: 'unchanged', ...against };
  }
}

function unknown(code: string, text: string): ReviewDelta {
  return { kind: 'unknown', reason: { code, text } };
}
