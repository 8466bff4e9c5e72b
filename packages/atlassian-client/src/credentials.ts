// SPDX-License-Identifier: Apache-2.0

/**
 * A person's API token without scopes, used with the email of the same account.
 *
 * @public
 */
export interface ApiTokenAuth {
  method: 'api-token';
  /** Email of the account the token belongs to. */
  email: string;
  /** The token. */
  token: string;
}

/**
 * The OAuth client credentials of a service account.
 *
 * @public
 */
export interface ServiceAccountAuth {
  method: 'service-account';
  /** Client id of the credential. */
  clientId: string;
  /** Client secret of the credential. */
  clientSecret: string;
  /** Atlassian's id of the site. Looked up when absent. */
  cloudId?: string;
}

/**
 * How a client proves who it is.
 *
 * @public
 */
export type ConfluenceAuth = ApiTokenAuth | ServiceAccountAuth;

/** Gives bearer tokens. One per connection; fetching, storing and sharing is its own affair. */
export interface AccessTokenSource {
  /** A token that is good for now. */
  token(signal?: AbortSignal): Promise<string>;
  /** Atlassian refused this token: do not give it again. */
  discard(token: string): void;
}

/**
 * What requests need to know of a credential: which way they go, and the header. A credential that
 * can be renewed says so by `renew`, which is asked once after a refusal.
 */
export interface Credential {
  /** `site`: straight to the site. `gateway`: through Atlassian's API host, by cloud id. */
  readonly route: 'site' | 'gateway';
  /** The cloud id, where it is known beforehand. */
  readonly cloudId?: string;
  /** The value of the `Authorization` header. */
  authorization(signal?: AbortSignal): Promise<string>;
  /** Prepares for another try after this header was refused. Absent: there is none. */
  renew?(refused: string): void;
}

/** Basic authentication by email and token. */
export function basicCredential(auth: ApiTokenAuth): Credential {
  const email = readSecret(auth.email, 'auth.email');
  const token = readSecret(auth.token, 'auth.token');
  if (email.includes(':')) {
    throw new TypeError('auth.email must be an email address');
  }
  const value = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  return { route: 'site', authorization: async () => value };
}

/** Bearer authentication through the gateway, with tokens from a source. */
export function bearerCredential(
  source: AccessTokenSource,
  cloudId?: string,
): Credential {
  return {
    route: 'gateway',
    cloudId: cloudId === undefined ? undefined : readCloudId(cloudId),
    authorization: async signal => `Bearer ${await source.token(signal)}`,
    renew: refused => source.discard(refused.replace(/^Bearer /, '')),
  };
}

/** Checks a configured value without ever repeating it. */
export function readSecret(value: string, name: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,4096}$/.test(value)) {
    throw new TypeError(
      `${name} must be a text of visible ASCII characters without spaces`,
    );
  }
  return value;
}

/** Checks a cloud id, which becomes a part of addresses. */
export function readCloudId(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(value)) {
    throw new TypeError('cloudId must be letters, digits and hyphens');
  }
  return value;
}
