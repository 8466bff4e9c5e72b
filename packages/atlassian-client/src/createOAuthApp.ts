// SPDX-License-Identifier: Apache-2.0
import { createTransport, readApiUrl, readAuthUrl } from './createTransport';
import { readSecret } from './credentials';
import { platformEndpoints } from './endpoints';
import { UpstreamError } from './errors';
import { detailsOf } from './failures';
import type { AuthorizeRequest, OAuthApp, OAuthAppOptions } from './OAuthApp';
import { explainRefusedGrant, readTokens } from './oauthTokens';
import { readResources } from './resources';
import { withQuery } from './site';

/**
 * Makes an OAuth app for the grants of people. Nothing is sent before the first call.
 *
 * @throws TypeError when an option cannot be right; it names the option and never repeats a secret
 * @public
 */
export function createOAuthApp(options: OAuthAppOptions): OAuthApp {
  const clientId = readSecret(options.clientId, 'clientId');
  const clientSecret = readSecret(options.clientSecret, 'clientSecret');
  const authUrl = readAuthUrl(options.authUrl);
  const apiUrl = readApiUrl(options.apiUrl);
  const { transport, clock, close } = createTransport(options);

  async function tokens(
    grant: Record<string, string>,
    how: { signal?: AbortSignal; once?: boolean },
  ) {
    const endpoint = platformEndpoints.token;
    const asked = clock.now();
    const answer = await transport.ask({
      endpoint,
      base: authUrl,
      path: endpoint.path,
      body: { ...grant, client_id: clientId, client_secret: clientSecret },
      explain: bad => explainRefusedGrant(endpoint, bad),
      ...how,
    });
    return readTokens(endpoint, answer, asked);
  }

  return {
    authorizeUrl: request => authorizeUrl(authUrl, clientId, request),
    exchangeCode: async ({ code, redirectUri, signal }) =>
      tokens(
        {
          grant_type: 'authorization_code',
          code: readSecret(code, 'code'),
          redirect_uri: readRedirectUri(redirectUri),
        },
        { signal, once: true },
      ),
    refresh: async ({ refreshToken, signal }) =>
      tokens(
        {
          grant_type: 'refresh_token',
          refresh_token: readSecret(refreshToken, 'refreshToken'),
        },
        { signal },
      ),
    sites: async (accessToken, { signal } = {}) => {
      const endpoint = platformEndpoints.accessibleResources;
      const authorization = `Bearer ${readSecret(accessToken, 'accessToken')}`;
      const answer = await transport.ask({
        endpoint,
        base: apiUrl,
        path: endpoint.path,
        credential: {
          route: 'gateway',
          authorization: async () => authorization,
        },
        signal,
      });
      const list = readResources(answer.json);
      if (!list) {
        throw new UpstreamError('invalid-response', {
          ...detailsOf(endpoint, answer),
          reason: 'not a list',
        });
      }
      return list.sites.map(site => ({
        ...site,
        name: site.name ?? new URL(site.site).host,
      }));
    },
    close,
  };
}

function authorizeUrl(
  authUrl: string,
  clientId: string,
  { scopes, state, redirectUri }: AuthorizeRequest,
): string {
  if (scopes.length === 0 || !scopes.every(isScope)) {
    throw new TypeError('scopes must be at least one word, and words only');
  }
  const address = withQuery(`${authUrl}/authorize`, {
    audience: 'api.atlassian.com',
    client_id: clientId,
    scope: scopes.join(' '),
    redirect_uri: readRedirectUri(redirectUri),
    state: readSecret(state, 'state'),
    response_type: 'code',
    prompt: 'consent',
  });
  // A plus is a space in forms only; not every reader of addresses takes it for one.
  return address.replace(/\+/g, '%20');
}

function isScope(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope);
}

function readRedirectUri(value: string): string {
  const usable =
    URL.canParse(value) &&
    /^https?:$/.test(new URL(value).protocol) &&
    !value.includes('#');
  if (!usable) {
    throw new TypeError('redirectUri must be an address without a fragment');
  }
  return value;
}
