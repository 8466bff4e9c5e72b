// SPDX-License-Identifier: Apache-2.0
import type { ContainerReport } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ContainerRow } from '../containers';
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
        rows: () => containers().select('c.*'),
        order: ['c.dataset', 'c.container'],
      },
    ],
  };
}

/** Datasets whose containers are records of another dataset. */
const titled: Record<string, 'groups' | 'spaces'> = {
  memberships: 'groups',
  pages: 'spaces',
};

/** Adds the names of groups and spaces, and splits reasons into code and words. */
export async function describeContainers(
  knex: Knex,
  rows: ContainerRow[],
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
  return rows.map(row => ({
    dataset: row.dataset,
    container: row.container,
    title: titles.get(`${titled[row.dataset]}/${row.container}`),
    presence: row.presence,
    outcome: row.outcome,
    reason: reasonOf(row),
    rows: row.rows,
    readAt: row.read_at ?? '',
    completeAt: row.complete_at ?? undefined,
  }));
}

/** Reasons are stored as a stable code, then words. */
function reasonOf({
  reason,
  refused,
}: ContainerRow): ContainerReport['reason'] {
  if (refused) {
    return {
      code: 'shrink-refused',
      text: `${refused} records vanished at once; accept this change if it is right`,
    };
  }
  if (!reason) {
    return undefined;
  }
  const [, code, text] = /^([a-z0-9-]+): (.+)$/s.exec(reason) ?? [];
  return code ? { code, text } : { code: reason, text: reason };
}
