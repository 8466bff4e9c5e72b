// SPDX-License-Identifier: Apache-2.0
import { ResponseError } from '@backstage/errors';
import type { ConfluenceComplianceApi } from '../../api';

/** Rejects as the client does when the backend has answered with an error. */
export async function refuse(
  statusCode: number,
  message: string,
): Promise<never> {
  throw await ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode },
      }),
      {
        status: statusCode,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}

/** The permission that the backend names when it refuses. */
export const permissions: Partial<
  Record<keyof ConfluenceComplianceApi, string>
> = {
  listConnections: 'connection.read',
  getConnection: 'connection.read',
  getConnectionSetup: 'connection.create',
  listContainers: 'connection.read',
  listRefused: 'connection.read',
  listAccounts: 'account.read',
  getAccount: 'account.read',
  listPeople: 'account.link',
  listUnidentified: 'account.link',
  getAccountDecisions: 'account.read',
  listAccountGrants: 'account.read',
  listGroups: 'group.read',
  getGroup: 'group.read',
  listGroupMembers: 'group.read',
  listGroupGrants: 'group.read',
  listAccountChanges: 'account.read',
  listGroupChanges: 'account.read',
  listSpaceChanges: 'space.read',
  listPages: 'page.read',
  listSpaces: 'space.read',
  getSpace: 'space.read',
  listSpaceGrants: 'space.read',
  listChecks: 'check.read',
  listControls: 'check.read',
  getCheck: 'check.read',
  listCriticalSystems: 'check.read',
  listFindings: 'finding.read',
  listComments: 'finding.read',
  listExceptions: 'finding.read',
  listPolicies: 'page.read',
  getPolicy: 'page.read',
  getPolicyEditors: 'page.read',
  findPolicyPages: 'page.read',
  getPolicyDifference: 'policy.read',
  getAcknowledgements: 'policy.read',
  listOwnAcknowledgements: 'policy.acknowledge',
  getTrend: 'finding.read',
  getAccess: 'access.read',
  listReviews: 'review.read',
  getReview: 'review.read',
  listReviewItems: 'review.read',
  listReviewTemplates: 'review.read',
  listRemediations: 'review.read',
  getReviewItemHistory: 'review.read',
  listOwnReviews: 'review.decide',
  listOpenDecisions: 'review.decide',
  listDelegations: 'review.decide',
  listAllDelegations: 'review.manage',
  listReviewHistory: 'review.read',
  previewReview: 'review.manage',
  listOwnReviewItems: 'review.decide',
};
