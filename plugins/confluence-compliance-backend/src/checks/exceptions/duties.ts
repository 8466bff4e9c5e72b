// SPDX-License-Identifier: Apache-2.0
import type { ExceptionBlock } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ExceptionRow } from '../../history';

/** Whom a finding is about: its account and subject, and the people that account belongs to or ever did. */
type About = Pick<ExceptionRow, 'account_id' | 'subject_kind' | 'subject_id'>;

/** Refs of people by account id. */
export type PeopleOf = ReadonlyMap<string, string[]>;

/** Ids of the accounts that findings are about. */
export function accountsOf(about: About[]): string[] {
  return about.flatMap(({ account_id: id }) => (id ? [id] : []));
}

/** Whether a finding is about somebody, by any account of theirs. */
export function isAbout(
  { account_id: accountId, subject_id: subject }: About,
  people: PeopleOf,
  ref: string,
): boolean {
  const refs = accountId ? people.get(accountId) ?? [] : [];
  return [...refs, subject].some(known => isSame(known, ref));
}

/** Why somebody may not decide an exception: requester, approver and subject are three. */
export function blockOf(
  row: ExceptionRow,
  people: PeopleOf,
  actor: string,
): Exclude<ExceptionBlock, 'no-permission'> | undefined {
  if (isSame(row.requested_by, actor)) {
    return 'own-request';
  }
  return isAbout(row, people, actor) ? 'about-you' : undefined;
}

/**
 * Whether the finding turned out to be about whoever asked: the account was linked to them after that. Such
 * an exception can be rejected or withdrawn, never approved.
 */
export function isAboutRequester(row: ExceptionRow, people: PeopleOf): boolean {
  return isAbout(row, people, row.requested_by);
}

/** Refs of the catalog are the same in any case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
