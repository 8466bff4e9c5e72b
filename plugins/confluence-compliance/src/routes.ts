// SPDX-License-Identifier: Apache-2.0
import {
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** @public */
export const rootRouteRef = createRouteRef();

/** @public */
export const overviewRouteRef = createRouteRef();

/** @public */
export const accountsRouteRef = createRouteRef();

/** @public */
export const accountRouteRef = createSubRouteRef({
  parent: accountsRouteRef,
  path: '/:connection/:accountId',
});

/** @public */
export const identifyRouteRef = createSubRouteRef({
  parent: accountsRouteRef,
  path: '/identify',
});

/** @public */
export const peopleRouteRef = createSubRouteRef({
  parent: accountsRouteRef,
  path: '/people',
});

/** @public */
export const groupsRouteRef = createRouteRef();

/** @public */
export const groupRouteRef = createSubRouteRef({
  parent: groupsRouteRef,
  path: '/:connection/:groupId',
});

/** @public */
export const spacesRouteRef = createRouteRef();

/** @public */
export const spaceRouteRef = createSubRouteRef({
  parent: spacesRouteRef,
  path: '/:connection/:key',
});

/** @public */
export const checksRouteRef = createRouteRef();

/** @public */
export const checkRouteRef = createSubRouteRef({
  parent: checksRouteRef,
  path: '/:id',
});

/** @public */
export const exceptionsRouteRef = createSubRouteRef({
  parent: checksRouteRef,
  path: '/exceptions',
});

/** @public */
export const policiesRouteRef = createRouteRef();

/** @public */
export const policyRouteRef = createSubRouteRef({
  parent: policiesRouteRef,
  path: '/:id',
});

/** @public */
export const reviewsRouteRef = createRouteRef();

/** @public */
export const newReviewRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/new',
});

/** @public */
export const newReviewTemplateRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/recurring/new',
});

/** @public */
export const reviewTemplateRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/recurring/:id/edit',
});

/** @public */
export const reviewRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/:id',
});

/** @public */
export const decideReviewRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/:id/decide',
});

/** @public */
export const remediationsRouteRef = createSubRouteRef({
  parent: reviewsRouteRef,
  path: '/:id/remediations',
});

/** @public */
export const controlsRouteRef = createSubRouteRef({
  parent: checksRouteRef,
  path: '/controls',
});

/** @public */
export const findingsRouteRef = createSubRouteRef({
  parent: checksRouteRef,
  path: '/findings',
});

/** @public */
export const connectionsRouteRef = createRouteRef();

/** @public */
export const newConnectionRouteRef = createSubRouteRef({
  parent: connectionsRouteRef,
  path: '/new',
});

/** @public */
export const connectionSetupRouteRef = createSubRouteRef({
  parent: connectionsRouteRef,
  path: '/:id/setup',
});
