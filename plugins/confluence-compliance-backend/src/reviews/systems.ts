// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type {
  ContainerOwner,
  ReviewScope,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { SystemState } from '../critical-systems';
import type { History, Revision } from '../history';

/** The critical systems as far as reviews use them. */
export interface SystemsOf {
  list(options: { revision: Revision; connections: string[] }): Promise<
    Array<
      Pick<SystemState, 'missing' | 'owner' | 'spaceId'> & {
        resource: Pick<SystemState['resource'], 'ref'> &
          Partial<Pick<SystemState['resource'], 'title'>>;
        review?: Pick<SystemState['review'], 'dueAt'>;
      }
    >
  >;
}

type Found = { spaceId?: string } | { ref: string; missing: string };

/** Throws an InputError for a scope that contradicts itself. */
export function checkScope({ group, space, system }: ReviewScope): void {
  if ([group, space, system].filter(one => one !== undefined).length > 1) {
    throw new InputError(
      'scope takes one of group, space and system: leave the others out',
    );
  }
}

/** The critical system of a scope: a space, or without one the site; undefined where it names none. */
export async function systemOf(
  systems: SystemsOf,
  { connection, system: ref }: ReviewScope,
  revision: Revision,
): Promise<Found | undefined> {
  if (ref === undefined) {
    return undefined;
  }
  const all = await systems.list({ revision, connections: [connection] });
  const found = all.find(({ resource }) => resource.ref === ref);
  if (!found) {
    return { ref, missing: 'no-critical-system' };
  }
  const { missing, spaceId } = found;
  return missing === undefined ? { spaceId } : { ref, missing };
}

/** Ids of the groups that are granted something in a space, sorted. */
export async function groupsGranted(
  history: Pick<History, 'rows'>,
  source: string,
  spaceId: string,
  asOf: Revision,
): Promise<string[]> {
  const groups = new Set<string>();
  const options = { source, container: spaceId, asOf };
  for await (const rows of history.rows('grants', options)) {
    for (const { payload } of rows) {
      if (payload.principalType === 'group') {
        groups.add(payload.principalId);
      }
    }
  }
  return [...groups].sort();
}

/** The owners that a review names, and those of critical systems for spaces that it does not. */
export async function withSystemOwners(
  systems: SystemsOf,
  connection: string,
  revision: Revision,
  named: ContainerOwner[],
): Promise<ContainerOwner[]> {
  const all = await systems.list({ revision, connections: [connection] });
  const more = all.flatMap(({ spaceId: id, owner }) =>
    id !== undefined && owner !== undefined
      ? [{ kind: 'space' as const, id, owner: owner.toLowerCase() }]
      : [],
  );
  // The first one counts.
  return [...named, ...more];
}
