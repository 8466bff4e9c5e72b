// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History } from '../history';
import type { ItemRow } from './rows';

/** Whether an account belongs to somebody now, or ever did as far as the history goes. */
export async function isOwn(
  history: Pick<History, 'intervalsOf'>,
  accountId: string,
  person: string,
): Promise<boolean> {
  const links = await history.intervalsOf(
    'identity_links',
    'identity',
    accountId,
  );
  return links.some(
    ({ payload }) => payload.person.toLowerCase() === person.toLowerCase(),
  );
}

/** An item that somebody cannot decide, and why. */
export interface RefusedItem {
  id: string;
  reason: Reason;
}

/** Why somebody cannot decide on an item: it is about them; undefined where it is not. */
export async function refusedSelf(
  history: Pick<History, 'intervalsOf'>,
  row: Pick<ItemRow, 'id' | 'principal_kind' | 'principal_id'>,
  person: string,
): Promise<RefusedItem | undefined> {
  const { id, principal_kind: kind, principal_id: principal } = row;
  const own = kind === 'account' && (await isOwn(history, principal, person));
  const text = `It is about ${person}: nobody decides on themself`;
  return own ? { id, reason: { code: 'about-themself', text } } : undefined;
}
