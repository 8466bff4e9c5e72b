// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import {
  authProvidersExtensionPoint,
  commonSignInResolvers,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import request from 'supertest';
import { startCatalog } from './__testUtils__/startCatalog';
import {
  account,
  group,
  memberOf,
  refOf,
  site,
} from './__testUtils__/subjects';

jest.setTimeout(60_000);

/** Trusts a header, then signs in as Backstage's own resolver says. */
function provider(
  providerId: string,
  resolver: keyof typeof commonSignInResolvers,
) {
  return createBackendModule({
    pluginId: 'auth',
    moduleId: providerId,
    register(env) {
      env.registerInit({
        deps: { providers: authProvidersExtensionPoint },
        async init({ providers }) {
          providers.registerProvider({
            providerId,
            factory: createProxyAuthProviderFactory({
              authenticator: createProxyAuthenticator({
                initialize: () => undefined,
                defaultProfileTransform: async (result: { email: string }) => ({
                  profile: { email: result.email },
                }),
                authenticate: async ({ req }) => ({
                  result: { email: String(req.headers['x-email']) },
                }),
              }),
              signInResolver: commonSignInResolvers[resolver](),
            }),
          });
        },
      });
    },
  });
}

function person(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: { profile: { email: `${name}@example.com` }, memberOf: [] },
  };
}

describe('sign-in with every account mirrored', () => {
  it('resolves as before, and nobody who is only known to Confluence', async () => {
    const catalog = await startCatalog({
      others: [person('ann'), person('bob')],
      rootConfig: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: { baseUrl: 'http://localhost:7007' },
        auth: { providers: { email: {}, local: {} } },
      },
      features: [
        authPlugin,
        provider('email', 'emailMatchingUserEntityProfileEmail'),
        provider('local', 'emailLocalPartMatchingUserEntityName'),
      ],
    });
    try {
      const named = (id: string) => ({ ...account(id), name: id });
      catalog.feed.put(
        site(),
        group('staff'),
        account('ann', {
          title: 'ann@example.com',
          groups: memberOf('staff'),
          person: 'user:default/ann',
        }),
        named('bob'),
        named('guest'),
        account('guest2', { title: 'guest2@example.com', class: 'guest' }),
      );
      await catalog.tick();
      expect(await catalog.settle()).toEqual(
        expect.arrayContaining([
          refOf('user', account('ann')),
          refOf('user', { name: 'bob' }),
          refOf('user', { name: 'guest' }),
        ]),
      );

      const signIn = async (providerId: string, email: string) => {
        const response = await request(catalog.server)
          .post(`/api/auth/${providerId}/refresh`)
          .set('x-email', email);
        return {
          status: response.status,
          identity: response.body.backstageIdentity?.identity,
        };
      };
      for (const id of ['email', 'local']) {
        for (const name of ['ann', 'bob']) {
          expect(await signIn(id, `${name}@example.com`)).toEqual({
            status: 200,
            identity: {
              type: 'user',
              userEntityRef: `user:default/${name}`,
              ownershipEntityRefs: [`user:default/${name}`],
            },
          });
        }
        for (const name of ['guest', 'guest2', account('guest2').name]) {
          const answer = await signIn(id, `${name}@example.com`);
          expect(answer.identity).toBeUndefined();
          expect(answer.status).toBeGreaterThanOrEqual(400);
        }
      }
    } finally {
      await catalog.stop();
    }
  });
});
