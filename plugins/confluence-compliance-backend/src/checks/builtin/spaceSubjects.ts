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

/** Account ids, group ids and names of access classes, sorted, by space. */
export async function principalsBySpace(
  data: CheckData,
  connection: string,
  only: Partial<Pick<CheckGrant, 'principalType' | 'operation'>>,
): Promise<Map<string, CheckGrant[]>> {
  const found = new Map<string, Map<string, CheckGrant>>();
  for await (const rows of data.grants(connection, only)) {
    for (const { payload } of rows) {
      const { spaceId, principalType, principalId } = payload;
      const own = found.get(spaceId) ?? new Map<string, CheckGrant>();
      found.set(spaceId, own.set(`${principalType}/${principalId}`, payload));
    }
  }
  return new Map(
    [...found].map(([spaceId, own]) => [
      spaceId,
      [...own].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, grant]) => grant),
    ]),
  );
}

/** What a verdict on a space is about. */
export const aboutSpace = (spaceId: string) => ({
  resource: `space:${spaceId}`,
});

/** A finding names no more than this many. */
const MOST_NAMED = 10;

/** Ids as facts: the first of them, and how many there are where that is more. */
export function someOf(name: string, ids: string[]): Judgement['facts'] {
  const sorted = [...ids].sort();
  return {
    [name]: sorted.slice(0, MOST_NAMED),
    ...(ids.length > MOST_NAMED && { [`${name}Found`]: ids.length }),
  };
}
