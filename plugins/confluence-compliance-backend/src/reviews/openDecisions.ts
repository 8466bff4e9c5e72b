// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { Cursors, type Revision } from '../history';
import type { PageQuery } from './lists';
import type { ReviewRow } from './rows';

/** Sorts after every date: one without a due date can wait longest. */
const NEVER = '~';

const DUE = `coalesce(due_at, '${NEVER}')`;

/** A running review with undecided items of some reviewers. */
export interface OpenRow {
  row: ReviewRow;
  /** How many. */
  open: number;
}

interface OpenPage {
  rows: OpenRow[];
  pageInfo: { nextCursor?: string };
  /** Reviews in all. */
  totalItems: number;
  /** Items in all of them. */
  open: number;
  revision: Revision;
}

/**
 * What is open of these reviewers, by review, the one that is due first on top. Reviews that run are
 * few; the items of each are counted along the index of its reviewers.
 */
export async function readOpenDecisions(
  knex: Knex,
  reviewers: string[],
  { cursor, limit, revision }: PageQuery & { revision: Revision },
): Promise<OpenPage> {
  const cursors = new Cursors('open-decisions', { reviewers }, 'due');
  const start = cursor === undefined ? undefined : cursors.decode(cursor);
  const counted: Array<{ id: string; open: number | string }> = await knex(
    'review_items',
  )
    .whereIn(
      'review_id',
      knex('reviews').where({ state: 'in-progress' }).select('id'),
    )
    .whereIn('reviewer', reviewers)
    .where({ decision: 'undecided' })
    .groupBy('review_id')
    .select({ id: 'review_id', open: knex.raw('count(*)') });
  const open = new Map(counted.map(one => [one.id, Number(one.open)]));
  const select = knex<ReviewRow>('reviews')
    .whereIn('id', [...open.keys()])
    .orderByRaw(`${DUE}, ordinal`)
    .limit(limit + 1);
  if (start) {
    const [at, ordinal] = start.last;
    select.whereRaw(`(${DUE} > ? or (${DUE} = ? and ordinal > ?))`, [
      String(at),
      String(at),
      Number(ordinal),
    ]);
  }
  const found: ReviewRow[] = await select;
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows: rows.map(row => ({ row, open: open.get(row.id) ?? 0 })),
    pageInfo:
      last && found.length > limit
        ? {
            nextCursor: cursors.encode({
              revision,
              part: 0,
              last: [last.due_at ?? NEVER, Number(last.ordinal)],
            }),
          }
        : {},
    totalItems: open.size,
    open: [...open.values()].reduce((sum, one) => sum + one, 0),
    revision: start?.revision ?? revision,
  };
}
