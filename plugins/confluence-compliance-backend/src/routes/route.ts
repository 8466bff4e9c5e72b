// SPDX-License-Identifier: Apache-2.0
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Permission } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type { AccountCriteria } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { z } from 'zod';

/** What a route is called with, once it is allowed and parsed. */
export interface RouteRequest<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** User entity ref or service subject. */
  actor: string;
  /** Who asks; for asking other services on their behalf. */
  credentials: BackstageCredentials;
  /** Whether they have this permission too, and not under conditions. */
  allows(permission: Permission): Promise<boolean>;
  /** The accounts they may see; absent: all. Only where the route narrows. */
  accounts?: AccountCriteria;
}

/** One route: what it takes, what it answers, who may use it. The API document is made of these. */
export interface Route<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  /** Unique name of the operation. */
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** With parameters as in `/connections/:id`. */
  path: string;
  summary: string;
  /** All of them are needed. */
  permissions: Permission[];
  /** The one resource that its resource permissions are about. */
  resourceRef?(params: z.output<P>): string | Promise<string>;
  /**
   * Whoever may see some accounts only gets these: the handler must apply `accounts`. Without it,
   * and without a resource ref, a resource permission must be given without conditions.
   */
  narrows?: 'accounts';
  /** For services that the configuration names, and for nobody else. */
  servicesOnly?: boolean;
  params?: P;
  query?: Q;
  body?: B;
  status: 200 | 201 | 202 | 204;
  /** The answer is text of this type, a piece at a time. */
  streams?: 'text/csv';
  /** Absent where there is no body, or none in JSON. */
  answer?: A;
  /** Errors besides 400, 401 and 403. */
  errors: Array<404 | 409 | 410 | 503>;
  /** Every write is audited under this event. */
  audit?: string;
  /** What the audit event tells of what was made, where the path does not. */
  madeOf?(answer: z.input<A>): JsonObject;
  handle(
    request: RouteRequest<z.output<P>, z.output<Q>, z.output<B>>,
  ): Promise<z.input<A>>;
}

/** Types the handler of a route by its schemas. */
export function defineRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
>(route: Route<P, Q, B, A>): Route {
  return route;
}
