// SPDX-License-Identifier: Apache-2.0
import type { CheckContext } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { DateTime } from 'luxon';
import type { LinkedPerson } from './linkedPeople';
import { isBlocked, isExpired } from './tokens';

/** What an account still has; ids, each once and in no order. */
export interface LeftAccess {
  groups: readonly string[];
  /** Spaces whose permissions name the account itself. */
  spaces: readonly string[];
  /** Those of the spaces that are personal, and belong to one person. */
  personal: readonly string[];
  /** API tokens that are neither over nor blocked. */
  tokens: readonly string[];
}

export const NOTHING_LEFT: LeftAccess = Object.freeze({
  groups: [],
  spaces: [],
  personal: [],
  tokens: [],
});

type Context = Pick<CheckContext, 'data' | 'now' | 'signal'>;
type Add = (accountId: string, to: keyof LeftAccess, id: string) => void;

/**
 * What is left by account id. Groups of all whose person is not known to be employed; permissions and
 * tokens of people who left or are missing: they are few, and nobody else's are kept.
 */
export async function leftAccess(
  context: Context,
  connection: string,
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<Map<string, LeftAccess>> {
  const left = new Map<string, LeftAccess>();
  const add: Add = (accountId, to, id) => {
    const own = left.get(accountId) ?? { ...NOTHING_LEFT };
    own[to] = [...own[to], id];
    left.set(accountId, own);
  };
  for await (const rows of context.data.memberships(connection)) {
    for (const { accountId, groupId } of rows.map(row => row.payload)) {
      if (people.get(accountId)?.status !== 'employed') {
        add(accountId, 'groups', groupId);
      }
    }
  }
  const leavers = new Set<string>();
  for (const [accountId, { status }] of people) {
    if (status !== 'employed') {
      leavers.add(accountId);
    }
  }
  if (leavers.size > 0) {
    await addGrants(context, connection, leavers, add);
    await addTokens(context, connection, leavers, add);
  }
  return left;
}

async function addGrants(
  { data, signal }: Context,
  connection: string,
  leavers: Set<string>,
  add: Add,
): Promise<void> {
  const bySpace = new Map<string, Set<string>>();
  const grants = data.grants(connection, { principalType: 'account' });
  for await (const rows of grants) {
    signal.throwIfAborted();
    for (const { spaceId, principalId } of rows.map(row => row.payload)) {
      if (leavers.has(principalId)) {
        const named = bySpace.get(spaceId) ?? new Set();
        bySpace.set(spaceId, named.add(principalId));
      }
    }
  }
  if (bySpace.size === 0) {
    return;
  }
  const personal = new Set<string>();
  for await (const rows of data.spaces(connection)) {
    for (const { key, payload } of rows) {
      if (payload.type === 'personal') {
        personal.add(key);
      }
    }
  }
  for (const [spaceId, named] of bySpace) {
    for (const accountId of named) {
      add(accountId, 'spaces', spaceId);
      if (personal.has(spaceId)) {
        add(accountId, 'personal', spaceId);
      }
    }
  }
}

async function addTokens(
  { data, now, signal }: Context,
  connection: string,
  leavers: Set<string>,
  add: Add,
): Promise<void> {
  const moment = DateTime.fromJSDate(now);
  for await (const rows of data.credentials(connection)) {
    signal.throwIfAborted();
    for (const { key, payload } of rows) {
      const { kind, accountId } = payload;
      if (
        kind === 'api-token' &&
        leavers.has(accountId) &&
        !isExpired(payload, moment) &&
        !isBlocked(payload)
      ) {
        add(accountId, 'tokens', key);
      }
    }
  }
}
