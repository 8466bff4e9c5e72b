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
 * An API token with scopes, of a person or a service account, used with the email of the same
 * account. It works through Atlassian's gateway only.
 *
 * @public
 */
export interface ScopedApiTokenAuth {
  method: 'scoped-api-token';
  /** Email of the account the token belongs to. */
  email: string;
  /** The token. */
  token: string;
  /** Atlassian's id of the site. Asked of the site when absent. */
  cloudId?: string;
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
 * Gives bearer tokens. Storing, rotating and sharing them is its own affair.
 *
 * @public
 */
export interface AccessTokenSource {
  /**
   * A token that is good for now. Asked before each request, so it must remember.
   *
   * @throws whatever it likes: the call that needed the token throws it on
   */
  token(signal?: AbortSignal): Promise<string>;
  /** Atlassian refused this token: do not give it again. The request is sent once more. */
  discard(token: string): void;
}

/**
 * What a person granted to an OAuth app. See {@link OAuthApp} for how to get and renew the tokens.
 *
 * @public
 */
export interface OAuthAuth {
  method: 'oauth';
  /** Gives the access tokens of the grant. */
  tokens: AccessTokenSource;
  /** Atlassian's id of the site. Looked up among the sites of the grant when absent. */
  cloudId?: string;
}

/**
 * How a client proves who it is.
 *
 * @public
 */
export type ConfluenceAuth =
  | ApiTokenAuth
  | ScopedApiTokenAuth
  | ServiceAccountAuth
  | OAuthAuth;

/**
 * What requests need to know of a credential: which way they go, and the header. A credential that
 * can be renewed says so by `renew`, which is asked once after a refusal.
 */
export interface Credential {
  /** `site`: straight to the site. `gateway`: through Atlassian's API host, by cloud id. */
  readonly route: 'site' | 'gateway';
  /** The cloud id, where it is known beforehand. */
  readonly cloudId?: string;
  /**
   * What the list of its resources tells: `some` of the sites it opens, or `all` of them. Absent:
   * there is no such list for it.
   */
  readonly resources?: 'some' | 'all';
  /** The value of the `Authorization` header. */
  authorization(signal?: AbortSignal): Promise<string>;
  /** Prepares for another try after this header was refused. Absent: there is none. */
  renew?(refused: string): void;
}

/** Basic authentication by email and token: with scopes through the gateway, else to the site. */
export function basicCredential(
  auth: ApiTokenAuth | ScopedApiTokenAuth,
): Credential {
  const email = readSecret(auth.email, 'auth.email');
  const token = readSecret(auth.token, 'auth.token');
  if (email.includes(':')) {
    throw new TypeError('auth.email must be an email address');
  }
  const value = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  const authorization = async () => value;
  return auth.method === 'api-token'
    ? { route: 'site', authorization }
    : { route: 'gateway', cloudId: readCloudId(auth.cloudId), authorization };
}

/** Bearer authentication through the gateway, with tokens from a source. */
export function bearerCredential(
  source: AccessTokenSource,
  resources: Credential['resources'],
  cloudId?: string,
): Credential {
  return {
    route: 'gateway',
    cloudId: readCloudId(cloudId),
    resources,
    authorization: async signal =>
      `Bearer ${readSecret(await source.token(signal), 'auth.tokens')}`,
    renew: refused => source.discard(refused.replace(/^Bearer /, '')),
  };
}

/** Checks a configured value without ever repeating it. */
export function readSecret(value: string, name: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,8192}$/.test(value)) {
    throw new TypeError(
      `${name} must be a text of visible ASCII characters without spaces`,
    );
  }
  return value;
}

/** A cloud id becomes a part of addresses. */
export const cloudIdPattern = /^[A-Za-z0-9-]{1,64}$/;

function readCloudId(value: string | undefined): string | undefined {
  if (value !== undefined && !cloudIdPattern.test(value)) {
    throw new TypeError('cloudId must be letters, digits and hyphens');
  }
  return value;
}
