// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { containing, ListOptions, ListPlan, standing } from './page';
import type { SpaceRow } from './spaceFacts';

/** Parameters of the list of spaces. */
export interface SpaceListOptions extends ListOptions {
  q?: string;
  type?: string;
  status?: string;
  sort: string;
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
    isHistory: true,
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

/** The space that has a key at a revision; keys do not differ by case. */
export async function spaceByKey(
  knex: Knex,
  connection: string,
  key: string,
  revision: Revision,
): Promise<SpaceRow | undefined> {
  const query = knex
    .from('history_spaces as s')
    .where('s.source', connection)
    .whereRaw('lower(s.space_key) = ?', [key.toLowerCase()])
    .select({ connection: 's.source', id: 's.key', payload: 's.payload' });
  return standing(query, 's', revision).orderBy('s.key').first();
}
