// SPDX-License-Identifier: Apache-2.0
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Permission } from '@backstage/plugin-permission-common';
import {
  accountReadPermission,
  connectionReadPermission,
  groupReadPermission,
  pageReadPermission,
  refusedPageSchema,
  refusedQuerySchema,
  type RefusedRow,
  spaceReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import type { DatasetName } from '../history';
import { pathId } from './parse';
import { listOptions, type Rooms } from './rooms';
import { defineRoute, Route } from './route';

const params = z.object({ id: pathId });

type Kind = RefusedRow['subject']['kind'];

/** What it takes to see the rows of a dataset. */
const OF_DATASET: Partial<Record<string, Permission>> = {
  accounts: accountReadPermission,
  groups: groupReadPermission,
  memberships: groupReadPermission,
  spaces: spaceReadPermission,
  grants: spaceReadPermission,
  pages: pageReadPermission,
  labels: pageReadPermission,
  restrictions: pageReadPermission,
  directory: accountReadPermission,
  credentials: accountReadPermission,
};

/** What it takes to see the names of what rows are about. */
const OF_KIND = new Map<Kind, Permission>([
  ['account', accountReadPermission],
  ['group', groupReadPermission],
  ['space', spaceReadPermission],
  ['page', pageReadPermission],
]);

/** What accepting a refused shrink would close. */
export function refusedRoutes(rooms: Rooms): Route[] {
  return [
    defineRoute({
      id: 'listRefused',
      method: 'get',
      path: '/runs/:id/refused',
      summary: 'The rows that accepting a refused shrink would close',
      permissions: [connectionReadPermission],
      params,
      query: refusedQuerySchema,
      status: 200,
      answer: refusedPageSchema,
      errors: [404, 410],
      handle: async ({ params: { id }, query, allows }) => {
        const run = await rooms.sync.run(id);
        const { readId, ...paged } = query;
        const shrink = run.refused.find(one => one.readId === readId);
        if (!shrink) {
          throw new NotFoundError(
            `Run ${id} refused nothing of read ${readId}`,
          );
        }
        const { dataset, container } = shrink;
        const needed = OF_DATASET[dataset] ?? connectionReadPermission;
        if (!(await allows(needed))) {
          throw new NotAllowedError(`Missing the permission '${needed.name}'`);
        }
        const named = new Set<Kind>();
        for (const [kind, permission] of OF_KIND) {
          if (await allows(permission)) {
            named.add(kind);
          }
        }
        const page = await rooms.lists.refused({
          ...(await listOptions(rooms, paged)),
          connection: run.connection,
          readId,
          dataset: dataset as DatasetName,
          container,
          named,
        });
        const nameless = new Set(
          page.items.flatMap(({ subject: { kind } }) => {
            const permission = OF_KIND.get(kind);
            return permission && !named.has(kind) ? [permission.name] : [];
          }),
        );
        return { ...page, namesNeed: [...nameless] };
      },
    }),
  ];
}
