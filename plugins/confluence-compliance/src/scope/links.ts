// SPDX-License-Identifier: Apache-2.0
import { useRouteRef } from '@backstage/frontend-plugin-api';
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
  peopleRouteRef,
  newConnectionRouteRef,
  newReviewRouteRef,
  newReviewTemplateRouteRef,
  overviewRouteRef,
  policiesRouteRef,
  policyRouteRef,
  remediationsRouteRef,
  reviewRouteRef,
  reviewTemplateRouteRef,
  reviewsRouteRef,
  spaceRouteRef,
  spacesRouteRef,
} from '../routes';
import { useScope } from './useScope';

type Params = Record<string, string | undefined>;

/** Adds query parameters to an address; absent ones are left out. */
function withParams(href: string | undefined, ...all: Params[]) {
  if (href === undefined) {
    return undefined;
  }
  const search = new URLSearchParams();
  for (const [name, value] of all.flatMap(Object.entries)) {
    if (value) {
      search.set(name, value);
    }
  }
  return search.size > 0 ? `${href}?${search}` : href;
}

/**
 * Addresses inside the plugin, with the scope kept on them. Undefined where the app has
 * taken the page away. Filters given win over the scope.
 */
export function useLinks() {
  const { connection, asOf } = useScope();
  const scope = { connection, asOf };
  const overview = useRouteRef(overviewRouteRef);
  const accounts = useRouteRef(accountsRouteRef);
  const account = useRouteRef(accountRouteRef);
  const identify = useRouteRef(identifyRouteRef);
  const people = useRouteRef(peopleRouteRef);
  const groups = useRouteRef(groupsRouteRef);
  const group = useRouteRef(groupRouteRef);
  const spaces = useRouteRef(spacesRouteRef);
  const space = useRouteRef(spaceRouteRef);
  const checks = useRouteRef(checksRouteRef);
  const check = useRouteRef(checkRouteRef);
  const exceptions = useRouteRef(exceptionsRouteRef);
  const policies = useRouteRef(policiesRouteRef);
  const policy = useRouteRef(policyRouteRef);
  const reviews = useRouteRef(reviewsRouteRef);
  const newReview = useRouteRef(newReviewRouteRef);
  const newReviewTemplate = useRouteRef(newReviewTemplateRouteRef);
  const reviewTemplate = useRouteRef(reviewTemplateRouteRef);
  const review = useRouteRef(reviewRouteRef);
  const decideReview = useRouteRef(decideReviewRouteRef);
  const remediations = useRouteRef(remediationsRouteRef);
  const controls = useRouteRef(controlsRouteRef);
  const findings = useRouteRef(findingsRouteRef);
  const connections = useRouteRef(connectionsRouteRef);
  const newConnection = useRouteRef(newConnectionRouteRef);
  const setup = useRouteRef(connectionSetupRouteRef);
  return {
    overview: () => withParams(overview?.(), scope),
    accounts: (filters: Params = {}) =>
      withParams(accounts?.(), scope, filters),
    account: (of: { connection: string; accountId: string }) =>
      withParams(account?.(of), scope),
    identify: () => withParams(identify?.(), { connection }),
    people: () => withParams(people?.(), { connection }),
    groups: (filters: Params = {}) => withParams(groups?.(), scope, filters),
    group: (of: { connection: string; groupId: string }) =>
      withParams(group?.(of), scope),
    spaces: (filters: Params = {}) => withParams(spaces?.(), scope, filters),
    space: (of: { connection: string; key: string }) =>
      withParams(space?.(of), scope),
    checks: (filters: Params = {}) => withParams(checks?.(), scope, filters),
    check: (id: string, filters: Params = {}) =>
      withParams(check?.({ id }), scope, filters),
    exceptions: (filters: Params = {}) =>
      withParams(exceptions?.(), { connection }, filters),
    policies: (filters: Params = {}) =>
      withParams(policies?.(), scope, filters),
    policy: (id: string) => withParams(policy?.({ id }), scope),
    reviews: () => withParams(reviews?.(), scope),
    newReview: () => withParams(newReview?.(), scope),
    newReviewTemplate: () => withParams(newReviewTemplate?.(), scope),
    reviewTemplate: (id: string) => withParams(reviewTemplate?.({ id }), scope),
    review: (id: string) => withParams(review?.({ id }), scope),
    decideReview: (id: string, filters: Params = {}) =>
      withParams(decideReview?.({ id }), scope, filters),
    remediations: (id: string, filters: Params = {}) =>
      withParams(remediations?.({ id }), scope, filters),
    controls: (filters: Params = {}) =>
      withParams(controls?.(), scope, filters),
    findings: (filters: Params = {}) =>
      withParams(findings?.(), scope, filters),
    connections: () => withParams(connections?.(), scope),
    newConnection: (step: Params = {}) =>
      withParams(newConnection?.(), { connection }, step),
    connectionSetup: (id: string, step: Params = {}) =>
      withParams(setup?.({ id }), { connection }, step),
  };
}
