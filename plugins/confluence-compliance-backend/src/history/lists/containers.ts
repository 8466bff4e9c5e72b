// SPDX-License-Identifier: Apache-2.0
import type { ContainerReport } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { type ContainerRow, toState } from '../containers';
import { whyIncomplete } from '../reasons';
import type { Revision } from '../words';
import { ListOptions, ListPlan, standing } from './page';

/** Parameters of the list of containers; it shows them as they are now. */
export interface ContainerListOptions extends ListOptions {
  connection: string;
  incomplete: boolean;
}

export function containerList(
  knex: Knex,
  options: ContainerListOptions,
): ListPlan {
  const { connection, incomplete } = options;
  const containers = () => {
    const query = knex
      .from('history_containers as c')
      .where('c.source', connection);
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
    query: { connection, incomplete },
    sort: 'dataset',
    all: containers,
    parts: () => [
      {
        rows: () =>
          containers()
            .leftJoin('history_reads as r', 'r.id', 'c.last_read_id')
            .select('c.*', 'r.expected'),
        order: ['c.dataset', 'c.container'],
      },
    ],
  };
}

/** A container with how many records its last read should have fetched. */
export interface ReportRow extends ContainerRow {
  expected: number | null;
}

/** Datasets whose containers are records of another dataset. */
const titled: Record<string, 'groups' | 'spaces'> = {
  memberships: 'groups',
  pages: 'spaces',
  grants: 'spaces',
};

/** Adds the names of groups and spaces, and why a container is not complete. */
export async function describeContainers(
  knex: Knex,
  rows: ReportRow[],
  revision: Revision,
): Promise<ContainerReport[]> {
  const titles = new Map<string, string>();
  for (const parent of ['groups', 'spaces'] as const) {
    const wanted = rows.filter(({ dataset }) => titled[dataset] === parent);
    if (wanted.length) {
      const select = knex(`history_${parent} as t`)
        .where('t.source', wanted[0].source)
        .whereIn(
          't.key',
          wanted.map(({ container }) => container),
        )
        .select('t.key', 't.name');
      for (const { key, name } of await standing(select, 't', revision)) {
        titles.set(`${parent}/${key}`, name);
      }
    }
  }
  return rows.map(row => {
    const container = toState(row);
    return {
      dataset: container.dataset,
      container: container.key,
      title: titles.get(`${titled[container.dataset]}/${container.key}`),
      presence: container.presence,
      outcome: container.outcome,
      reason: whyIncomplete(container),
      rows: container.rows,
      expected: row.expected ?? undefined,
      readAt: container.readAt,
      completeAt: container.completeAt,
    };
  });
}
