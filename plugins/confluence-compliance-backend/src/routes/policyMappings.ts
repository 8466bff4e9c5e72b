// SPDX-License-Identifier: Apache-2.0
import {
  pageReadPermission,
  policyDetailSchema,
  policyManagePermission,
  policyMappingInputSchema,
  policyPagesQuerySchema,
  policyPagesSchema,
  type PolicyMappingInput,
  type PolicyPagesQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import type { PageRule } from '../config';
import { assertInCatalog } from './assertInCatalog';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

/** Choosing the pages of documents in the portal. */
export function policyMappingRoutes(rooms: Rooms): Route[] {
  const { catalog, checks, groupReader, history, mappings } = rooms;
  const mapping = {
    path: '/policies/:id/mapping',
    permissions: [policyManagePermission],
    params: z.object({ id: pathId }),
  };
  return [
    defineRoute({
      id: 'findPolicyPages',
      method: 'get',
      path: '/policy-pages',
      summary: 'Which pages a rule finds, before a policy is mapped by it',
      permissions: [pageReadPermission],
      query: policyPagesQuerySchema,
      status: 200,
      answer: policyPagesSchema,
      errors: [],
      handle: async ({ query }) => {
        const { connection } = query;
        const page = ruleOf(query);
        await mappings.check({ connection, page });
        return checks.policyPages({ connection, page }, await history.head());
      },
    }),
    defineRoute({
      ...mapping,
      id: 'mapPolicy',
      method: 'put',
      summary:
        'Chooses the page of a document and whom it concerns, or other ones',
      body: policyMappingInputSchema,
      status: 200,
      answer: policyDetailSchema,
      errors: [404, 409],
      audit: 'policy-map',
      handle: async ({ params: { id }, body, actor, credentials }) => {
        await assertInCatalog(catalog, groupsOf(body), credentials);
        await mappings.map(id, body, actor);
        await groupReader.soon();
        await checks.afterChangeOf('policies');
        return checks.policy(id, await history.head());
      },
    }),
    defineRoute({
      ...mapping,
      id: 'unmapPolicy',
      method: 'delete',
      summary: 'Takes off the page that was chosen in the portal',
      status: 204,
      errors: [404, 409],
      audit: 'policy-unmap',
      handle: async ({ params: { id }, actor }) => {
        await mappings.unmap(id, actor);
        await checks.afterChangeOf('policies');
      },
    }),
  ];
}

/** The query names the page in exactly one way. */
function ruleOf({ id, label, space, title }: PolicyPagesQuery): PageRule {
  if (id !== undefined) {
    return { by: 'id', id };
  }
  return label !== undefined
    ? { by: 'label', label }
    : { by: 'title', space: space ?? '', title: title ?? '' };
}

/** The groups whom a policy is to concern. */
function groupsOf({ acknowledgedBy = [] }: PolicyMappingInput) {
  const refs = Object.fromEntries(
    acknowledgedBy.map((ref, place) => [`acknowledgedBy[${place}]`, ref]),
  );
  return { refs, cure: 'enter a group that is, such as group:default/staff' };
}
