// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { pageOf } from './fixtures';
import {
  approval,
  policies,
  policyDetail,
  policyDifference,
  policyDocuments,
} from './fixtures/policies';

/** The part about policies of an API over invented data. */
export function createFixedPolicies(
  answer: <T>(value: T) => Promise<T>,
): Pick<
  ConfluenceComplianceApi,
  | 'listPolicies'
  | 'listPolicyDocuments'
  | 'getPolicy'
  | 'getPolicyDifference'
  | 'approvePolicy'
> {
  return {
    listPolicies: () => answer(pageOf(policies)),
    listPolicyDocuments: () => answer(pageOf(policyDocuments)),
    getPolicy: () =>
      answer(
        policyDetail({
          structure: {
            version: 17,
            empty: false,
            missingHeadings: ['Exceptions'],
            emptyHeadings: [],
            placeholders: ['TBD'],
          },
        }),
      ),
    getPolicyDifference: () => answer(policyDifference()),
    approvePolicy: () => answer(approval({ version: 17 })),
  };
}
