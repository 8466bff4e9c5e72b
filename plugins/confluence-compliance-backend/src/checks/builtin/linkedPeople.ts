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

/** What is known of the person behind each linked account. */
export async function peopleByAccount(
  data: CheckData,
): Promise<Map<string, LinkedPerson>> {
  const employed: LinkedPerson = {
    status: 'employed',
    endDate: null,
    departedAt: null,
  };
  const people = new Map<string, LinkedPerson>();
  for await (const rows of data.people()) {
    for (const { key, payload } of rows) {
      const { status, endDate, departedAt } = payload;
      // Nearly everybody is employed: one shared object keeps the map small.
      people.set(
        key,
        status === 'employed' ? employed : { status, endDate, departedAt },
      );
    }
  }
  const byAccount = new Map<string, LinkedPerson>();
  for await (const rows of data.links()) {
    for (const { key, payload } of rows) {
      const person = people.get(payload.person);
      if (person) {
        byAccount.set(key, person);
      }
    }
  }
  return byAccount;
}

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
