// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { SubjectKind } from '../words';
import { keyOf, perConnection, Ref } from './refs';

/** Which entities the catalog module makes, as far as the lists can know. */
export interface CatalogOptions {
  namespace: string;
  accounts: 'user' | 'resource' | 'none';
  /** Labels whose pages become entities. */
  labels: string[];
  allPages: boolean;
}

/** Entity names of subjects that were given one and are not gone. */
export async function subjectNames(
  knex: Knex,
  kind: SubjectKind,
  refs: Ref[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  await perConnection(refs, async (connection, ids) => {
    const rows = await knex('history_subjects')
      .where({ kind, connection, gone: false })
      .whereIn('id', ids)
      .whereNotNull('name')
      .select('id', 'name');
    rows.forEach(({ id, name }) => names.set(keyOf(connection, id), name));
  });
  return names;
}

/** The ref of a mirrored entity, where there is a name for it. */
export function entityRef(
  kind: 'user' | 'group' | 'resource',
  catalog: CatalogOptions,
  name: string | undefined,
): string | undefined {
  return name && `${kind}:${catalog.namespace}/${name}`;
}
