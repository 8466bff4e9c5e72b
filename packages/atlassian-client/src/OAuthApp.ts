// SPDX-License-Identifier: Apache-2.0
import type { HttpOptions } from './httpOptions';
import type { CallOptions } from './options';

/**
 * What an OAuth app is made of.
 *
 * @public
 */
export interface OAuthAppOptions extends HttpOptions {
  /** Client id of the app. */
  clientId: string;
  /** Client secret of the app. */
  clientSecret: string;
  /** Host of Atlassian's authorization server. Default `https://auth.atlassian.com`. */
  authUrl?: string;
  /** Host of Atlassian's API gateway. Default `https://api.atlassian.com`. */
  apiUrl?: string;
}

/**
 * What a person is asked to grant.
 *
 * @public
 */
export interface AuthorizeRequest {
  /** Scopes to ask for. `offline_access` is the one that gives a refresh token. */
  scopes: readonly string[];
  /** A secret of this attempt, bound to the person's session. It comes back with the code. */
  state: string;
  /** Where Atlassian sends the person back to, exactly as registered with the app. */
  redirectUri: string;
}

/**
 * A code to exchange.
 *
 * @public
 */
export interface CodeExchange extends CallOptions {
  /** The code that came back. It is good once. */
  code: string;
  /** The same as when the person was sent. */
  redirectUri: string;
}

/**
 * A refresh token to use.
 *
 * @public
 */
export interface TokenRefresh extends CallOptions {
  /** The newest refresh token of the grant. */
  refreshToken: string;
}

/**
 * Tokens of a grant. Keep them secret.
 *
 * @public
 */
export interface OAuthTokens {
  /** The access token, for `Authorization: Bearer`. */
  accessToken: string;
  /**
   * The refresh token that takes the place of the one before: store it before anything is done with
   * the access token. Absent when `offline_access` was not granted, or the one before stays.
   */
  refreshToken?: string;
  /** When the access token ends. */
  expiresAt: Date;
  /** Scopes that were granted. Empty when Atlassian does not say. */
  scopes: string[];
}

/**
 * A site that a grant opens.
 *
 * @public
 */
export interface OAuthSite {
  /** Atlassian's id of the site. */
  cloudId: string;
  /** Origin of the site, such as `https://acme.atlassian.net`. */
  site: string;
  /** Name of the site: what people typed. Its host when Atlassian does not say. */
  name: string;
  /** Scopes there, of all its products. */
  scopes: string[];
}

/**
 * An OAuth 2.0 (3LO) app of Atlassian: a person grants it access, and it keeps that access alive. It
 * stores nothing. Its calls throw the errors of this package, a TypeError for an argument that cannot
 * be right, and the reason of an aborted signal.
 *
 * @public
 */
export interface OAuthApp {
  /** Where to send a person who is to grant access. */
  authorizeUrl(request: AuthorizeRequest): string;
  /**
   * Exchanges the code that came back for tokens. It is sent once: when the answer is lost, so is
   * the code, and the person must be sent again.
   *
   * @throws {@link GrantRefusedError} when the code is unknown, used or too old
   * @throws {@link CredentialRefusedError} when the app itself is not accepted
   */
  exchangeCode(request: CodeExchange): Promise<OAuthTokens>;
  /**
   * Gets new tokens. One at a time for each grant: the refresh token changes, and the one before is
   * good for ten minutes more, which is why a failing network may be tried again.
   *
   * @throws {@link GrantRefusedError} when the grant is over and a person must connect again
   * @throws {@link CredentialRefusedError} when the app itself is not accepted
   * @throws {@link UpstreamError} or {@link QuotaExceededError} for what may pass: keep the tokens
   */
  refresh(request: TokenRefresh): Promise<OAuthTokens>;
  /** The sites that an access token opens, each once. Not all of them have Confluence. */
  sites(accessToken: string, options?: CallOptions): Promise<OAuthSite[]>;
  /** Closes the connections. A dispatcher that was handed in stays open. */
  close(): Promise<void>;
}
