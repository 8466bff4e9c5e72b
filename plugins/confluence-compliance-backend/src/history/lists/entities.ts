// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';
import type { SubjectKind } from '../words';
import { keyOf, perConnection, Ref } from './refs';

/** What accounts become in the catalog. */
export interface AccountMirror {
  namespace: string;
  accounts: 'user' | 'resource' | 'none';
}

/** Which entities the catalog module makes, as far as the lists can know. */
export interface CatalogOptions extends AccountMirror {
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
  kind: 'user' | 'group' | 'resource' | 'system',
  catalog: { namespace: string },
  name: string | undefined,
): string | undefined {
  return name && `${kind}:${catalog.namespace}/${name}`;
}
