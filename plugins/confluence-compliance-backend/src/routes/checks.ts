// SPDX-License-Identifier: Apache-2.0
import {
  attestationSchema,
  attestSchema,
  checkAttestPermission,
  checkReadPermission,
  checkRunPermission,
  checkRunSchema,
  checkSchema,
  checksQuerySchema,
  pageSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { explainedChecks, explainer } from './explain';
import { pathId } from './parse';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

export function checkRoutes(rooms: Rooms): Route[] {
  const { checks, history } = rooms;
  return [
    defineRoute({
      id: 'listChecks',
      method: 'get',
      path: '/checks',
      summary: 'The checks and where they stand',
      permissions: [checkReadPermission],
      query: checksQuerySchema,
      status: 200,
      answer: pageSchema(checkSchema),
      errors: [],
      handle: async ({ query: { connection } }) => {
        const items = await explainedChecks(rooms, connection);
        return {
          items,
          pageInfo: {},
          totalItems: items.length,
          revision: await history.head(),
        };
      },
    }),
    defineRoute({
      id: 'getCheck',
      method: 'get',
      path: '/checks/:id',
      summary: 'One check and where it stands',
      permissions: [checkReadPermission],
      params,
      status: 200,
      answer: checkSchema,
      errors: [404],
      handle: async ({ params: { id } }) => {
        const check = await checks.get(id);
        const explain = await explainer(rooms);
        return { ...check, reason: check.reason && explain(check.reason) };
      },
    }),
    defineRoute({
      id: 'runCheck',
      method: 'post',
      path: '/checks/:id/run',
      summary: 'Asks for a run of a check as soon as possible',
      permissions: [checkRunPermission],
      params,
      status: 202,
      answer: checkRunSchema,
      errors: [404, 409],
      audit: 'check-run',
      handle: ({ params: { id } }) => checks.requestRun(id),
    }),
    defineRoute({
      id: 'listAttestations',
      method: 'get',
      path: '/checks/:id/attestations',
      summary: 'What people attested of a check, the newest first',
      permissions: [checkReadPermission],
      params,
      status: 200,
      answer: pageSchema(attestationSchema),
      errors: [404],
      handle: async ({ params: { id } }) => {
        const items = await checks.attestations.list(id);
        return {
          items,
          pageInfo: {},
          totalItems: items.length,
          revision: await history.head(),
        };
      },
    }),
    defineRoute({
      id: 'attestCheck',
      method: 'post',
      path: '/checks/:id/attestations',
      summary: 'Attests a check that nothing can be read for',
      permissions: [checkAttestPermission],
      params,
      body: attestSchema,
      status: 201,
      answer: attestationSchema,
      errors: [404, 409],
      audit: 'check-attest',
      madeOf: ({ id: attestation }) => ({ attestation }),
      handle: ({ params: { id }, body, actor }) =>
        checks.attestations.attest(id, body, actor),
    }),
  ];
}
