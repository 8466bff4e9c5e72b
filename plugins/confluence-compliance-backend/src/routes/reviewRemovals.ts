// SPDX-License-Identifier: Apache-2.0
import {
  executedRemovalsSchema,
  executeRemovalsSchema,
  previewRemovalsSchema,
  remediationExecutePermission,
  removalPreviewSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

/** Removing at Confluence what reviews revoked, where the configuration switches that on. */
export function reviewRemovalRoutes({ reviewRemovals }: Rooms): Route[] {
  const common = {
    method: 'post' as const,
    permissions: [remediationExecutePermission],
    params: z.object({ id: pathId }),
    status: 200 as const,
    errors: [404 as const, 409 as const],
  };
  return [
    defineRoute({
      ...common,
      id: 'previewRemovals',
      path: '/reviews/:id/removals/preview',
      summary: 'Which requests a removal would send, or why not; sends nothing',
      body: previewRemovalsSchema,
      answer: removalPreviewSchema,
      audit: 'review-removal-preview',
      handle: ({ params: { id }, body, actor }) =>
        reviewRemovals.preview(id, actor, body.items),
    }),
    defineRoute({
      ...common,
      id: 'executeRemovals',
      path: '/reviews/:id/removals',
      summary: 'Sends what the preview has shown to Confluence',
      body: executeRemovalsSchema,
      answer: executedRemovalsSchema,
      audit: 'review-removal',
      handle: ({ params: { id }, body, actor }) =>
        reviewRemovals.execute(id, actor, body),
    }),
  ];
}
