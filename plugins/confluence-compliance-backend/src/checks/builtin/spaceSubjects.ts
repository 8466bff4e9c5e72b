// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckData,
  CheckGrant,
  CheckSpace,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Judgement } from './judgement';

/** A space as a check judges it. */
export interface SpaceSubject {
  spaceId: string;
  space: CheckSpace;
  /** Why not all of its permissions are known: a stable code. */
  gap?: string;
}

/** The spaces of a site. */
export async function* spacesOf(
  { data, signal }: Pick<CheckContext, 'data' | 'signal'>,
  connection: string,
): AsyncIterable<SpaceSubject> {
  for await (const rows of data.spaces(connection)) {
    signal.throwIfAborted();
    for (const { key, payload, outOfScope } of rows) {
      const gap = outOfScope
        ? 'space-not-visible'
        : data.gap(connection, 'grants', key);
      yield { spaceId: key, space: payload, ...(gap && { gap }) };
    }
  }
}

/** Whom a permission names. */
export type Principal = Pick<CheckGrant, 'principalType' | 'principalId'>;

/** Whom permissions name. */
export interface PrincipalsBySpace {
  /** Each once, in whatever space. */
  all: Principal[];
  /** Those of one space, sorted. */
  of(spaceId: string): Principal[];
}

/** Whom the permissions of each space name. Those whom many spaces name are kept once. */
export async function principalsBySpace(
  data: CheckData,
  connection: string,
  only: Partial<Pick<CheckGrant, 'principalType' | 'operation'>>,
): Promise<PrincipalsBySpace> {
  const known = new Map<string, Principal>();
  const bySpace = new Map<string, Set<Principal>>();
  for await (const rows of data.grants(connection, only)) {
    for (const { spaceId, principalType, principalId } of rows.map(
      row => row.payload,
    )) {
      const name = nameOf({ principalType, principalId });
      const principal = known.get(name) ?? { principalType, principalId };
      known.set(name, principal);
      bySpace.set(spaceId, (bySpace.get(spaceId) ?? new Set()).add(principal));
    }
  }
  return {
    all: [...known.values()],
    of: spaceId =>
      [...(bySpace.get(spaceId) ?? [])].sort((a, b) =>
        nameOf(a) < nameOf(b) ? -1 : 1,
      ),
  };
}

/** A principal as a fact: `<type>/<id>`. */
export function nameOf({ principalType, principalId }: Principal): string {
  return `${principalType}/${principalId}`;
}

/** What a verdict on a space is about. */
export const aboutSpace = (spaceId: string) => ({
  resource: `space:${spaceId}`,
});

/** A finding names no more than this many. */
const MOST_NAMED = 10;

/** Ids as facts: the first of them, and how many there are where that is more. */
export function someOf(
  name: string,
  ids: readonly string[],
): Judgement['facts'] {
  const sorted = [...ids].sort();
  return {
    [name]: sorted.slice(0, MOST_NAMED),
    ...(ids.length > MOST_NAMED && { [`${name}Found`]: ids.length }),
  };
}
