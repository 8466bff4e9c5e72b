// SPDX-License-Identifier: Apache-2.0
import {
  approveExceptionSchema,
  endExceptionSchema,
  exceptionApprovePermission,
  exceptionPageSchema,
  exceptionRequestPermission,
  exceptionsQuerySchema,
  findingReadPermission,
  requestedExceptionsSchema,
  requestExceptionsSchema,
  withdrawExceptionSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { assertPeople } from './assertPeople';
import { pathId } from './parse';
import { listOptions, Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

export function exceptionRoutes(rooms: Rooms): Route[] {
  const { checks } = rooms;
  return [
    defineRoute({
      id: 'listExceptions',
      method: 'get',
      path: '/exceptions',
      summary: 'Findings that are accepted, or that somebody asks to accept',
      permissions: [findingReadPermission],
      query: exceptionsQuerySchema,
      status: 200,
      answer: exceptionPageSchema,
      errors: [410],
      handle: async ({ query, actor, allows }) => {
        const mayDecide = await allows(exceptionApprovePermission);
        const mayRequest = await allows(exceptionRequestPermission);
        const page = await checks.exceptions.list({
          ...(await listOptions(rooms, query)),
          query,
          actor,
          mayDecide,
          mayRequest,
        });
        const { maxDays } = checks.exceptions;
        return { ...page, maxDays, mayDecide, mayRequest };
      },
    }),
    defineRoute({
      id: 'requestExceptions',
      method: 'post',
      path: '/exceptions',
      summary: 'Asks for exceptions of findings, for one reason',
      permissions: [exceptionRequestPermission],
      body: requestExceptionsSchema,
      status: 201,
      answer: requestedExceptionsSchema,
      errors: [409],
      audit: 'exception-request',
      madeOf: ({ ids }) => ({ ids }),
      handle: async ({ actor, body, credentials }) => {
        const { approver } = body;
        await assertPeople(rooms.catalog, { approver }, credentials);
        return { ids: await checks.exceptions.request(actor, body) };
      },
    }),
    defineRoute({
      id: 'approveException',
      method: 'post',
      path: '/exceptions/:id/approve',
      summary: 'Makes an exception live',
      permissions: [exceptionApprovePermission],
      params,
      body: approveExceptionSchema,
      status: 204,
      errors: [404, 409],
      audit: 'exception-approve',
      handle: ({ params: { id }, actor, body: { note } }) =>
        checks.exceptions.approve({ id, actor, note }),
    }),
    defineRoute({
      id: 'rejectException',
      method: 'post',
      path: '/exceptions/:id/reject',
      summary: 'Refuses an exception',
      permissions: [exceptionApprovePermission],
      params,
      body: endExceptionSchema,
      status: 204,
      errors: [404, 409],
      audit: 'exception-reject',
      handle: ({ params: { id }, actor, body: { note } }) =>
        checks.exceptions.reject({ id, actor, note }),
    }),
    defineRoute({
      id: 'withdrawException',
      method: 'post',
      path: '/exceptions/:id/withdraw',
      summary: 'Takes back what one asked for',
      permissions: [exceptionRequestPermission],
      params,
      body: withdrawExceptionSchema,
      status: 204,
      errors: [404, 409],
      audit: 'exception-withdraw',
      handle: ({ params: { id }, actor, body: { note } }) =>
        checks.exceptions.withdraw({ id, actor, note }),
    }),
    defineRoute({
      id: 'endException',
      method: 'post',
      path: '/exceptions/:id/end',
      summary: 'Ends a live exception before its time',
      permissions: [exceptionApprovePermission],
      params,
      body: endExceptionSchema,
      status: 204,
      errors: [404, 409],
      audit: 'exception-end',
      handle: ({ params: { id }, actor, body: { note } }) =>
        checks.exceptions.end({ id, actor, note }),
    }),
  ];
}
