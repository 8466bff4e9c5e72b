// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import {
  pageReadPermission,
  pageSchema,
  policyApprovalInputSchema,
  policyApprovalSchema,
  policyApprovePermission,
  policyDetailSchema,
  policyDocumentSchema,
  policyDifferenceSchema,
  policyReadPermission,
  policySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import {
  type ApprovedPage,
  frameworkDocuments,
  requireCurrentPage,
} from '../policies';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

export function policyRoutes(rooms: Rooms): Route[] {
  const { approvals, checks, config, history, policies } = rooms;
  const pageOf = async (id: string): Promise<ApprovedPage> => {
    const policy = await policies.get(id, await history.head());
    const page = requireCurrentPage(policy, 'it can be approved');
    const { connection } = policy;
    return { policy: id, connection, pageId: page.id };
  };
  return [
    defineRoute({
      id: 'listPolicies',
      method: 'get',
      path: '/policies',
      summary: 'Documents that the organization must have',
      permissions: [pageReadPermission],
      status: 200,
      answer: pageSchema(policySchema),
      errors: [],
      handle: async () => {
        const revision = await history.head();
        const items = await checks.policiesChecked(revision);
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
    defineRoute({
      id: 'listPolicyDocuments',
      method: 'get',
      path: '/policy-documents',
      summary:
        'Documents that the chosen frameworks ask for, and which are there',
      permissions: [pageReadPermission],
      status: 200,
      answer: pageSchema(policyDocumentSchema),
      errors: [],
      handle: async () => {
        const items = frameworkDocuments({
          ...config,
          policies: await policies.named(),
        });
        const revision = await history.head();
        return { items, pageInfo: {}, totalItems: items.length, revision };
      },
    }),
    defineRoute({
      id: 'getPolicy',
      method: 'get',
      path: '/policies/:id',
      summary: 'One of them, with its approvals and what the checks say',
      permissions: [pageReadPermission],
      params,
      status: 200,
      answer: policyDetailSchema,
      errors: [404],
      handle: async ({ params: { id } }) =>
        checks.policy(id, await history.head()),
    }),
    defineRoute({
      id: 'getPolicyDifference',
      method: 'get',
      path: '/policies/:id/difference',
      summary: 'What was approved against what is published at this moment',
      permissions: [policyReadPermission],
      params,
      status: 200,
      answer: policyDifferenceSchema,
      errors: [404, 409, 503],
      handle: async ({ params: { id } }) =>
        approvals.difference(await pageOf(id)),
    }),
    defineRoute({
      id: 'approvePolicy',
      method: 'post',
      path: '/policies/:id/approvals',
      summary: 'Approves the version of its page that is published now',
      permissions: [policyApprovePermission],
      params,
      body: policyApprovalInputSchema,
      status: 201,
      answer: policyApprovalSchema,
      errors: [404, 409, 503],
      audit: 'policy-approve',
      handle: async ({ params: { id }, body, actor }) => {
        const page = await pageOf(id);
        if (page.pageId !== body.pageId) {
          throw new ConflictError(
            `The page of the policy '${id}' is ${page.pageId} by now: read that, then approve it`,
          );
        }
        const approval = await approvals.approve(page, body, actor);
        await checks.afterChangeOf('policies');
        return approval;
      },
    }),
  ];
}
