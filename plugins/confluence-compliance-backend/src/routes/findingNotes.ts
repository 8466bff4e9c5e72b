// SPDX-License-Identifier: Apache-2.0
import {
  addCommentSchema,
  assignedFindingsSchema,
  assignFindingsSchema,
  checkRunPermission,
  findingCommentSchema,
  findingCommentsSchema,
  findingReadPermission,
  findingUpdatePermission,
  listQuerySchema,
  recheckAnswerSchema,
  recheckFindingSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { readOwner } from '../connections';
import { assertOwner } from './assertOwner';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: z.string().min(1).max(1000) });

/** What people do about findings. */
export function findingNoteRoutes(rooms: Rooms): Route[] {
  const { checks } = rooms;
  return [
    defineRoute({
      id: 'assignFindings',
      method: 'post',
      path: '/findings/assign',
      summary: 'Gives findings to somebody, or to nobody',
      permissions: [findingUpdatePermission],
      body: assignFindingsSchema,
      status: 200,
      answer: assignedFindingsSchema,
      errors: [],
      audit: 'finding-assign',
      madeOf: ({ assigned }) => ({ assigned }),
      handle: async ({ body: { findings, owner }, actor, credentials }) => {
        const asked = owner === 'me' ? actor : owner;
        if (asked !== null) {
          await assertOwner(rooms.catalog, asked, credentials);
        }
        const to = asked === null ? undefined : readOwner(asked);
        return { assigned: await checks.assign(findings, to, actor) };
      },
    }),
    defineRoute({
      id: 'recheckFinding',
      method: 'post',
      path: '/findings/recheck',
      summary: 'Asks for a new look at a finding, by a run of its whole check',
      permissions: [checkRunPermission, findingReadPermission],
      body: recheckFindingSchema,
      status: 202,
      answer: recheckAnswerSchema,
      errors: [409],
      audit: 'finding-recheck',
      madeOf: ({ check }) => ({ check }),
      handle: ({ body: { finding } }) => checks.recheck(finding),
    }),
    defineRoute({
      id: 'listComments',
      method: 'get',
      path: '/findings/:id/comments',
      summary: 'What people wrote about a finding',
      permissions: [findingReadPermission],
      params,
      query: listQuerySchema.pick({ cursor: true, limit: true }),
      status: 200,
      answer: findingCommentsSchema,
      errors: [404],
      handle: ({ params: { id }, query }) => checks.notes.comments(id, query),
    }),
    defineRoute({
      id: 'addComment',
      method: 'post',
      path: '/findings/:id/comments',
      summary: 'Writes something about a finding',
      permissions: [findingUpdatePermission],
      params,
      body: addCommentSchema,
      status: 201,
      answer: findingCommentSchema,
      errors: [404],
      audit: 'finding-comment',
      madeOf: ({ id }) => ({ id }),
      handle: ({ params: { id }, body: { text }, actor }) =>
        checks.notes.comment(id, text, actor),
    }),
  ];
}
