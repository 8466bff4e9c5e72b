// SPDX-License-Identifier: Apache-2.0
import { Request } from 'express';
import { Answer, Endpoint, gatewayError, v1Error } from '../api';
import { Site } from '../sites';
import { failed } from '../routes/adminErrors';
import { siteAccess } from '../world/access';
import { Caller } from './AccessTokens';
import { Credentials } from './Credentials';

/** By which way a request came, and the site it is about. */
export interface Addressed {
  channel: 'site' | 'gateway';
  site: Site;
}

const NO_CREDENTIALS: Answer = {
  status: 401,
  headers: {
    'content-type': 'text/html;charset=UTF-8',
    'www-authenticate': 'OAuth realm="northwind"',
  },
  body: '<html><head><title>Unauthorized (401)</title></head><body><h1>Client must be authenticated to access this resource.</h1></body></html>',
};

/** Who calls, or the answer that refuses the call. */
export function authenticate(
  credentials: Credentials,
  endpoint: Endpoint,
  request: Request,
  { channel, site }: Addressed,
): Caller | Answer | undefined {
  const header = request.headers.authorization;
  if (endpoint.guard === 'public') return undefined;
  if (endpoint.guard === 'organization') {
    const opens = credentials.organizationKeyOpens(header, endpoint.scopes);
    if (opens === undefined)
      return { status: 401, body: { code: 401, message: 'Unauthorized' } };
    return opens
      ? undefined
      : failed(403, 'ADMIN-403-1', 'The key may not read this');
  }
  const caller = credentials.recognise(header, channel);
  if (!caller)
    return channel === 'site'
      ? NO_CREDENTIALS
      : gatewayError(401, 'Unauthorized');
  const { scopes, cloudIds } = caller;
  if (
    cloudIds &&
    !cloudIds.has(site.cloudId) &&
    endpoint.template.startsWith('/wiki')
  ) {
    return gatewayError(403, 'The app is not installed on this instance');
  }
  if (
    scopes &&
    endpoint.scopes &&
    !endpoint.scopes.some(all => all.every(scope => scopes.has(scope)))
  ) {
    return gatewayError(401, 'Unauthorized; scope does not match');
  }
  if (
    endpoint.template.startsWith('/wiki') &&
    siteAccess(caller.account) === 'none'
  ) {
    return v1Error(
      403,
      'Request rejected because caller cannot access Confluence',
    );
  }
  if (
    endpoint.template.includes('/rest/api/') &&
    endpoint.method !== 'GET' &&
    request.headers['x-atlassian-token'] !== 'no-check'
  ) {
    return {
      status: 403,
      body: 'XSRF check failed',
      headers: { 'content-type': 'text/plain' },
    };
  }
  return caller;
}
