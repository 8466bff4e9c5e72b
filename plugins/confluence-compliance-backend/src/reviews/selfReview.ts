// SPDX-License-Identifier: Apache-2.0
import type { History } from '../history';

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
