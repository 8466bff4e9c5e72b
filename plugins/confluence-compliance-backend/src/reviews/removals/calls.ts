// SPDX-License-Identifier: Apache-2.0
import {
  type PlannedRemoval,
  type Reason,
  writeOperations,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** The one request that removes an assignment; ids only. */
export type Call =
  | { by: 'membership'; group: string; account: string }
  | { by: 'permission'; space: string; key: string; permission: string }
  | { by: 'role'; space: string; account: string; role: string };

/** A call, and what it takes away where that is granted by a space. */
export interface Planned {
  call: Call;
  /** Operation and target, such as `administer space`; sorted. */
  removes?: string[];
}

const OPERATIONS = new Set([...writeOperations, 'export', 'read', 'use']);

const TARGETS = new Set([
  'application',
  'attachment',
  'blogpost',
  'comment',
  'database',
  'embed',
  'folder',
  'page',
  'space',
  'userProfile',
  'whiteboard',
]);

/** An operation and its target in words of ours, since the ledger keeps no text of a site; `other` for any else. */
export function wordOf(operation: string): string {
  const [verb, target, ...rest] = operation.split(' ');
  return OPERATIONS.has(verb) && TARGETS.has(target) && rest.length === 0
    ? operation
    : 'other';
}

const NOTES: Partial<Record<Call['by'], Reason>> = {
  permission: {
    code: 'takes-all',
    text: 'Confluence takes all other permissions of the account in this space away with the one to read it',
  },
  role: {
    code: 'takes-role',
    text: 'Confluence takes the role of the account in this space away, and all that it allows',
  },
};

/** A call as it is shown before it is sent: exactly what will be sent, and what it takes away. */
export function shown(site: string, { call, removes }: Planned) {
  return {
    request: { site, ...requestOf(call) },
    removes,
    note: NOTES[call.by],
  };
}

function requestOf(
  call: Call,
): Omit<NonNullable<PlannedRemoval['request']>, 'site'> {
  switch (call.by) {
    case 'membership': {
      const query = new URLSearchParams({
        groupId: call.group,
        accountId: call.account,
      });
      return {
        method: 'DELETE',
        path: `/wiki/rest/api/group/userByGroupId?${query}`,
      };
    }
    case 'permission':
      return {
        method: 'DELETE',
        path: `/wiki/rest/api/space/${encodeURIComponent(
          call.key,
        )}/permission/${call.permission}`,
      };
    default:
      return {
        method: 'POST',
        path: `/wiki/api/v2/spaces/${call.space}/role-assignments`,
        body: JSON.stringify([
          { principal: { principalType: 'USER', principalId: call.account } },
        ]),
      };
  }
}
