// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { countUpTo, Cursors, type Revision } from '../history';
import type { PageQuery } from './lists';

const TABLE = 'review_delegations';

type Last = Array<string | number>;

/** A list of delegations in an order that ends in their making. */
export interface DelegationList<R> {
  cursors: Cursors;
  all(): Knex.QueryBuilder;
  /** The first rows after those that were shown; `last` is absent at the beginning. */
  next(last: Last | undefined, limit: number): Promise<R[]>;
  lastOf(row: R): Last;
}

interface Ordered {
  ordinal: number | string;
  ends_at: string;
}

/** Those that somebody gave or received, newest first. */
export function ownDelegations<R extends Ordered>(
  knex: Knex,
  person: string,
): DelegationList<R> {
  return {
    cursors: new Cursors(TABLE, { person }, '-made'),
    all: () =>
      knex(TABLE).where({ delegator: person }).orWhere({ delegate: person }),
    next: async (last, limit) => {
      const found: R[] = [];
      for (const column of ['delegator', 'delegate']) {
        const query = knex(TABLE).where({ [column]: person });
        if (last) {
          query.where('ordinal', '<', Number(last[0]));
        }
        found.push(...(await query.orderBy('ordinal', 'desc').limit(limit)));
      }
      return found
        .sort((a, b) => Number(b.ordinal) - Number(a.ordinal))
        .slice(0, limit);
    },
    lastOf: ({ ordinal }) => [Number(ordinal)],
  };
}

/** Those of everybody that are in force or will be; those that last longest first. */
export function openDelegations<R extends Ordered>(
  knex: Knex,
  now: string,
): DelegationList<R> {
  const all = () =>
    knex(TABLE).where({ ended_at: null }).where('ends_at', '>', now);
  return {
    cursors: new Cursors(TABLE, { open: true }, '-ends'),
    all,
    next: async (last, limit) => {
      const query = all();
      if (last) {
        query.whereRaw('(ends_at, ordinal) < (?, ?)', last);
      }
      return query
        .orderBy([
          { column: 'ends_at', order: 'desc' },
          { column: 'ordinal', order: 'desc' },
        ])
        .limit(limit);
    },
    lastOf: ({ ends_at: endsAt, ordinal }) => [endsAt, Number(ordinal)],
  };
}

/** One page of a list. */
export async function readDelegations<R>(
  knex: Knex,
  { cursors, all, next, lastOf }: DelegationList<R>,
  { cursor, limit, revision }: PageQuery & { revision: Revision },
): Promise<Omit<Page<R>, 'items'> & { rows: R[] }> {
  const start = cursor === undefined ? undefined : cursors.decode(cursor);
  const found = await next(start?.last as Last | undefined, limit + 1);
  const rows = found.slice(0, limit);
  const more = found.length > limit;
  return {
    rows,
    pageInfo: more
      ? {
          nextCursor: cursors.encode({
            ...{ revision, part: 0 },
            last: lastOf(rows[rows.length - 1]),
          }),
        }
      : {},
    totalItems: start || more ? await countUpTo(knex, all()) : rows.length,
    revision: start?.revision ?? revision,
  };
}
