// SPDX-License-Identifier: Apache-2.0
import { type Endpoint, endpointName } from './endpoints';
import {
  type AtlassianError,
  CredentialRefusedError,
  CursorRefusedError,
  type ErrorDetails,
  MissingScopeError,
  NoProductAccessError,
  NotVisibleError,
  UpstreamError,
  WrongSiteError,
} from './errors';
import { type Answer, readTraceId, saysJson } from './exchange';
import type { Query } from './site';

/** Whether an answer says that the credential lacks a scope: Atlassian says so with 401. */
export function saysScopeMissing(answer: Answer): boolean {
  const { json } = answer;
  const message =
    typeof json === 'object' && json !== null && 'message' in json
      ? json.message
      : undefined;
  return typeof message === 'string' && /scope does not match/i.test(message);
}

/** Says of a refusal that the account is known but has no Confluence, where anybody else may ask. */
export function explainNoAccess(
  endpoint: Endpoint,
  answer: Answer,
): NoProductAccessError | undefined {
  return answer.status === 403 && !saysScopeMissing(answer)
    ? new NoProductAccessError(detailsOf(endpoint, answer))
    : undefined;
}

/**
 * Says of an answer that no Confluence site would give, or none that knows this credential: not
 * found, a redirect, or a page for people.
 */
export function explainWrongSite(
  endpoint: Endpoint,
  answer: Answer,
): WrongSiteError | undefined {
  const { status } = answer;
  const foreign =
    status === 404 ||
    (status >= 300 && status < 400) ||
    (status === 200 && !saysJson(answer.headers));
  return foreign ? wrongSite(endpoint, answer) : undefined;
}

export function wrongSite(endpoint: Endpoint, answer: Answer): WrongSiteError {
  return new WrongSiteError(detailsOf(endpoint, answer));
}

/** What errors may say of an answer. */
export function detailsOf(endpoint: Endpoint, answer: Answer): ErrorDetails {
  return {
    endpoint: endpointName(endpoint),
    traceId: readTraceId(answer.headers),
  };
}

/** Turns an answer that is not good into the error that says what it means. */
export function failureOf(
  asked: { endpoint: Endpoint; query?: Query },
  answer: Answer,
): AtlassianError {
  const details = detailsOf(asked.endpoint, answer);
  const { status } = answer;
  if (status === 401 || status === 403) {
    // Where no scope is needed, such as at the token endpoint, none can be missing.
    if (saysScopeMissing(answer) && asked.endpoint.scopes.granular.length > 0) {
      return new MissingScopeError(asked.endpoint.scopes, details);
    }
    return new CredentialRefusedError(
      status === 401 ? 'unauthenticated' : 'forbidden',
      details,
    );
  }
  if (status === 404) {
    return new NotVisibleError(details);
  }
  if (status === 400 && asked.query?.cursor !== undefined) {
    return new CursorRefusedError(details);
  }
  if (status >= 500) {
    return new UpstreamError('server', details);
  }
  if (status >= 400) {
    return new UpstreamError('client', {
      ...details,
      reason: status === 410 ? 'the endpoint has been removed' : undefined,
    });
  }
  return new UpstreamError('invalid-response', {
    ...details,
    reason: unusableReason(status),
  });
}

function unusableReason(status: number): string {
  if (status >= 300) {
    return 'a redirect, which is never followed';
  }
  return status === 200 ? 'not JSON' : 'not the promised kind of answer';
}
