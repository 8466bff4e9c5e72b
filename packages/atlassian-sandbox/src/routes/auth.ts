// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Endpoint, ok } from '../api';
import { Credentials } from '../auth/Credentials';
import { fieldsOf } from './form';

const refused = (
  status: number,
  error: string,
  description: string,
): Answer => ({ status, body: { error, error_description: description } });

const WRONG_CLIENT = refused(401, 'access_denied', 'Unauthorized');

function clientCredentials(
  credentials: Credentials,
  form: Record<string, unknown>,
): Answer {
  const issued = credentials.exchange(form.client_id, form.client_secret);
  if (!issued) return WRONG_CLIENT;
  return ok({
    access_token: issued.token,
    expires_in: 3600,
    scope: issued.scope,
    token_type: 'Bearer',
  });
}

/** The two grants of the 3LO app. */
function appGrant(
  { oauth }: Credentials,
  form: Record<string, unknown>,
): Answer {
  if (!oauth.isClient(form.client_id, form.client_secret)) return WRONG_CLIENT;
  const byCode = form.grant_type === 'authorization_code';
  const grant = byCode
    ? oauth.redeem(form.code, form.redirect_uri)
    : oauth.refresh(form.refresh_token);
  if (!grant)
    return refused(
      403,
      'invalid_grant',
      byCode
        ? 'Invalid authorization code'
        : 'Unknown or invalid refresh token.',
    );
  return ok({
    access_token: grant.accessToken,
    expires_in: grant.expiresInSeconds,
    scope: grant.scope,
    token_type: 'Bearer',
    ...(grant.refreshToken ? { refresh_token: grant.refreshToken } : {}),
  });
}

function token(credentials: Credentials, body: unknown): Answer {
  const form = fieldsOf(body);
  switch (form.grant_type) {
    case 'client_credentials':
      return clientCredentials(credentials, form);
    case 'authorization_code':
    case 'refresh_token':
      return appGrant(credentials, form);
    default:
      return refused(
        400,
        'unsupported_grant_type',
        `Unsupported grant type: ${form.grant_type}`,
      );
  }
}

/** The sites a token opens: those that were granted, or all. */
function accessibleResources({ sites, caller }: ApiRequest): Answer {
  return ok(
    sites
      .filter(({ cloudId }) => caller.cloudIds?.has(cloudId) ?? true)
      .map(({ cloudId, url, name }) => ({
        id: cloudId,
        url,
        name,
        scopes: [...(caller.scopes ?? [])],
        avatarUrl: `${url}/avatar.png`,
      })),
  );
}

/** The token endpoint, and how to find a site and its cloud id. */
export function authEndpoints(credentials: Credentials): readonly Endpoint[] {
  return [
    {
      method: 'POST',
      template: '/oauth/token',
      guard: 'public',
      answer: ({ body }) => token(credentials, body),
    },
    {
      method: 'GET',
      template: '/oauth/token/accessible-resources',
      guard: 'site',
      answer: accessibleResources,
    },
    {
      method: 'GET',
      template: '/_edge/tenant_info',
      guard: 'public',
      answer: ({ site }) => ok({ cloudId: site.cloudId }),
    },
  ];
}
