// SPDX-License-Identifier: Apache-2.0
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { SpacePayload } from '../datasets';
import type { Revision } from '../words';
import { countRows } from './counts';
import { CatalogOptions, entityRef, subjectNames } from './entities';
import { containing, ListOptions, ListPlan, standing } from './page';
import { keyOf } from './refs';

/** Parameters of the list of spaces. */
export interface SpaceListOptions extends ListOptions {
  q?: string;
  type?: string;
  status?: string;
  sort: string;
}

/** A space as a list finds it. */
export interface SpaceRow {
  connection: string;
  id: string;
  payload: string;
}

const columns: Record<string, string> = {
  name: 'lower(s.name)',
  key: 'lower(s.space_key)',
};

export function spaceList(knex: Knex, options: SpaceListOptions): ListPlan {
  const { connections, q, type, status, sort } = options;
  const spaces = (revision: Revision) => {
    const query = standing(
      knex.from('history_spaces as s').whereIn('s.source', connections),
      's',
      revision,
    );
    if (type) {
      query.where('s.type', type);
    }
    if (status) {
      query.where('s.status', status);
    }
    if (q) {
      const pattern = containing(q);
      query.whereRaw(
        `(lower(s.name) like ? escape '!' or lower(s.space_key) like ? escape '!'
          or lower(s.key) like ? escape '!')`,
        [pattern, pattern, pattern],
      );
    }
    return query;
  };
  return {
    name: 'spaces',
    query: options,
    sort,
    all: spaces,
    parts: revision => [
      {
        rows: () =>
          spaces(revision).select({
            connection: 's.source',
            id: 's.key',
            payload: 's.payload',
          }),
        order: [columns[sort.replace('-', '')], 's.source', 's.key'],
      },
    ],
  };
}

/** Adds the number of pages and the catalog entity. */
export async function describeSpaces(
  knex: Knex,
  catalog: CatalogOptions,
  rows: SpaceRow[],
  revision: Revision,
): Promise<Space[]> {
  const pages = await countRows(
    knex,
    { table: 'history_pages', column: 'space_id' },
    rows,
    revision,
  );
  const names = await subjectNames(knex, 'space', rows);
  return rows.map(({ connection, id, payload }) => {
    const space: SpacePayload = JSON.parse(payload);
    const key = keyOf(connection, id);
    return {
      connection,
      spaceId: id,
      ...space,
      pages: pages.get(key) ?? 0,
      entityRef:
        space.type === 'personal'
          ? undefined
          : entityRef('resource', catalog, names.get(key)),
    };
  });
}
