// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type {
  Page,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { readHead, resolveRevision } from '../clock';
import type { Revision } from '../words';
import { rowsAt } from '../countsAt';
import { Cursors } from './cursor';

/** Up to here a list is counted exactly. */
export const COUNT_LIMIT = 10_000;

/** One part of a list; parts follow each other, so that each can be read along an index. */
export interface Part {
  /** The rows, with the columns the list needs. */
  rows(): Knex.QueryBuilder;
  /** SQL of the columns that order it, together unique. */
  order: string[];
  /** So many of these columns, the first ones, are whole numbers; the others are texts. Default none. */
  numbers?: number;
}

/** What every list is asked with. */
export interface ListOptions {
  /** Connections whose rows the caller wants. */
  connections: string[];
  /** The revision of the first page; a cursor brings its own. */
  revision: Revision;
  /** ISO time at which what ends by time is judged; default now. A cursor brings its own. */
  moment?: string;
  cursor?: string;
  limit: number;
}

/** When a list is read: what stands at a revision and has not ended by a moment. */
export interface ReadAt {
  revision: Revision;
  /** ISO time in UTC. */
  moment: string;
}

/** A list as the database holds it. */
export interface ListPlan {
  name: string;
  /** The parameters, in which a cursor is valid. */
  query: object;
  /** The order in force; with `-` in front it runs backwards. */
  sort: string;
  /** Looks ahead, where that helps to read less; asked before anything else. */
  prepare?(revision: Revision): Promise<void>;
  parts(revision: Revision, moment: string): Part[];
  /** All rows of all parts, uncounted. */
  all(revision: Revision, moment: string): Knex.QueryBuilder;
  /** What it holds depends on the revision alone, so that it is counted once for each. */
  isHistory?: boolean;
}

type Row = Record<string, unknown>;

/**
 * Reads one page along the order of its parts. A broken or foreign cursor is an `InputError` that
 * names it; a revision that is not kept any more is a `RevisionGoneError`.
 */
export async function readPage<R extends object, T>(
  knex: Knex,
  plan: ListPlan,
  options: ListOptions,
  toItems: (rows: R[], revision: Revision, moment: string) => Promise<T[]>,
): Promise<Page<T>> {
  const cursors = new Cursors(plan.name, plan.query, plan.sort);
  const start = options.cursor ? cursors.decode(options.cursor) : undefined;
  const revision = start?.revision ?? options.revision;
  const moment = start?.moment ?? options.moment ?? new Date().toISOString();
  if (start) {
    await checkRevision(knex, revision);
  }
  await plan.prepare?.(revision);
  const backwards = plan.sort.startsWith('-');
  const parts = plan.parts(revision, moment);
  if (backwards) {
    parts.reverse();
  }
  if (start && !fits(parts[start.part], start.last)) {
    throw new InputError(
      'cursor does not fit this list: start again without it',
    );
  }
  const rows: Array<{ row: Row; part: number }> = [];
  for (
    let part = start?.part ?? 0;
    part < parts.length && rows.length <= options.limit;
    part += 1
  ) {
    const last = part === start?.part ? start.last : undefined;
    const select = along(knex, parts[part], backwards, last);
    const found = await select.limit(options.limit + 1 - rows.length);
    rows.push(...found.map((row: Row) => ({ row, part })));
  }
  const shown = rows.slice(0, options.limit);
  const end = rows.length > options.limit ? shown[shown.length - 1] : undefined;
  return {
    items: await toItems(
      shown.map(({ row }) => row as R),
      revision,
      moment,
    ),
    pageInfo: end
      ? {
          nextCursor: cursors.encode({
            revision,
            moment,
            part: end.part,
            last: valuesOf(parts[end.part], end.row),
          }),
        }
      : {},
    // A first page that is the last one has been counted already.
    totalItems:
      start || end ? await totalOf(knex, plan, revision, moment) : shown.length,
    revision,
  };
}

async function totalOf(
  knex: Knex,
  plan: ListPlan,
  revision: Revision,
  moment: string,
): Promise<TotalItems> {
  const counting = countingUpTo(knex, plan.all(revision, moment));
  return totalIn(
    plan.isHistory ? await rowsAt(knex, revision, counting) : await counting,
  );
}

/** The rows of a part in its order, after `last`. */
export function along(
  knex: Knex,
  part: Part,
  backwards: boolean,
  last?: Array<string | number>,
): Knex.QueryBuilder {
  const select = part.rows();
  part.order.forEach((sql, i) => {
    select.select(knex.raw(`${sql} as o${i}`));
    select.orderByRaw(`${sql} ${backwards ? 'desc' : 'asc'}`);
  });
  if (last) {
    const places = last.map(() => '?').join(', ');
    select.whereRaw(
      `(${part.order.join(', ')}) ${backwards ? '<' : '>'} (${places})`,
      last,
    );
  }
  return select;
}

/** Exact up to the limit; above it only that there are more. */
export async function countUpTo(
  knex: Knex,
  rows: Knex.QueryBuilder,
): Promise<TotalItems> {
  return totalIn(await countingUpTo(knex, rows));
}

function countingUpTo(knex: Knex, rows: Knex.QueryBuilder): Knex.QueryBuilder {
  return knex
    .from(
      rows
        .select(knex.raw('1 as one'))
        .limit(COUNT_LIMIT + 1)
        .as('counted'),
    )
    .count({ total: '*' });
}

function totalIn([{ total }]: Array<{ total: number | string }>): TotalItems {
  const count = Number(total);
  return count > COUNT_LIMIT ? { atLeast: COUNT_LIMIT } : count;
}

/** Restricts a query to the rows that stand at a revision. */
export function standing(
  query: Knex.QueryBuilder,
  alias: string,
  revision: Revision,
): Knex.QueryBuilder {
  return query
    .where(`${alias}.opened`, '<=', revision)
    .where(either =>
      either
        .whereNull(`${alias}.closed`)
        .orWhere(`${alias}.closed`, '>', revision),
    );
}

/** A pattern for `like … escape '!'` that finds the text anywhere; case is folded. */
export function containing(text: string): string {
  return `%${beginning(text)}`;
}

/** The same of what begins with the text. */
export function beginning(text: string): string {
  return `${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
}

/** A revision from a cursor can be gone; one that never was is a broken cursor. */
export async function checkRevision(
  knex: Knex,
  revision: Revision,
): Promise<void> {
  if (revision > (await readHead(knex))) {
    throw new InputError(
      'cursor is of a revision that does not exist: start again without it',
    );
  }
  await resolveRevision(knex, revision);
}

function fits(part: Part | undefined, last: Array<string | number>): boolean {
  return (
    last.length === part?.order.length &&
    last.every(
      (value, i) => typeof value === (isNumber(part, i) ? 'number' : 'string'),
    )
  );
}

function valuesOf(part: Part, row: Row): Array<string | number> {
  return part.order.map((_, i) => {
    const value = row[`o${i}`];
    return isNumber(part, i) ? Number(value) : String(value);
  });
}

function isNumber({ numbers = 0 }: Part, column: number): boolean {
  return column < numbers;
}
