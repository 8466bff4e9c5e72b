// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckDirectoryEntry,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { GONE } from './linkedPeople';

/** A verdict that does not say yet what it is on. */
export type Judgement = Omit<CheckResult, 'connection' | 'subjectId'>;

/** An account of the site, and what the organization says of it. */
export interface KnownAccount {
  accountId: string;
  account: CheckAccount;
  entry?: CheckDirectoryEntry;
}

/** The accounts of a site in pages, each with what its organization says. */
export async function* knownAccounts(
  { data, signal }: Pick<CheckContext, 'data' | 'signal'>,
  connection: string,
): AsyncIterable<KnownAccount[]> {
  for await (const rows of data.accounts(connection)) {
    signal.throwIfAborted();
    const ids = rows.map(({ key }) => key);
    const entries = await data.directoryOf(connection, ids);
    yield rows.map(({ key, payload }) => ({
      accountId: key,
      account: payload,
      entry: entries.get(key),
    }));
  }
}

/** That an account is not to be judged, as the organization said: only a whole directory says that. */
const asDirectorySays = (reason: string, facts: Judgement['facts']) => ({
  verdict: 'not-applicable' as const,
  reason,
  facts,
  restsOnAbsence: true,
  requires: ['directory' as const],
});

/** Whether the organization says that nobody can sign in with it. */
export function isOut(entry: CheckDirectoryEntry | undefined): boolean {
  const { accountStatus, membershipStatus } = entry ?? {};
  return (
    GONE.includes(accountStatus ?? '') ||
    membershipStatus === 'suspended' ||
    membershipStatus === 'no_membership'
  );
}

/** Why nobody uses this account on the site; undefined where somebody does, or may. */
export function unused({
  account,
  entry,
}: Omit<KnownAccount, 'accountId'>): Judgement | undefined {
  if (GONE.includes(account.accountStatus.toLowerCase())) {
    return {
      verdict: 'not-applicable',
      reason: 'account-not-active',
      facts: { 'accounts.status': account.accountStatus },
    };
  }
  if (isOut(entry)) {
    return asDirectorySays('account-not-active', {
      'directory.status': entry?.accountStatus,
      'directory.membership': entry?.membershipStatus,
    });
  }
  if (entry?.licensed === false) {
    return asDirectorySays('no-license', { 'directory.licensed': false });
  }
  if (!account.listed) {
    return {
      verdict: 'not-applicable',
      reason: 'no-access-here',
      facts: { 'accounts.listed': false },
      restsOnAbsence: true,
      requires: ['accounts'],
    };
  }
  return undefined;
}

/** Why this account is no person's; undefined where it is one's. */
export function noPersons(account: CheckAccount): Judgement | undefined {
  return account.class === 'app' || account.class === 'service'
    ? {
        verdict: 'not-applicable',
        reason: 'machine-account',
        facts: { 'accounts.class': account.class },
      }
    : undefined;
}

/** That the directory does not list an account, or a broken one did not show it. */
export const notInDirectory: Judgement = {
  verdict: 'unknown',
  reason: 'not-in-directory',
  facts: {},
  restsOnAbsence: true,
  requires: ['directory'],
};
