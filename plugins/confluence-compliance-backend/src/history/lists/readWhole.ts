// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { chunks } from '../engine';
import { whyIncomplete } from '../reasons';
import type { Container } from '../types';
import type { ReadOutcome, Revision } from '../words';
import type { Organizations } from './directory';
import { PARENTS } from './freshness';
import { standing } from './page';
import { keyOf, perConnection, Ref } from './refs';

/**
 * The containers of a dataset whose last read by a revision was whole, as `keyOf` names them. What
 * was whole once and could not be read since may have changed unseen.
 */
export async function readWhole(
  knex: Knex,
  dataset: string,
  containers: Ref[],
  revision: Revision,
): Promise<Set<string>> {
  const whole = new Set<string>();
  await perConnection(containers, async (connection, ids) => {
    const wasWhole = knex('history_reads as r')
      .where({ 'r.source': connection, 'r.dataset': dataset })
      .whereRaw('r.container = c.container')
      .where('r.published_at', '<=', revision)
      .orderBy([
        { column: 'r.started_at', order: 'desc' },
        { column: 'r.ordinal', order: 'desc' },
      ])
      .limit(1)
      .select(
        knex.raw(
          `case when r.mode = 'full' and r.outcome = 'complete' and r.refused is null
            then 1 else 0 end`,
        ),
      );
    const found: Array<{ container: string }> = await knex(
      'history_containers as c',
    )
      .where({ 'c.source': connection, 'c.dataset': dataset })
      .whereIn('c.container', ids)
      .whereRaw('(?) = 1', [wasWhole])
      .select('c.container');
    found.forEach(({ container }) => whole.add(keyOf(connection, container)));
  });
  return whole;
}

/** Why the last read of a container by a revision was not whole, `never-read` where there was none. */
export async function whyNotWhole(
  knex: Knex,
  { source, dataset, key: container }: Container,
  revision: Revision,
): Promise<Reason | undefined> {
  const read:
    | { outcome: ReadOutcome; reason: string | null; refused: number | null }
    | undefined = await knex('history_reads')
    .where({ source, dataset, container })
    .where('published_at', '<=', revision)
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'ordinal', order: 'desc' },
    ])
    .first('outcome', 'reason', 'refused');
  if (read?.outcome === 'complete' && read.refused === null) {
    return undefined;
  }
  const { outcome = 'failed', reason, refused } = read ?? {};
  return (
    whyIncomplete({
      outcome,
      reason: reason ?? undefined,
      refused: refused ?? undefined,
    }) ?? { code: 'never-read', text: 'This list was never read.' }
  );
}

/** ISO time at which a container was last read whole by a revision; undefined where it never was. */
export async function lastWhole(
  knex: Knex,
  { source, dataset, key: container }: Container,
  revision: Revision,
): Promise<string | undefined> {
  const read: { finished_at: string } | undefined = await knex('history_reads')
    .where({ source, dataset, container, mode: 'full', outcome: 'complete' })
    .whereNull('refused')
    .where('published_at', '<=', revision)
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'ordinal', order: 'desc' },
    ])
    .first('finished_at');
  return read?.finished_at;
}

/** Where the directory of the organization of a connection stands; nowhere without one. */
export async function directoryRefs(
  organizations: Organizations,
  connection: string,
): Promise<Ref[]> {
  const source = (await organizations()).find(
    found => found.connection === connection,
  )?.source;
  return source === undefined ? [] : [{ connection: source, id: 'all' }];
}

/** The first of these datasets that was not known whole at a revision, as a stable code. */
export async function whyUnknownAt(
  knex: Knex,
  organizations: Organizations,
  scope: { connection: string; datasets: string[]; revision: Revision },
): Promise<string | undefined> {
  const { connection, datasets, revision } = scope;
  for (const dataset of datasets) {
    const containers =
      dataset === 'directory'
        ? await directoryRefs(organizations, connection)
        : await containersAt(knex, connection, dataset, revision);
    for (const part of chunks(containers)) {
      const whole = await readWhole(knex, dataset, part, revision);
      if (whole.size < part.length) {
        return `${dataset}-incomplete`;
      }
    }
  }
  return undefined;
}

/** The containers that a dataset had to have at a revision. */
async function containersAt(
  knex: Knex,
  connection: string,
  dataset: string,
  revision: Revision,
): Promise<Ref[]> {
  const parent = PARENTS[dataset];
  if (!parent) {
    return [{ connection, id: 'site' }];
  }
  const rows: Array<{ key: string }> = await standing(
    knex(`history_${parent} as t`).where('t.source', connection),
    't',
    revision,
  ).select('t.key');
  return rows.map(({ key }) => ({ connection, id: key }));
}
