// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { Knex } from 'knex';
import { DatasetName, DatasetPayloads } from './datasets';
import { DatasetDefinition } from './definitions';
import { chunks } from './engine';
import { pageOf } from './pages';
import {
  HistoryRow,
  IntervalsOptions,
  RowsOptions,
  StandingPayload,
} from './types';
import { Revision } from './words';

const DEFAULT_BATCH = 1000;
const MAX_BATCH = 5000;

interface IntervalRow {
  row_id: number | string;
  source: string;
  container: string;
  key: string;
  opened: number;
  closed: number | null;
  payload: string;
  out_of_scope_since: string | null;
}

const COLUMNS: Array<keyof IntervalRow> = [
  'row_id',
  'source',
  'container',
  'key',
  'opened',
  'closed',
  'payload',
  'out_of_scope_since',
];

function select(
  knex: Knex,
  definition: DatasetDefinition,
  filter: IntervalsOptions,
) {
  const found = knex<IntervalRow>(definition.table);
  if (filter.source !== undefined) {
    found.where({ source: filter.source });
  }
  if (filter.container !== undefined) {
    found.where({ container: filter.container });
  }
  if (filter.keys !== undefined) {
    found.whereIn('key', filter.keys);
  }
  for (const [field, value] of Object.entries(filter.only ?? {})) {
    const facet = definition.facets.find(known => known.field === field);
    if (facet?.type !== 'text') {
      throw new InputError(`${definition.name} cannot be found by ${field}`);
    }
    found.where({ [facet.column]: value });
  }
  return found;
}

function standing(
  knex: Knex,
  definition: DatasetDefinition,
  filter: IntervalsOptions,
  asOf: Revision,
) {
  return select(knex, definition, filter)
    .where('opened', '<=', asOf)
    .where(open => open.whereNull('closed').orWhere('closed', '>', asOf));
}

function toRow<P extends object>(row: IntervalRow): HistoryRow<P> {
  return {
    source: row.source,
    container: row.container,
    key: row.key,
    payload: JSON.parse(row.payload) as P,
    opened: row.opened,
    ...(row.out_of_scope_since
      ? { outOfScopeSince: row.out_of_scope_since }
      : {}),
  };
}

async function* pagesOf<Column extends keyof IntervalRow>(
  knex: Knex,
  definition: DatasetDefinition,
  options: RowsOptions,
  columns: Column[],
): AsyncGenerator<Pick<IntervalRow, Column>[]> {
  const { batch = DEFAULT_BATCH, asOf, keys, by, ...filter } = options;
  // Rows with certain values have indexes of their own, which begin with the names that are equal.
  const isNarrow =
    keys !== undefined || Object.keys(filter.only ?? {}).length > 0;
  const order = by ?? 'row_id';
  if (!Number.isInteger(batch) || batch < 1 || batch > MAX_BATCH) {
    throw new InputError(`batch must be a whole number from 1 to ${MAX_BATCH}`);
  }
  if (by === 'key' && filter.source === undefined) {
    throw new InputError('Only rows of one source have an order by key');
  }
  const parts = keys ? chunks([...new Set(keys)]) : [undefined];
  const page = async (
    part: string[] | undefined,
    last?: IntervalRow,
  ): Promise<IntervalRow[]> => {
    const equal = isNarrow ? { ...filter, keys: part } : {};
    return pageOf(knex, standing(knex, definition, equal, asOf), {
      ...(!isNarrow && { source: filter.source, container: filter.container }),
      by: order,
      after: last?.[order],
      limit: batch,
    }).select([...new Set([...columns, order])]);
  };
  for (const part of parts) {
    let next: Promise<IntervalRow[]> | undefined = page(part);
    while (next) {
      const rows: IntervalRow[] = await next;
      // The database looks for the next page while somebody works on this one.
      next =
        rows.length === batch ? page(part, rows[rows.length - 1]) : undefined;
      // Whoever stops half way does not wait for it.
      next?.catch(() => undefined);
      if (rows.length > 0) {
        yield rows;
      }
    }
  }
}

/** Rows that stand at a revision, in the order they were written or that of their keys. */
export async function* streamRows<D extends DatasetName>(
  knex: Knex,
  definition: DatasetDefinition,
  options: RowsOptions,
): AsyncGenerator<HistoryRow<DatasetPayloads[D]>[]> {
  for await (const rows of pagesOf(knex, definition, options, COLUMNS)) {
    yield rows.map(row => toRow<DatasetPayloads[D]>(row));
  }
}

/** Different payloads that one reading keeps. */
const MOST_SHARED = 1_000;

/** Most rows of some tables say the same: that is parsed once. */
function sharing<P extends object>(): (json: string) => P {
  const known = new Map<string, P>();
  return json => {
    const found = known.get(json);
    if (found !== undefined) {
      return found;
    }
    const payload = JSON.parse(json) as P;
    if (known.size < MOST_SHARED) {
      Object.values(payload).forEach(Object.freeze);
      known.set(json, Object.freeze(payload));
    }
    return payload;
  };
}

/** Keys and payloads of rows that stand at a revision; rows that say the same may have one payload, which is frozen. */
export async function* streamPayloads<D extends DatasetName>(
  knex: Knex,
  definition: DatasetDefinition,
  options: RowsOptions,
): AsyncGenerator<StandingPayload<DatasetPayloads[D]>[]> {
  const read = sharing<DatasetPayloads[D]>();
  for await (const rows of pagesOf(knex, definition, options, [
    'key',
    'payload',
    'out_of_scope_since',
  ])) {
    yield rows.map(({ key, payload, out_of_scope_since: since }) =>
      since
        ? { key, payload: read(payload), outOfScope: true }
        : { key, payload: read(payload) },
    );
  }
}

export async function readRow<D extends DatasetName>(
  knex: Knex,
  definition: DatasetDefinition,
  source: string,
  key: string,
  asOf: Revision,
): Promise<HistoryRow<DatasetPayloads[D]> | undefined> {
  const row = await standing(knex, definition, { source, keys: [key] }, asOf)
    .select(COLUMNS)
    .first();
  return row && toRow<DatasetPayloads[D]>(row);
}

export async function countRows(
  knex: Knex,
  definition: DatasetDefinition,
  options: Omit<RowsOptions, 'batch' | 'by'>,
): Promise<number> {
  const { asOf, keys, ...filter } = options;
  let total = 0;
  for (const part of keys ? chunks([...new Set(keys)]) : [undefined]) {
    const [{ count }] = await standing(
      knex,
      definition,
      { ...filter, keys: part },
      asOf,
    ).count({ count: '*' });
    total += Number(count);
  }
  return total;
}

/** The keys of the rows that stand at a revision. */
export async function readKeys(
  knex: Knex,
  definition: DatasetDefinition,
  { asOf, source }: { asOf: Revision; source: string },
): Promise<string[]> {
  return standing(knex, definition, { source }, asOf).pluck('key');
}

/** Every interval of a key, oldest first. */
export async function readIntervals<D extends DatasetName>(
  knex: Knex,
  definition: DatasetDefinition,
  source: string,
  key: string,
): Promise<HistoryRow<DatasetPayloads[D]>[]> {
  const rows = await select(knex, definition, { source, keys: [key] })
    .orderBy(['opened', 'row_id'])
    .select(COLUMNS);
  return rows.map(row => ({
    ...toRow<DatasetPayloads[D]>(row),
    ...(row.closed === null ? {} : { closed: row.closed }),
  }));
}

/** The newest revision that closed any of these rows; undefined where none of them is closed. */
export async function readClosedLast(
  knex: Knex,
  definition: DatasetDefinition,
  filter: IntervalsOptions,
): Promise<Revision | undefined> {
  const row = await select(knex, definition, filter)
    .max({ closed: 'closed' })
    .first();
  return row?.closed ?? undefined;
}
