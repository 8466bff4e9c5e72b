// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  CursorRefusedError,
  GrantRefusedError,
  MissingScopeError,
  NoProductAccessError,
  NotVisibleError,
  QuotaExceededError,
  RepeatedCursorError,
  UpstreamError,
  WrongSiteError,
} from '@confluence-compliance/atlassian-client';
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

const TOKEN_ENDPOINT = 'POST /oauth/token';

/** Nobody has granted access yet. */
export class NotConnectedError extends CredentialRefusedError {
  constructor(connection: string) {
    super(
      'unauthenticated',
      { endpoint: TOKEN_ENDPOINT },
      `Nobody has granted access for connection '${connection}' yet`,
    );
  }
}

/** The grant is dead: a person must give it again. */
export class ReconnectError extends CredentialRefusedError {
  /** ISO time since which Atlassian does not renew it. */
  readonly since?: string;

  constructor(connection: string, since?: string) {
    super(
      'unauthenticated',
      { endpoint: TOKEN_ENDPOINT },
      `Atlassian does not renew the grant of connection '${connection}' any more`,
    );
    this.since = since;
  }
}

/** The secret of a method is not stored, or no key opens it. */
export class NoCredentialError extends CredentialRefusedError {
  constructor(words: string) {
    super('unauthenticated', { endpoint: 'the credential store' }, words);
  }
}

/** Access was granted to several sites, and none was chosen. */
export class NoSiteError extends NoCredentialError {
  constructor() {
    super('No site has been chosen yet');
  }
}

/** The site may not be connected any more, or is connected by the configuration. */
export class SiteRefusedError extends NoCredentialError {
  readonly code: 'site-not-allowed' | 'site-connected';

  constructor(code: SiteRefusedError['code'], words: string) {
    super(words);
    this.code = code;
  }
}

/** What each failure means to whoever looks after the connection. */
const sentences: Record<string, string> = {
  'no-product-access': 'The account of this connection may not use Confluence',
  forbidden: 'The account of this connection may not read this',
  'credential-refused': 'Atlassian does not accept the credential',
  'wrong-site':
    'There is no Confluence at this address, or the credential does not open it',
  reconnect: 'Atlassian does not renew the access any more',
  'not-connected': 'Nobody has granted access yet',
  'upstream-address': 'The host leads to an address that is not public',
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
  if (error instanceof NoSiteError) {
    return { code: 'no-site', text: error.message };
  }
  if (error instanceof SiteRefusedError) {
    return { code: error.code, text: error.message };
  }
  if (error instanceof NoCredentialError) {
    return { code: 'no-credential', text: error.message };
  }
  const code = codeOf(error);
  return code !== undefined
    ? { code, text: sentences[code] ?? 'Confluence could not be read' }
    : { code: 'internal', text: 'Something went wrong here; see the log' };
}

/** How long Atlassian may take for all that is asked of it while somebody waits, in milliseconds. */
export const PATIENCE_MS = 60_000;

/** The time for all questions together was up. */
function isNoAnswer(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === 'TimeoutError';
}

/** Whether an error is Atlassian's answer, or that there was none; anything else is our mistake. */
export function isFailure(error: unknown): boolean {
  return error instanceof AtlassianError || isNoAnswer(error);
}

function codeOf(error: unknown): string | undefined {
  if (isNoAnswer(error)) {
    return 'upstream-timeout';
  }
  if (error instanceof NotConnectedError) {
    return 'not-connected';
  }
  if (error instanceof ReconnectError || error instanceof GrantRefusedError) {
    return 'reconnect';
  }
  if (error instanceof WrongSiteError) {
    return 'wrong-site';
  }
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
