// SPDX-License-Identifier: Apache-2.0
import type {
  AccountClassInput,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What was said of an account since the queue was loaded. */
export type Outcome =
  | { kind: 'linked'; name: string }
  | { kind: 'nobody' }
  | { kind: 'skipped' }
  | { kind: 'classed'; class: NonNullable<AccountClassInput['class']> };

/** Everything that was said since then. */
export interface Said {
  outcomes: ReadonlyMap<string, Outcome>;
  /** In the order in which they were decided, those together that were. */
  groups: UnidentifiedAccount[][];
}

/** The same with another outcome of these accounts, decided together, or with none. */
export function noted(
  { outcomes, groups }: Said,
  accounts: UnidentifiedAccount[],
  outcomeOf?: (account: UnidentifiedAccount) => Outcome,
): Said {
  const ids = new Set(accounts.map(({ accountId }) => accountId));
  const after = new Map(outcomes);
  for (const account of accounts) {
    if (outcomeOf) {
      after.set(account.accountId, outcomeOf(account));
    } else {
      after.delete(account.accountId);
    }
  }
  const others = groups.map(group =>
    group.filter(({ accountId }) => !ids.has(accountId)),
  );
  return {
    outcomes: after,
    groups: [...others, outcomeOf ? accounts : []].filter(
      group => group.length > 0,
    ),
  };
}
