// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckData,
  CheckPerson,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** What checks need of the person behind an account. */
export type LinkedPerson = Pick<
  CheckPerson,
  'status' | 'endDate' | 'departedAt'
>;

/** Statuses of accounts that nobody can use any more. */
export const GONE = ['inactive', 'deactivated', 'closed', 'deleted'];

/** Those of them that are gone for good. */
export const DELETED = ['closed', 'deleted'];

/** Whether nobody can sign in with an account, for good or while it is suspended. */
export function isShutOut({
  accountStatus,
}: Pick<CheckAccount, 'accountStatus'>): boolean {
  return [...GONE, 'suspended'].includes(accountStatus.toLowerCase());
}

/** An account that only a group or a grant speaks of. */
export const unread: CheckAccount = {
  accountType: 'unknown',
  accountStatus: 'unknown',
  class: 'person',
  listed: true,
};

/** Whether people are employed, by the key of the person. */
export async function statusByPerson(
  data: CheckData,
): Promise<Map<string, CheckPerson['status']>> {
  const statuses = new Map<string, CheckPerson['status']>();
  for await (const rows of data.people()) {
    rows.forEach(({ key, payload }) => statuses.set(key, payload.status));
  }
  return statuses;
}

/** Accounts that are linked to people whom no source covers any more; mostly none. */
export async function notCoveredAccounts(
  data: CheckData,
  people: ReadonlyMap<string, unknown>,
): Promise<Set<string>> {
  const accounts = new Set<string>();
  for await (const rows of data.links()) {
    for (const { key } of rows) {
      if (!people.has(key)) {
        accounts.add(key);
      }
    }
  }
  return accounts;
}
