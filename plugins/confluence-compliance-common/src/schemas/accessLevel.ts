// SPDX-License-Identifier: Apache-2.0
import type { AccessLevel } from './words';

/**
 * Operations that change something. So does whatever begins with `manage`; administering a space is a
 * level of its own.
 *
 * @public
 */
export const writeOperations: readonly string[] = [
  'administer',
  'archive',
  'archive_space',
  'copy',
  'create',
  'create_space',
  'delete',
  'move',
  'purge',
  'purge_version',
  'restore',
  'restrict_content',
  'update',
];

/**
 * What operations let somebody do in a space, by the most powerful of them.
 *
 * @param operations - each with its target, such as `read space`
 * @public
 */
export function accessLevelOf(operations: readonly string[]): AccessLevel {
  if (operations.includes('administer space')) {
    return 'admin';
  }
  const verbs = operations.map(operation => operation.split(' ')[0]);
  if (
    verbs.some(
      verb => writeOperations.includes(verb) || verb.startsWith('manage'),
    )
  ) {
    return 'edit';
  }
  return verbs.includes('read') ? 'view' : 'other';
}
