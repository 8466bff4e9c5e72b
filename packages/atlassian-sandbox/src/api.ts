// SPDX-License-Identifier: Apache-2.0
import { Caller } from './auth/AccessTokens';
import { Site } from './sites';
import { Page, RoleMode, Space } from './world/types';
import { World } from './world/World';
import { canSeePage, spacePaths } from './world/access';

/** What a handler answers; the body is JSON unless it is undefined. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as a handler sees it. */
export interface ApiRequest {
  world: World;
  caller: Caller;
  /** The site that was asked. */
  site: Site;
  /** Address of the site without `/wiki`. */
  siteUrl: string;
  /** Every site of the organization. */
  sites: readonly Site[];
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
}

/** Scopes that open an endpoint: any one of the lists, in full. */
export type Scopes = readonly (readonly string[])[];

/** One endpoint; `template` is the name by which counters and faults know it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'DELETE';
  template: string;
  /** `public` needs no credentials, `site` an account of the site, `organization` the organization's key. */
  guard: 'public' | 'site' | 'organization';
  scopes?: Scopes;
  answer: (request: ApiRequest) => Answer;
}

export const ok = (
  body: unknown,
  headers?: Record<string, string>,
): Answer => ({ status: 200, body, headers });

/** The error envelope of the v1 API. */
export function v1Error(status: number, message: string): Answer {
  return {
    status,
    body: {
      statusCode: status,
      data: { authorized: true, valid: true, errors: [], successful: false },
      message,
    },
  };
}

/** The error envelope of the v2 API. */
export function v2Error(status: number, code: string, title: string): Answer {
  return { status, body: { errors: [{ status, code, title, detail: null }] } };
}

/** The error envelope of the gateway. */
export function gatewayError(code: number, message: string): Answer {
  return { status: code, body: { code, message } };
}

/** Thrown by helpers deep inside a handler; the server answers what it carries. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** How the spaces of the site that was asked give access. */
export function roleModeOf({ world, site }: ApiRequest): RoleMode {
  return world.roleModeOf(site.cloudId);
}

export function seesSpace(request: ApiRequest, space: Space): boolean {
  const { world, caller } = request;
  if (world.hiddenSpaces.has(space)) return false;
  if (caller.seesEverything) return true;
  return spacePaths(caller.account, space, roleModeOf(request)).length > 0;
}

export function seesPage(request: ApiRequest, page: Page): boolean {
  if (!seesSpace(request, page.space)) return false;
  return (
    request.caller.seesEverything ||
    canSeePage(request.caller.account, page, roleModeOf(request))
  );
}
