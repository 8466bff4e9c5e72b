// SPDX-License-Identifier: Apache-2.0
import type {
  CheckOutsiders,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';

/** Says that an account is outside the user group of its connection, where that is certain. */
export function markOutside<J extends Pick<CheckResult, 'facts'>>(
  judgement: J,
  outsiders: CheckOutsiders | undefined,
  accountId: string,
): J {
  return outsiders && !outsiders.gap && outsiders.has(accountId)
    ? {
        ...judgement,
        facts: { ...judgement.facts, 'accounts.outsideUserGroup': true },
      }
    : judgement;
}
