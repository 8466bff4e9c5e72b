// SPDX-License-Identifier: Apache-2.0
import { connectionReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Router } from 'express';
import { z } from 'zod';
import { accessRoutes } from './access';
import { acknowledgementRoutes } from './acknowledgements';
import { accountRoutes } from './accounts';
import { changeRoutes } from './changes';
import { checkRoutes } from './checks';
import { connectionRoutes } from './connections';
import { connectionSetupRoutes } from './connectionSetup';
import { controlRoutes } from './controls';
import { criticalSystemRoutes } from './criticalSystems';
import { exceptionRoutes } from './exceptions';
import { findingNoteRoutes } from './findingNotes';
import { findingRoutes } from './findings';
import { groupRoutes } from './groups';
import { MountDeps, mountRoutes } from './mountRoutes';
import { openApiDocument } from './openapi';
import { pageRoutes } from './pages';
import { peopleRoutes } from './people';
import { policyRoutes } from './policies';
import { policyEditorRoutes } from './policyEditors';
import { policyMappingRoutes } from './policyMappings';
import { refusedRoutes } from './refused';
import { reviewRemovalRoutes } from './reviewRemovals';
import { reviewRoutes } from './reviews';
import { reviewTemplateRoutes } from './reviewTemplates';
import type { Rooms } from './rooms';
import { defineRoute, Route } from './route';
import { runRoutes } from './runs';
import { spaceRoutes } from './spaces';

/** Every route of the plugin. */
export function allRoutes(rooms: Rooms): Route[] {
  const routes: Route[] = [
    ...connectionRoutes(rooms),
    ...connectionSetupRoutes(rooms),
    ...runRoutes(rooms),
    ...refusedRoutes(rooms),
    ...peopleRoutes(rooms),
    ...accountRoutes(rooms),
    ...groupRoutes(rooms),
    ...spaceRoutes(rooms),
    ...pageRoutes(rooms),
    ...checkRoutes(rooms),
    ...controlRoutes(rooms),
    ...findingRoutes(rooms),
    ...exceptionRoutes(rooms),
    ...findingNoteRoutes(rooms),
    ...criticalSystemRoutes(rooms),
    ...policyRoutes(rooms),
    ...policyEditorRoutes(rooms),
    ...policyMappingRoutes(rooms),
    ...acknowledgementRoutes(rooms),
    ...reviewRoutes(rooms),
    ...reviewRemovalRoutes(rooms),
    ...reviewTemplateRoutes(rooms),
    ...accessRoutes(rooms),
    ...changeRoutes(rooms),
  ];
  const document = defineRoute({
    id: 'getOpenApi',
    method: 'get',
    path: '/openapi.json',
    summary: 'This document',
    permissions: [connectionReadPermission],
    status: 200,
    answer: z.record(z.string(), z.unknown()),
    errors: [],
    handle: async () => openApiDocument(routes),
  });
  routes.push(document);
  return routes;
}

/** The HTTP API of the plugin. */
export function createRouter(rooms: Rooms, deps: MountDeps): Router {
  return mountRoutes(allRoutes(rooms), deps);
}
