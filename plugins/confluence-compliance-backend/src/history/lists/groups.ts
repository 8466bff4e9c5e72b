// SPDX-License-Identifier: Apache-2.0
import type { Group } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { GroupPayload } from '../datasets';
import type { Revision } from '../words';
import { countRows } from './counts';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { containing, ListOptions, ListPlan, standing } from './page';
import { keyOf } from './refs';

/** Parameters of the list of groups. */
export interface GroupListOptions extends ListOptions {
  q?: string;
  sort: string;
}

/** A group as a list finds it. */
export interface GroupRow {
  connection: string;
  id: string;
  payload: string;
}

export function groupList(knex: Knex, options: GroupListOptions): ListPlan {
  const groups = (revision: Revision) => {
    const query = standing(
      knex.from('history_groups as g').whereIn('g.source', options.connections),
      'g',
      revision,
    );
    if (options.q) {
      const pattern = containing(options.q);
      query.whereRaw(
        `(lower(g.name) like ? escape '!' or lower(g.key) like ? escape '!')`,
        [pattern, pattern],
      );
    }
    return query;
  };
  return {
    name: 'groups',
    isHistory: true,
    query: options,
    sort: options.sort,
    all: groups,
    parts: revision => [
      {
        rows: () =>
          groups(revision).select({
            connection: 'g.source',
            id: 'g.key',
            payload: 'g.payload',
          }),
        order: ['lower(g.name)', 'g.source', 'g.key'],
      },
    ],
  };
}

/** Adds the number of members and the catalog entity. */
export async function describeGroups(
  knex: Knex,
  catalog: CatalogOptions,
  rows: GroupRow[],
  revision: Revision,
): Promise<Group[]> {
  const members = await countRows(
    knex,
    { table: 'history_memberships', column: 'group_id' },
    rows,
    revision,
  );
  const names = await subjectNames(knex, 'group', rows);
  return rows.map(({ connection, id, payload }) => {
    const group: GroupPayload = JSON.parse(payload);
    const key = keyOf(connection, id);
    return {
      connection,
      groupId: id,
      ...group,
      members: members.get(key) ?? 0,
      entityRef: entityRef('group', catalog, names.get(key)),
    };
  });
}
