// SPDX-License-Identifier: Apache-2.0
import type { RemovalOutcome } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';

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
  'not-a-membership':
    'Only members of groups are removed; what a space grants is removed in Confluence',
  'no-credential':
    'confluenceCompliance.reviews.removal.credentials has none for its connection',
  'not-standing': 'It does not stand any more, as the last read shows',
  incomplete: 'Its group was not read whole the last time',
  'management-unknown': 'Nobody knows who manages the members of its group',
  'managed-by-identity-provider':
    'An identity provider manages the members of its group: remove it there',
  'account-not-active':
    'Its account is not active, or may be suspended, which can be taken back',
  'person-missing':
    'The person is missing in the personnel source, which does not say that they left',
  'already-sent': 'It was sent already, and no whole read began since',
  'outcome-unknown':
    'It was sent, perhaps, and the answer is not known: the next whole read decides',
  'not-found': 'Confluence knows no such group or account',
  'scope-missing': 'The credential lacks the scope write:group:confluence',
  'credential-refused':
    'Confluence refused the credential: its account must be a site administrator',
  'quota-exceeded': 'Confluence takes no more requests for now',
  'refused-by-confluence': 'Confluence refused it',
};

export const reasonOf = (code: string) => ({
  code,
  text: REFUSALS[code] ?? code,
});

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
