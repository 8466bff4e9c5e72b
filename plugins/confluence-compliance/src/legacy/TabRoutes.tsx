// SPDX-License-Identifier: Apache-2.0
import { ApiProvider } from '@backstage/core-app-api';
import {
  type AnyRouteRefParams,
  type ApiHolder,
  type ApiRef,
  type RouteFunc,
  type RouteResolutionApi,
  routeResolutionApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { type PropsWithChildren, useMemo } from 'react';
import { generatePath } from 'react-router-dom';
import {
  accountRouteRef,
  accountsRouteRef,
  checkRouteRef,
  checksRouteRef,
  connectionSetupRouteRef,
  connectionsRouteRef,
  decideReviewRouteRef,
  exceptionsRouteRef,
  controlsRouteRef,
  findingsRouteRef,
  groupRouteRef,
  groupsRouteRef,
  identifyRouteRef,
  newConnectionRouteRef,
  newReviewRouteRef,
  newReviewTemplateRouteRef,
  overviewRouteRef,
  peopleRouteRef,
  policiesRouteRef,
  policyRouteRef,
  remediationsRouteRef,
  reviewRouteRef,
  reviewsRouteRef,
  reviewTemplateRouteRef,
  rootRouteRef,
  spaceRouteRef,
  spacesRouteRef,
} from '../routes';

const paths = new Map<unknown, string>([
  [overviewRouteRef, '/overview'],
  [accountsRouteRef, '/accounts'],
  [accountRouteRef, '/accounts/:connection/:accountId'],
  [identifyRouteRef, '/accounts/identify'],
  [peopleRouteRef, '/accounts/people'],
  [groupsRouteRef, '/groups'],
  [groupRouteRef, '/groups/:connection/:groupId'],
  [spacesRouteRef, '/spaces'],
  [spaceRouteRef, '/spaces/:connection/:key'],
  [checksRouteRef, '/checks'],
  [controlsRouteRef, '/checks/controls'],
  [checkRouteRef, '/checks/:id'],
  [exceptionsRouteRef, '/checks/exceptions'],
  [policiesRouteRef, '/policies'],
  [policyRouteRef, '/policies/:id'],
  [reviewsRouteRef, '/reviews'],
  [newReviewRouteRef, '/reviews/new'],
  [newReviewTemplateRouteRef, '/reviews/recurring/new'],
  [reviewTemplateRouteRef, '/reviews/recurring/:id/edit'],
  [reviewRouteRef, '/reviews/:id'],
  [decideReviewRouteRef, '/reviews/:id/decide'],
  [remediationsRouteRef, '/reviews/:id/remediations'],
  [findingsRouteRef, '/checks/findings'],
  [connectionsRouteRef, '/connections'],
  [newConnectionRouteRef, '/connections/new'],
  [connectionSetupRouteRef, '/connections/:id/setup'],
]);

type Resolve = RouteResolutionApi['resolve'];

/**
 * A classic app mounts one route for the whole page, while each tab has a route ref of its
 * own in the new frontend system. So tabs are found below the mounted one.
 */
class TabRouteResolution implements RouteResolutionApi {
  readonly #app: RouteResolutionApi;

  constructor(app: RouteResolutionApi) {
    this.#app = app;
  }

  resolve<TParams extends AnyRouteRefParams>(
    ...[ref, options]: Parameters<Resolve>
  ): RouteFunc<TParams> | undefined {
    const path = paths.get(ref);
    if (path === undefined) {
      return this.#app.resolve(ref, options) as RouteFunc<TParams> | undefined;
    }
    const root = this.#app.resolve(rootRouteRef, options);
    return root && ((...[params]) => `${root()}${generatePath(path, params)}`);
  }
}

class OneApi implements ApiHolder {
  readonly #routes: RouteResolutionApi;

  constructor(routes: RouteResolutionApi) {
    this.#routes = routes;
  }

  get<T>(ref: ApiRef<T>): T | undefined {
    return ref.id === routeResolutionApiRef.id
      ? (this.#routes as T)
      : undefined;
  }
}

/** Resolves the route refs of the tabs in a classic app; without our page, to nothing. */
export function TabRoutes({ children }: PropsWithChildren) {
  const app = useApi(routeResolutionApiRef);
  const apis = useMemo(() => new OneApi(new TabRouteResolution(app)), [app]);
  return <ApiProvider apis={apis}>{children}</ApiProvider>;
}
