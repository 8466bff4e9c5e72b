// SPDX-License-Identifier: Apache-2.0
import type { History } from '../history';

/** Refs, in lower case, of whom an account belongs to now, or ever did as far as the history goes. */
export async function peopleBehind(
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

/** Whether an account belongs to somebody now, or ever did as far as the history goes. */
export async function isOwn(
  history: Pick<History, 'intervalsOf'>,
  accountId: string,
  person: string,
): Promise<boolean> {
  const people = await peopleBehind(history, accountId);
  return people.has(person.toLowerCase());
}
