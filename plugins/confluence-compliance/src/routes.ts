// SPDX-License-Identifier: Apache-2.0
import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** @public */
export const rootRouteRef = createRouteRef();

/** @public */
export const connectionsRouteRef = createRouteRef();

/** @public */
export const accountsRouteRef = createRouteRef();

/** @public */
export const checksRouteRef = createRouteRef();

/** @public */
export const checkRouteRef = createSubRouteRef({
  parent: checksRouteRef,
  path: '/:id',
});
