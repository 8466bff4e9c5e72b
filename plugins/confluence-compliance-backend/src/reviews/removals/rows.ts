// SPDX-License-Identifier: Apache-2.0
import type {
  Reason,
  RemovalOutcome,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { ItemRow } from '../rows';

export const REMOVALS = 'review_removals';

/** The last try to remove what an item revokes. Times are ISO 8601 in UTC. */
export interface RemovalRow {
  item_id: string;
  item_version: number;
  review_id: string;
  claim: string;
  /** `unknown` from the claim to the answer: a backend that is killed leaves it so. */
  outcome: RemovalOutcome;
  reason: string | null;
  actor: string;
  claimed_at: string;
  answered_at: string | null;
}

/** Why a removal was not done, or is not, in words. */
export const REFUSALS: Record<string, string> = {
  'not-revoked': 'It is not revoked',
  'grant-of-group':
    'It is granted to a group: whoever is in it would lose it, too',
  'grant-of-class':
    'It is granted to everybody of a kind, and not to an account',
  'no-credential':
    'confluenceCompliance.reviews.removal.credentials has none for its connection',
  'not-standing': 'It does not stand any more, as the last read shows',
  incomplete: 'Its group or space was not read whole the last time',
  'management-unknown': 'Nobody knows who manages the members of its group',
  'managed-by-identity-provider':
    'An identity provider manages the members of its group: remove it there',
  'account-not-active':
    'Its account is not active, or may be suspended, which can be taken back',
  'person-missing':
    'The person is missing in the personnel source, which does not say that they left',
  'own-access':
    'It is of the person who asks, or of the account of the credential: nobody removes their own',
  'last-administrator':
    'Nobody else is known who administers the space, or a space of its group, and can sign in: name another one first',
  'not-there':
    'Confluence does not show it any more: the next whole read decides',
  'changed-since':
    'What Confluence grants now is not what was decided on: sync, and review it again',
  'decided-anew':
    'It was decided anew, or it took too long to look: look at the preview again',
  'mode-unknown':
    'Whether the site gives access by permissions or by roles is not known, or it is going over to roles',
  'role-unknown':
    'A role was given in the space that Confluence does not list, so that nobody knows who administers it',
  'no-read-permission':
    'Its permission to read the space, with which the others go, is not there or has no usable id',
  'not-for-apps':
    'Atlassian keeps apps, and so service accounts, from permissions of spaces: an API token can remove it',
  'not-visible':
    'The account of the credential does not see the space: let it administer the space',
  'read-scope-missing':
    'The credential lacks a scope to read what it would change: docs/connecting.md names them',
  'not-read': 'Confluence could not be read right before: try again later',
  'already-sent': 'It was sent already, and no whole read began since',
  'outcome-unknown':
    'It was sent, perhaps, and the answer is not known: the next whole read decides',
  'not-found':
    'Confluence knows nothing like it, or the account of the credential may not change it',
  'scope-missing':
    'The credential lacks the scope write:group:confluence, or write:space.permission:confluence for spaces',
  'credential-refused':
    'Confluence refused the credential: its account must be a site administrator, and administer the space',
  'quota-exceeded': 'Confluence takes no more requests for now',
  'refused-by-confluence': 'Confluence refused it',
};

export const reasonOf = (code: string) => ({
  code,
  text: REFUSALS[code] ?? code,
});

/** Where only people can remove it, what to do. */
const MANUAL: Record<ItemRow['dataset'], Reason> = {
  memberships: {
    code: 'remove-member',
    text: 'Open the group in admin.atlassian.com, under Directory, Groups, and remove the account from it',
  },
  grants: {
    code: 'remove-grant',
    text: 'Open the space, then Space settings, Space permissions, and remove all access of it there',
  },
};

/** What the API cannot remove, whatever changes at the site. */
const BY_HAND = new Set([
  'grant-of-group',
  'grant-of-class',
  'no-credential',
  'no-read-permission',
  'not-for-apps',
  'mode-unknown',
]);

/** What to do by hand where something is refused that people can remove; absent where it must stay. */
export function manualOf(
  { dataset }: Pick<ItemRow, 'dataset'>,
  code: string,
): Reason | undefined {
  return BY_HAND.has(code) ? MANUAL[dataset] : undefined;
}

/** There is no request that may be sent for an item; the code says why. */
export class CannotRemove extends Error {
  readonly code: string;

  constructor(code: string) {
    super(reasonOf(code).text);
    this.name = 'CannotRemove';
    this.code = code;
  }
}

/** The last tries of items as they stand now, by the id of the item. */
export async function removalsOf(
  knex: Knex,
  items: Array<{ id: string; version: number }>,
): Promise<Map<string, RemovalRow>> {
  const versions = new Map(items.map(({ id, version }) => [id, version]));
  const rows: RemovalRow[] = await knex(REMOVALS).whereIn('item_id', [
    ...versions.keys(),
  ]);
  return new Map(
    rows
      .filter(row => versions.get(row.item_id) === row.item_version)
      .map(row => [row.item_id, row]),
  );
}

/** A removal as the contract has it. */
export function describeRemoval(row: RemovalRow | undefined) {
  return (
    row && {
      outcome: row.outcome,
      by: row.actor,
      at: row.answered_at ?? row.claimed_at,
      reason: row.reason === null ? undefined : reasonOf(row.reason),
    }
  );
}
