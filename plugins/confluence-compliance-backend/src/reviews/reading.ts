// SPDX-License-Identifier: Apache-2.0
import { NotFoundError } from '@backstage/errors';
import type {
  OpenDecisions,
  Page,
  Review,
  ReviewChange,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { describeChange } from './changes';
import {
  type DescribeOptions,
  describeItems,
  describeReview,
} from './describe';
import {
  type ItemFilter,
  type PageQuery,
  readChanges,
  readItems,
  readReviews,
  type ReviewFilter,
} from './lists';
import { readOpenDecisions } from './openDecisions';
import { type ItemRow, type ReviewRow, scopeOf } from './rows';
import { namedIn, type TitleOptions, titlesOf } from './scopeTitles';

/** What pages of reviews and of their items are read and described with. */
export type ReadOptions = DescribeOptions & TitleOptions;

/** Throws a NotFoundError. */
export async function reviewRow(knex: Knex, id: string): Promise<ReviewRow> {
  const row = await knex<ReviewRow>('reviews').where({ id }).first();
  if (!row) {
    throw new NotFoundError(`There is no review ${id}`);
  }
  return row;
}

/** Reviews, newest first. */
export async function pageOfReviews(
  options: ReadOptions,
  filter: ReviewFilter,
  page: PageQuery,
): Promise<Page<Review>> {
  const revision = await options.history.head();
  const { rows, ...rest } = await readReviews(options.knex, filter, {
    ...page,
    revision,
  });
  return { ...rest, items: await describeReviews(options, rows) };
}

/** Running reviews with undecided items of these reviewers, the one that is due first on top. */
export async function pageOfOpenDecisions(
  options: ReadOptions,
  reviewers: string[],
  page: PageQuery,
): Promise<OpenDecisions> {
  const { knex, history } = options;
  const revision = await history.head();
  const { rows, ...rest } = await readOpenDecisions(knex, reviewers, {
    ...page,
    revision,
  });
  const reviews = await describeReviews(
    options,
    rows.map(({ row }) => row),
  );
  return {
    ...rest,
    items: rows.map(({ open }, i) => ({ review: reviews[i], open })),
  };
}

/** Items of a review, in the order they were made. */
export async function pageOfItems(
  options: DescribeOptions,
  filter: ItemFilter,
  page: PageQuery,
): Promise<Page<ReviewItem>> {
  const { knex, history } = options;
  const revision = await history.head();
  const { rows, ...rest } = await readItems(knex, filter, {
    ...page,
    revision,
  });
  return { ...rest, items: await describeItems(options, rows) };
}

/** What was done with a whole review, newest first. */
export async function pageOfChanges(
  { knex, history }: Pick<DescribeOptions, 'knex' | 'history'>,
  id: string,
  page: PageQuery,
): Promise<Page<ReviewChange>> {
  const revision = await history.head();
  const { rows, ...rest } = await readChanges(knex, id, { ...page, revision });
  return { ...rest, items: rows.map(describeChange) };
}

/** Items by their ids, in the order they were made. */
export async function itemsOfIds(
  options: DescribeOptions,
  ids: string[],
): Promise<ReviewItem[]> {
  const rows = await options
    .knex<ItemRow>('review_items')
    .whereIn('id', ids)
    .orderBy('ordinal');
  return describeItems(options, rows);
}

/** Reviews as lists have them. */
async function describeReviews(
  options: ReadOptions,
  rows: ReviewRow[],
): Promise<Review[]> {
  const named = rows.map(row => namedIn(scopeOf(row)));
  const title = await titlesOf(options, named);
  const reviews: Review[] = [];
  for (const [i, row] of rows.entries()) {
    const review = await describeReview(options, row);
    reviews.push({ ...review, scopeTitle: title(named[i]) });
  }
  return reviews;
}
