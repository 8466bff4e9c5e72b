// SPDX-License-Identifier: Apache-2.0
import type {
  DecisionKind,
  Page,
  ReviewState,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { countUpTo, Cursors, type Revision } from '../history';
import { type ChangeRow, CHANGES } from './changes';
import type { ItemRow, ReviewRow } from './rows';

/** What a page of a list is asked with. */
export interface PageQuery {
  cursor?: string;
  limit: number;
}

export interface ReviewFilter {
  state?: ReviewState;
  /** Only running ones with an item of one of these reviewers. */
  reviewers?: string[];
}

export interface ItemFilter {
  reviewId: string;
  decision?: 'undecided' | DecisionKind;
  reviewer?: string;
  /** Ids of whom items are about, and of the group or space they are in. */
  principal?: string;
  container?: string;
  /** Only items of one of these reviewers. */
  reviewers?: string[];
}

type Paged<T> = Omit<Page<T>, 'items'> & { rows: T[] };

/** Reviews, newest first. */
export async function readReviews(
  knex: Knex,
  filter: ReviewFilter,
  page: PageQuery & { revision: Revision },
): Promise<Paged<ReviewRow>> {
  const { state, reviewers } = filter;
  return readAlong<ReviewRow>(knex, 'reviews', filter, page, () => {
    const rows = knex('reviews');
    if (state !== undefined) {
      rows.where({ state });
    }
    if (reviewers !== undefined) {
      rows
        .whereIn('state', ['in-progress', 'remediation'])
        .whereIn(
          'id',
          knex('review_items')
            .whereIn('reviewer', reviewers)
            .distinct('review_id'),
        );
    }
    return rows;
  });
}

/** Items of a review, in the order they were made. */
export async function readItems(
  knex: Knex,
  filter: ItemFilter,
  page: PageQuery & { revision: Revision },
): Promise<Paged<ItemRow>> {
  return readAlong<ItemRow>(knex, 'review_items', filter, page, () =>
    itemsWhere(knex, filter),
  );
}

/** The rows of a filter; each filter has an index that ends in the order. */
export function itemsWhere(
  knex: Knex,
  { reviewId, ...filter }: ItemFilter,
): Knex.QueryBuilder {
  const { decision, reviewer, reviewers, principal, container } = filter;
  const rows = knex('review_items').where({
    review_id: reviewId,
    ...(decision !== undefined && { decision }),
    ...(reviewer !== undefined && { reviewer }),
    ...(principal !== undefined && { principal_id: principal }),
    ...(container !== undefined && { container }),
  });
  return reviewers ? rows.whereIn('reviewer', reviewers) : rows;
}

/** What was done with a review, newest first. */
export async function readChanges(
  knex: Knex,
  reviewId: string,
  page: PageQuery & { revision: Revision },
): Promise<Paged<ChangeRow>> {
  return readAlong<ChangeRow>(knex, CHANGES, { reviewId }, page, () =>
    knex(CHANGES).where({ review_id: reviewId }),
  );
}

async function readAlong<R extends { ordinal: number | string }>(
  knex: Knex,
  list: 'reviews' | 'review_items' | typeof CHANGES,
  filter: object,
  { cursor, limit, revision }: PageQuery & { revision: Revision },
  all: () => Knex.QueryBuilder,
): Promise<Paged<R>> {
  const newestFirst = list !== 'review_items';
  const cursors = new Cursors(list, filter, newestFirst ? '-made' : 'made');
  const start = cursor === undefined ? undefined : cursors.decode(cursor);
  const select = all()
    .select(`${list}.*`)
    .orderBy('ordinal', newestFirst ? 'desc' : 'asc')
    .limit(limit + 1);
  if (start) {
    select.where('ordinal', newestFirst ? '<' : '>', Number(start.last[0]));
  }
  const found: R[] = await select;
  const rows = found.slice(0, limit);
  const more = found.length > limit;
  return {
    rows,
    pageInfo: more
      ? {
          nextCursor: cursors.encode({
            revision,
            part: 0,
            last: [Number(rows[rows.length - 1].ordinal)],
          }),
        }
      : {},
    totalItems: start || more ? await countUpTo(knex, all()) : rows.length,
    revision: start?.revision ?? revision,
  };
}
