// SPDX-License-Identifier: Apache-2.0

/**
 * What every error of this package may say about a request: a method with an endpoint template
 * (never an id, a query or a host) and Atlassian's trace id.
 *
 * @public
 */
export interface ErrorDetails {
  /** Method and endpoint template, such as `GET /rest/api/group`. */
  endpoint: string;
  /** Atlassian's trace id, for a support case. Absent when none of a safe shape was sent. */
  traceId?: string;
}

/**
 * The scopes an endpoint needs. One of the two kinds is enough, and of that kind all.
 *
 * @public
 */
export interface EndpointScopes {
  /** Granular scopes, all of them needed. */
  granular: readonly string[];
  /** Classic scopes, all of them needed. Absent where the endpoint accepts granular ones only. */
  classic?: readonly string[];
}

/**
 * The parent of all errors this package throws about Atlassian. It never carries a status number,
 * a secret, a header, a URL, a query or a body, and no `cause`, so it is safe to log and to store.
 *
 * @public
 */
export class AtlassianError extends Error {
  /** Method and endpoint template, such as `GET /rest/api/group`. */
  readonly endpoint: string;
  /** Atlassian's trace id, when one of a safe shape was sent. */
  readonly traceId?: string;

  constructor(message: string, details: ErrorDetails) {
    super(
      details.traceId ? `${message} (trace id ${details.traceId})` : message,
    );
    this.name = new.target.name;
    this.endpoint = details.endpoint;
    if (details.traceId) {
      this.traceId = details.traceId;
    }
  }
}

/**
 * Atlassian refuses the credential: unknown, expired, revoked, or not allowed to ask this.
 *
 * @public
 */
export class CredentialRefusedError extends AtlassianError {
  /** `unauthenticated`: not known as anybody. `forbidden`: known, but not allowed. */
  readonly reason: 'unauthenticated' | 'forbidden';

  constructor(
    reason: 'unauthenticated' | 'forbidden',
    details: ErrorDetails,
    message: string = reason === 'unauthenticated'
      ? `The credential is not accepted at ${details.endpoint}`
      : `The credential's account may not use ${details.endpoint}`,
  ) {
    super(message, details);
    this.reason = reason;
  }
}

/**
 * The credential is good, but its account has no access to Confluence on this site.
 *
 * @public
 */
export class NoProductAccessError extends CredentialRefusedError {
  constructor(details: ErrorDetails) {
    super(
      'forbidden',
      details,
      'The account of this credential has no access to Confluence on this site; give it the product, or use another account',
    );
  }
}

/**
 * The grant of a person is over: revoked, expired, or used up by somebody else. Trying again cannot
 * help; a person must connect again.
 *
 * @public
 */
export class GrantRefusedError extends CredentialRefusedError {
  constructor(details: ErrorDetails) {
    super(
      'unauthenticated',
      details,
      'Atlassian does not accept the grant any more; somebody must connect again',
    );
  }
}

/**
 * The address is not that of a Confluence site, or the credential does not open this site.
 *
 * @public
 */
export class WrongSiteError extends AtlassianError {
  constructor(details: ErrorDetails) {
    super(
      `There is no Confluence site at this address, or not for this credential: ${details.endpoint}`,
      details,
    );
  }
}

/**
 * The credential lacks a scope. The scopes of a token cannot be changed later: a new one is needed.
 *
 * @public
 */
export class MissingScopeError extends AtlassianError {
  /** What the endpoint needs. */
  readonly scopes: EndpointScopes;

  constructor(scopes: EndpointScopes, details: ErrorDetails) {
    const classic = scopes.classic?.length
      ? ` (or classic: ${scopes.classic.join(', ')})`
      : '';
    super(
      `The credential lacks a scope for ${
        details.endpoint
      }; needed: ${scopes.granular.join(', ')}${classic}`,
      details,
    );
    this.scopes = scopes;
  }
}

/**
 * Confluence answers "not found", which it also does for what the account may not see. This is
 * never proof that the object is gone.
 *
 * @public
 */
export class NotVisibleError extends AtlassianError {
  constructor(details: ErrorDetails) {
    super(
      `Not found, or not visible to this account: ${details.endpoint}`,
      details,
    );
  }
}

/**
 * Atlassian asks to wait longer than the client is willing to wait inside a call, or kept asking
 * through every try. Continue after `resumeAt`.
 *
 * @public
 */
export class QuotaExceededError extends AtlassianError {
  /** The earliest moment at which a request may be sent again. */
  readonly resumeAt: Date;
  /** `quota`: the hourly points are used up. `burst`: too fast on one endpoint. */
  readonly reason: 'quota' | 'burst' | 'unspecified';

  constructor(
    resumeAt: Date,
    reason: 'quota' | 'burst' | 'unspecified',
    details: ErrorDetails,
  ) {
    super(
      `Atlassian asks to wait until ${resumeAt.toISOString()} (${reason})`,
      details,
    );
    this.resumeAt = resumeAt;
    this.reason = reason;
  }
}

/**
 * What went wrong on the way or at the other end.
 *
 * - `server`: Atlassian failed, through every try
 * - `network`: no connection, or it broke
 * - `timeout`: no complete answer in time
 * - `invalid-response`: not what the API promises, such as HTML, a redirect or too many bytes
 * - `client`: the request was refused as wrong
 * - `address`: the host leads to an address that is not public; nothing was sent
 *
 * @public
 */
export type UpstreamErrorKind =
  | 'server'
  | 'network'
  | 'timeout'
  | 'invalid-response'
  | 'client'
  | 'address';

const kindTexts: Record<UpstreamErrorKind, string> = {
  server: 'Atlassian failed to answer',
  network: 'The connection to Atlassian failed at',
  timeout: 'Atlassian did not answer in time at',
  'invalid-response': 'Atlassian sent an unusable answer to',
  client: 'Atlassian refused the request as wrong:',
  address: 'The host leads to an address that is not public:',
};

/**
 * A failed request that is not about the credential, visibility or limits. See
 * {@link UpstreamErrorKind}.
 *
 * @public
 */
export class UpstreamError extends AtlassianError {
  /** What went wrong. */
  readonly kind: UpstreamErrorKind;
  /** A system error code such as `ECONNREFUSED`, where there is one. */
  readonly code?: string;

  constructor(
    kind: UpstreamErrorKind,
    details: ErrorDetails & { reason?: string; code?: string },
  ) {
    const reason = details.reason ?? details.code;
    super(
      `${kindTexts[kind]} ${details.endpoint}${reason ? `: ${reason}` : ''}`,
      details,
    );
    this.kind = kind;
    if (details.code) {
      this.code = details.code;
    }
  }
}

/**
 * A request that carried a cursor was refused as wrong: cursors go stale. Read the list again from
 * its start.
 *
 * @public
 */
export class CursorRefusedError extends UpstreamError {
  constructor(details: ErrorDetails) {
    super('client', {
      ...details,
      reason: 'the cursor is not accepted, read the list again from its start',
    });
  }
}

/**
 * A list answered with a cursor it had given before: following it would never end. What was read
 * so far is not complete.
 *
 * @public
 */
export class RepeatedCursorError extends AtlassianError {
  constructor(details: ErrorDetails) {
    super(
      `A list repeats its cursor and would never end: ${details.endpoint}`,
      details,
    );
  }
}
