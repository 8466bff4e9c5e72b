// SPDX-License-Identifier: Apache-2.0
import { Changes } from './Changes';

/** The names of all changes, as `/sandbox/changes/{name}` takes them. @public */
export const CHANGE_NAMES = [
  'addAccount',
  'removeAccount',
  'deactivate',
  'reactivate',
  'suspend',
  'unsuspend',
  'setMfa',
  'setProfile',
  'addApiToken',
  'useApiToken',
  'blockApiToken',
  'revokeApiToken',
  'addToGroup',
  'removeFromGroup',
  'addGroup',
  'renameGroup',
  'deleteGroup',
  'addPage',
  'editPage',
  'renamePage',
  'trashPage',
  'restorePage',
  'archivePage',
  'purgePage',
  'addLabel',
  'removeLabel',
  'restrictPage',
  'unrestrictPage',
  'setRoleMode',
  'assignRole',
  'unassignRole',
  'addAuditRecord',
  'archiveSpace',
  'unarchiveSpace',
  'hideSpace',
  'showSpace',
] as const;

/** @public */
export type ChangeName = (typeof CHANGE_NAMES)[number];

/** A change by name with its arguments, as it comes over HTTP or stands in a fault. @public */
export interface NamedChange {
  change: ChangeName;
  args: Record<string, unknown>;
}

export function isChangeName(name: unknown): name is ChangeName {
  return CHANGE_NAMES.some(known => known === name);
}

/** Makes a change by name; throws when the arguments name nothing that exists. */
export function applyChange(
  changes: Changes,
  { change, args }: NamedChange,
): unknown {
  const method = changes[change] as (given: Record<string, unknown>) => unknown;
  return method.call(changes, args);
}
