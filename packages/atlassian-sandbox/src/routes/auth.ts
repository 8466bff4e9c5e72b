// SPDX-License-Identifier: Apache-2.0
import { Answer, Endpoint, ok } from '../api';
import { Credentials } from '../auth/Credentials';

/** Token endpoint of the client credentials flow, and the list of sites a token reaches. */
export function authEndpoints(credentials: Credentials): readonly Endpoint[] {
  const token = (body: unknown): Answer => {
    const form = (
      typeof body === 'object' && body !== null ? body : {}
    ) as Record<string, unknown>;
    if (form.grant_type !== 'client_credentials') {
      return {
        status: 400,
        body: {
          error: 'unsupported_grant_type',
          error_description: `Unsupported grant type: ${form.grant_type}`,
        },
      };
    }
    const issued = credentials.exchange(form.client_id, form.client_secret);
    if (!issued)
      return {
        status: 401,
        body: { error: 'access_denied', error_description: 'Unauthorized' },
      };
    return ok({
      access_token: issued.token,
      expires_in: 3600,
      scope: issued.scope,
      token_type: 'Bearer',
    });
  };
  return [
    {
      method: 'POST',
      template: '/oauth/token',
      guard: 'public',
      answer: ({ body }) => token(body),
    },
    {
      method: 'GET',
      template: '/oauth/token/accessible-resources',
      guard: 'site',
      answer: ({ world, siteUrl, caller }) =>
        ok([
          {
            id: world.cloudId,
            url: siteUrl,
            name: 'northwind',
            scopes: [...(caller.scopes ?? [])],
            avatarUrl: `${siteUrl}/avatar.png`,
          },
        ]),
    },
    {
      method: 'GET',
      template: '/_edge/tenant_info',
      guard: 'public',
      answer: ({ world }) => ok({ cloudId: world.cloudId }),
    },
  ];
}
