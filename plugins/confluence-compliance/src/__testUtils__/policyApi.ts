// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { connection, hostile, pageOf } from './fixtures';
import { progress } from './fixtures/acknowledgements';
import { ownedPages } from './fixtures/pages';
import {
  policies,
  policyDetail,
  policyDifference,
  policyDocuments,
  policyEditors,
  policyPages,
} from './fixtures/policies';

/** Policies of which somebody chooses the pages. */
export function policyApi(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () =>
      pageOf([connection({ purposes: ['access-review', 'policy'] })]),
    listPolicies: async () => pageOf(policies),
    listPolicyDocuments: async () => pageOf(policyDocuments),
    listPages: jest.fn(async () =>
      pageOf([{ ...ownedPages[1], title: `Backup ${hostile}` }]),
    ),
    findPolicyPages: jest.fn(async ({ id, label, title }) =>
      policyPages(id ?? label ?? title ?? ''),
    ) as ConfluenceComplianceApi['findPolicyPages'],
    mapPolicy: jest.fn(async () => policyDetail()),
    unmapPolicy: jest.fn(async () => undefined),
    getPolicy: async () => policyDetail(),
    getPolicyDifference: async () => policyDifference(),
    getPolicyEditors: async () => policyEditors(),
    getAcknowledgements: async () => progress(),
    listOwnAcknowledgements: async () => ({ items: [] }),
    getAccount: jest.fn(async () => ({})) as never,
    ...more,
  };
}
