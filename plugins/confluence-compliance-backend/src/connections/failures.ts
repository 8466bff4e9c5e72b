// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  CursorRefusedError,
  MissingScopeError,
  NoProductAccessError,
  NotVisibleError,
  QuotaExceededError,
  RepeatedCursorError,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What each failure means to whoever looks after the connection. */
const sentences: Record<string, string> = {
  'no-product-access': 'The account of this connection may not use Confluence',
  forbidden: 'The account of this connection may not read this',
  'credential-refused': 'Atlassian does not accept the credential',
  'not-visible': 'Not found, or not visible to this connection',
  'repeated-cursor': 'The list began to repeat itself and was stopped',
  'cursor-refused': 'Confluence would not go on with the list',
  quota: 'The quota of requests is used up',
  throttled: 'Confluence asked to wait again and again',
  'upstream-server': 'Confluence answered with an error',
  'upstream-network': 'Confluence could not be reached',
  'upstream-timeout': 'Confluence did not answer in time',
  'upstream-invalid-response': 'Confluence gave an answer that cannot be read',
  'upstream-client': 'Confluence did not accept the request',
};

/** Code and words of an error, for people; the endpoint is in the log. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof MissingScopeError) {
    const { granular, classic = [] } = error.scopes;
    const instead = classic.length
      ? ` (or classic: ${classic.join(', ')})`
      : '';
    return {
      code: 'scope-missing',
      text: `The scope ${granular.join(', ')}${instead} is missing`,
    };
  }
  const code = codeOf(error);
  return code !== undefined
    ? { code, text: sentences[code] ?? 'Confluence could not be read' }
    : { code: 'internal', text: 'Something went wrong here; see the log' };
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof NoProductAccessError) {
    return 'no-product-access';
  }
  if (error instanceof CredentialRefusedError) {
    return error.reason === 'forbidden' ? 'forbidden' : 'credential-refused';
  }
  if (error instanceof NotVisibleError) {
    return 'not-visible';
  }
  if (error instanceof RepeatedCursorError) {
    return 'repeated-cursor';
  }
  if (error instanceof CursorRefusedError) {
    return 'cursor-refused';
  }
  if (error instanceof QuotaExceededError) {
    return error.reason === 'quota' ? 'quota' : 'throttled';
  }
  if (error instanceof UpstreamError) {
    return `upstream-${error.kind}`;
  }
  return undefined;
}
