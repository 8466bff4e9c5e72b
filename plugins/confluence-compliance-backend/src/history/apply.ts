// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import { forgetClosed } from './closedProfiles';
import { DatasetDefinition, Definitions } from './definitions';
import { facetsOf, isPostgres, query } from './engine';
import { isAnyOf } from './manyRows';
import { forgetCounts } from './countsAt';
import { refreshWritten } from './statistics';
import { touchSubjects, PageSubjects } from './subjects';
import { takeRevision, Tick } from './clock';
import { DatasetName } from './datasets';
import { Revision } from './words';

/** How many rows a batch opens, changes and removes. */
export interface DeltaCounts {
  opened: number;
  changed: number;
  removed: number;
  /** Profiles that changed or went without their row. */
  profiles: number;
}

/** A read that is being published, with how many rows it has staged. */
interface StagedRead {
  id: string;
  dataset: string;
  rows: number;
}

interface Lane {
  source: string;
  dataset: string;
  action: string;
  count: number | string;
}

function totalOf(lanes: Lane[], action: string, dataset?: string): number {
  return lanes
    .filter(lane => lane.action === action)
    .filter(lane => dataset === undefined || lane.dataset === dataset)
    .reduce((sum, lane) => sum + Number(lane.count), 0);
}

/** Rows that say the same in a newer shape are rewritten where they stand. */
async function rewrite(
  tx: Knex.Transaction,
  batch: string,
  definition: DatasetDefinition,
): Promise<void> {
  const { columns, values, from } = facetsOf(tx, definition, 's.payload');
  await tx.raw(
    `update ${definition.table} set
       payload = s.payload, hash = s.hash, shape = s.shape
       ${columns.map((column, n) => `, ${column} = ${values[n]}`).join('')}
     from history_delta d
     join history_staged s on s.read_id = d.read_id and s.key = d.key ${from}
     where d.batch = ? and d.dataset = ? and d.action = 'rewrite'
       and ${definition.table}.row_id = d.row_id`,
    [batch, definition.name],
  );
}

/** The reads of a dataset, where a batch opens all that they have seen, as it does of first ones. */
function readsToOpen(
  reads: StagedRead[],
  lanes: Lane[],
  dataset: string,
): string[] | undefined {
  const own = reads.filter(read => read.dataset === dataset);
  const seen = own.reduce((sum, { rows }) => sum + rows, 0);
  return seen > 0 && totalOf(lanes, 'open', dataset) === seen
    ? own.map(({ id }) => id)
    : undefined;
}

/** Closes and opens the rows of one dataset at the revision. */
async function writeIntervals(
  tx: Knex.Transaction,
  batch: string,
  definition: DatasetDefinition,
  revision: Revision,
  allOf: string[] | undefined,
): Promise<void> {
  const { table, name } = definition;
  await tx.raw(
    `update ${table} set closed = ? where closed is null and row_id in (
       select row_id from history_delta
       where batch = ? and dataset = ? and action in ('change', 'close'))`,
    [revision, batch, name],
  );
  const { columns, values, from } = facetsOf(tx, definition, 's.payload');
  const and = (parts: string[]) => parts.map(part => `, ${part}`).join('');
  // What was seen is not looked up by what is to be opened when that is all of it.
  const rows = allOf
    ? {
        of: 'r',
        sql: `history_reads r cross join history_staged s ${from}
          where s.read_id = r.id and s.hash <> '' and ?`,
        bindings: [isAnyOf(tx, 'r.id', allOf)],
      }
    : {
        of: 'd',
        sql: `history_delta d
          join history_staged s on s.read_id = d.read_id and s.key = d.key ${from}
          where d.batch = ? and d.dataset = ? and d.action in ('open', 'change')`,
        bindings: [batch, name],
      };
  // In the order of its indexes: an index that grows at one end is written faster.
  await tx.raw(
    `insert into ${table}
       (source, container, key, opened, shape, hash, payload${and(columns)})
     select ${rows.of}.source, ${rows.of}.container, s.key, cast(? as integer),
       s.shape, s.hash, s.payload${and(values)}
     from ${rows.sql}
     order by ${rows.of}.source, ${rows.of}.container, s.key`,
    [revision, ...rows.bindings],
  );
}

/** Who writes on SQLite is alone, and without a condition it drops all rows at once. */
async function clearDelta(tx: Knex.Transaction, batch: string): Promise<void> {
  const delta = tx('history_delta');
  await (isPostgres(tx) ? delta.where({ batch }) : delta).delete();
}

/**
 * Writes the difference that stands in `history_delta` under one new revision
 * and empties it. Without a difference there is no revision.
 */
export async function applyDelta(
  tx: Knex.Transaction,
  options: {
    batch: string;
    definitions: Definitions;
    pageSubjects: PageSubjects;
    tick: Omit<Tick, 'sources'>;
    /** The reads that the difference was taken of. */
    reads?: StagedRead[];
  },
): Promise<DeltaCounts & { revision?: Revision }> {
  const { batch, definitions } = options;
  const lanes = await query<Lane>(
    tx,
    `select source, dataset, action, count(*) as count from history_delta
     where batch = ? group by source, dataset, action order by source`,
    [batch],
  );
  const total = (action: string) => totalOf(lanes, action);
  const datasetsWith = (...actions: string[]) => {
    const names = lanes
      .filter(lane => actions.includes(lane.action))
      .map(lane => lane.dataset as DatasetName);
    return [...new Set(names)].map(name => definitions[name]);
  };
  const counts = {
    opened: total('open'),
    changed: total('change'),
    removed: total('close'),
    profiles: total('profile') + total('forget'),
  };
  for (const definition of datasetsWith('rewrite')) {
    await rewrite(tx, batch, definition);
    // A newer shape may have facts to count by, under no revision of its own. Others see them from then on.
    tx.executionPromise.then(
      () => forgetCounts(tx),
      () => {},
    );
  }
  let revision: Revision | undefined;
  if (counts.opened + counts.changed + counts.removed + counts.profiles > 0) {
    const sources = lanes.map(lane => lane.source).filter(Boolean);
    revision = await takeRevision(tx, {
      ...options.tick,
      sources: [...new Set(sources)],
    });
    const written = datasetsWith('open', 'change', 'close');
    const { reads = [] } = options;
    for (const definition of written) {
      await writeIntervals(
        tx,
        batch,
        definition,
        revision,
        readsToOpen(reads, lanes, definition.name),
      );
    }
    await refreshWritten(
      tx,
      written.map(({ table }) => table),
      counts.opened + counts.changed + counts.removed,
    );
    if (lanes.some(({ dataset }) => dataset === 'accounts')) {
      await forgetClosed(tx, batch, 'of the batch');
    }
    await touchSubjects(tx, batch, revision, options.pageSubjects);
  }
  if (lanes.length > 0) {
    await clearDelta(tx, batch);
  }
  return { ...counts, revision };
}
