// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { pageOf } from './fixtures';
import {
  approval,
  policies,
  policyDetail,
  policyDifference,
} from './fixtures/policies';

/** Required policies, one of which was edited; nothing is kept of what is approved. */
export function createFixedPolicies(
  answer: <T>(value: T) => Promise<T>,
): Pick<
  ConfluenceComplianceApi,
  'listPolicies' | 'getPolicy' | 'getPolicyDifference' | 'approvePolicy'
> {
  return {
    listPolicies: () => answer(pageOf(policies)),
    getPolicy: id =>
      answer({
        ...policyDetail(),
        ...policies.find(policy => policy.id === id),
      }),
    getPolicyDifference: () => answer(policyDifference()),
    approvePolicy: (_, { version }) => answer(approval({ version })),
  };
}
