// SPDX-License-Identifier: Apache-2.0
import type { History, Revision } from '../history';
import { operationOf } from './itemFacts';
import type { ItemSource } from './rows';

/** What one principal has in a container: one membership, or all that it is granted there. */
export interface Assigned {
  kind: string;
  id: string;
  operations: Set<string>;
  opened: Revision;
}

interface AssignedOptions {
  source: string;
  asOf: Revision;
  /** Most of them at once. */
  batch: number;
}

/** What was assigned in a container at a revision, each assignment once. */
export async function* assignedIn(
  history: Pick<History, 'rows'>,
  { dataset, key: container }: Pick<ItemSource, 'dataset' | 'key'>,
  { batch, ...of }: AssignedOptions,
): AsyncGenerator<Assigned[]> {
  if (dataset === 'memberships') {
    const pages = history.rows('memberships', { ...of, container, batch });
    for await (const rows of pages) {
      yield rows.map(({ payload, opened }) => ({
        kind: 'account',
        id: payload.accountId,
        operations: new Set<string>(),
        opened,
      }));
    }
    return;
  }
  const principals = new Map<string, Assigned>();
  for await (const rows of history.rows('grants', { ...of, container })) {
    for (const { payload, opened } of rows) {
      const { principalType: kind, principalId: id } = payload;
      const key = `${kind}/${id}`;
      const one = principals.get(key) ?? {
        kind,
        id,
        operations: new Set<string>(),
        opened,
      };
      one.operations.add(operationOf(payload));
      one.opened = Math.min(one.opened, opened);
      principals.set(key, one);
    }
  }
  const all = [...principals.values()];
  for (let at = 0; at < all.length; at += batch) {
    yield all.slice(at, at + batch);
  }
}
