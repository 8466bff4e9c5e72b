// SPDX-License-Identifier: Apache-2.0
import type { ContainerReport } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { type ContainerRow, toState } from '../containers';
import { whyIncomplete } from '../reasons';
import { ListOptions, ListPlan } from './page';
import { readLastTitles } from './titles';

/** Parameters of the list of containers; it shows them as they are now. */
export interface ContainerListOptions extends ListOptions {
  connection: string;
  /** Source of what the organization of the connection said, whose containers follow. */
  organization?: string;
  incomplete: boolean;
}

/** A container with the scope as reads have it. */
export type ContainerRecord = Omit<ContainerReport, 'scope'> & {
  scope: string;
};

export function containerList(
  knex: Knex,
  options: ContainerListOptions,
): ListPlan {
  const { connection, organization, incomplete } = options;
  const sources = [connection, ...(organization ? [organization] : [])];
  const containers = (of: string[]) => {
    const query = knex.from('history_containers as c').whereIn('c.source', of);
    return incomplete
      ? query.where(either =>
          either
            .where('c.outcome', '<>', 'complete')
            .orWhere('c.presence', 'not-visible')
            .orWhere('c.refused', '>', 0),
        )
      : query;
  };
  return {
    name: 'containers',
    query: { sources, incomplete },
    sort: 'dataset',
    all: () => containers(sources),
    parts: () =>
      sources.map(source => ({
        rows: () =>
          containers([source])
            .leftJoin('history_reads as r', 'r.id', 'c.last_read_id')
            .select('c.*', 'r.expected'),
        order: ['c.dataset', 'c.container'],
      })),
  };
}

/** A container with how many records its last read should have fetched. */
export interface ReportRow extends ContainerRow {
  expected: number | null;
}

/** Datasets whose containers are records of another dataset. */
const titled: Partial<Record<string, 'groups' | 'spaces'>> = {
  memberships: 'groups',
  pages: 'spaces',
  grants: 'spaces',
};

/** Adds the names of groups and spaces, why a container is not complete, and what its scope cannot see. */
export async function describeContainers(
  knex: Knex,
  rows: ReportRow[],
): Promise<ContainerRecord[]> {
  const titlesOf = async (parent: 'groups' | 'spaces') => {
    const wanted = rows.filter(({ dataset }) => titled[dataset] === parent);
    const ids = wanted.map(({ container }) => container);
    // What is hidden or gone is called what it was called last.
    return readLastTitles(knex, wanted[0]?.source ?? '', parent, ids);
  };
  const titles = {
    groups: await titlesOf('groups'),
    spaces: await titlesOf('spaces'),
  };
  const outOfScope = await countOutOfScope(knex, rows);
  return rows.map(row => {
    const container = toState(row);
    const parent = titled[container.dataset];
    return {
      dataset: container.dataset,
      container: container.key,
      title: parent && titles[parent].get(container.key),
      presence: container.presence,
      outcome: container.outcome,
      reason: whyIncomplete(container),
      rows: container.rows,
      expected: row.expected ?? undefined,
      readAt: container.readAt,
      completeAt: container.completeAt,
      scope: container.scope,
      outOfScope: outOfScope(row),
    };
  });
}

/** How many rows stand in each container that only another scope has seen. */
async function countOutOfScope(
  knex: Knex,
  rows: ContainerRow[],
): Promise<(row: ContainerRow) => number> {
  const nameOf = (
    row: Pick<ContainerRow, 'source' | 'dataset' | 'container'>,
  ) => JSON.stringify([row.source, row.dataset, row.container]);
  const counts = new Map<string, number>();
  for (const dataset of new Set(rows.map(row => row.dataset))) {
    const found: Array<{ source: string; container: string; n: number }> =
      await knex(`history_${dataset} as t`)
        .whereIn(
          ['t.source', 't.container'],
          rows
            .filter(row => row.dataset === dataset)
            .map(row => [row.source, row.container]),
        )
        .whereNull('t.closed')
        .whereNotNull('t.out_of_scope_since')
        .groupBy('t.source', 't.container')
        .select('t.source', 't.container')
        .count({ n: '*' });
    for (const { source, container, n } of found) {
      counts.set(nameOf({ source, dataset, container }), Number(n));
    }
  }
  return row => counts.get(nameOf(row)) ?? 0;
}
