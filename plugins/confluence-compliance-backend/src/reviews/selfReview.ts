// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { History } from '../history';
import type { ItemRow } from './rows';

/** Refs, in lower case, of whom an account belongs to now, or ever did as far as the history goes. */
async function peopleBehind(
  history: Pick<History, 'intervalsOf'>,
  accountId: string,
): Promise<Set<string>> {
  const links = await history.intervalsOf(
    'identity_links',
    'identity',
    accountId,
  );
  return new Set(links.map(({ payload }) => payload.person.toLowerCase()));
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
  const own =
    kind === 'account' &&
    (await peopleBehind(history, principal)).has(person.toLowerCase());
  const text = `It is about ${person}: nobody decides on themself`;
  return own ? { id, reason: { code: 'about-themself', text } } : undefined;
}
