// SPDX-License-Identifier: Apache-2.0
import { Space, SpaceGrant } from './types';

/** What a principal may do: an operation and what it targets. */
export type Operation = readonly [key: string, targetType: string];

/** What each kind of space permission lets its holder do. */
const READ: readonly Operation[] = [['read', 'space']];
const WRITE: readonly Operation[] = [
  ['read', 'space'],
  ['create', 'page'],
  ['create', 'comment'],
  ['delete', 'page'],
];
const ADMIN: readonly Operation[] = [
  ...WRITE,
  ['administer', 'space'],
  ['export', 'space'],
  ['restrict_content', 'space'],
];

export const OPERATIONS = { READ, WRITE, ADMIN };

/** Gives a principal a set of operations in a space, with ids that follow from the content. */
export function grant(
  space: Space,
  principalType: SpaceGrant['principalType'],
  principalId: string,
  operations: readonly Operation[],
): void {
  for (const [key, targetType] of operations) {
    const id = String(space.id * 1000 + space.grants.length);
    space.grants.push({ id, principalType, principalId, key, targetType });
  }
}
