// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { Revision } from '../words';
import { standing } from './page';

const columns = { groups: 'name', spaces: 'name', pages: 'title' } as const;

/** The names by id of groups, spaces or pages of one connection that stand at a revision. */
export async function readTitles(
  knex: Knex,
  connection: string,
  dataset: keyof typeof columns,
  ids: Iterable<string>,
  revision: Revision,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) {
    return new Map();
  }
  const select = knex(`history_${dataset} as t`)
    .where('t.source', connection)
    .whereIn('t.key', wanted)
    .whereNotNull(`t.${columns[dataset]}`)
    .select({ id: 't.key', title: `t.${columns[dataset]}` });
  const rows: Array<{ id: string; title: string }> = await standing(
    select,
    't',
    revision,
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

/** The names of groups and spaces of one connection as they last were, also of what is not there any more. */
export async function readLastTitles(
  knex: Knex,
  connection: string,
  dataset: 'groups' | 'spaces',
  ids: Iterable<string>,
): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) {
    return new Map();
  }
  const rows: Array<{ id: string; title: string }> = await knex(
    `history_${dataset} as t`,
  )
    .where('t.source', connection)
    .whereIn('t.key', wanted)
    .whereNotNull(`t.${columns[dataset]}`)
    .orderBy('t.opened')
    .select({ id: 't.key', title: `t.${columns[dataset]}` });
  return new Map(rows.map(({ id, title }) => [id, title]));
}
