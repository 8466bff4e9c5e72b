// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { pageOf } from './fixtures';
import {
  acknowledgement,
  ownAcknowledgement,
  progress,
} from './fixtures/acknowledgements';
import {
  approval,
  mapping,
  policies,
  policyDetail,
  policyDifference,
  policyEditors,
  policyDocuments,
  policyPages,
} from './fixtures/policies';

/** Required policies, one of which was edited; nothing is kept of what is approved. */
export function createFixedPolicies(
  answer: <T>(value: T) => Promise<T>,
): Pick<
  ConfluenceComplianceApi,
  | 'listPolicies'
  | 'listPolicyDocuments'
  | 'findPolicyPages'
  | 'mapPolicy'
  | 'unmapPolicy'
  | 'getPolicy'
  | 'getPolicyEditors'
  | 'getPolicyDifference'
  | 'approvePolicy'
  | 'getAcknowledgements'
  | 'acknowledgePolicy'
  | 'remindOfPolicy'
  | 'listOwnAcknowledgements'
> {
  return {
    listPolicies: () => answer(pageOf(policies)),
    listPolicyDocuments: () => answer(pageOf(policyDocuments)),
    findPolicyPages: ({ id, label, title }) =>
      answer(policyPages(id ?? label ?? title ?? '')),
    mapPolicy: id => answer(policyDetail({ id, origin: 'portal', mapping })),
    unmapPolicy: async () => undefined,
    getPolicy: id =>
      answer({
        ...policyDetail({
          structure: {
            version: 17,
            empty: false,
            missingHeadings: ['Exceptions'],
            emptyHeadings: [],
            placeholders: ['TBD'],
          },
        }),
        ...policies.find(policy => policy.id === id),
      }),
    getPolicyEditors: () => answer(policyEditors()),
    getPolicyDifference: () => answer(policyDifference()),
    approvePolicy: (_, { version }) => answer(approval({ version })),
    getAcknowledgements: () => answer(progress()),
    acknowledgePolicy: (_, { version }) => answer(acknowledgement({ version })),
    remindOfPolicy: () => answer({ people: progress().missing.length }),
    listOwnAcknowledgements: () => answer({ items: [ownAcknowledgement()] }),
  };
}
