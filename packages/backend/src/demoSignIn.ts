// SPDX-License-Identifier: Apache-2.0
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/** Names the person; without a password, since this is for the demo on one's own machine only. */
export const PERSON_HEADER = 'x-northwind-person';

const PEOPLE = 'development.people';

/**
 * Believes whoever says that they are one of the configured people.
 *
 * @param environment - `auth.environment`; only `development` is believed
 */
export function createDemoAuthenticator(environment: string | undefined) {
  return createProxyAuthenticator({
    defaultProfileTransform: async () => ({ profile: {} }),
    initialize: ({ config }: { config: Config }) =>
      config.getOptionalStringArray(PEOPLE) ?? [],
    async authenticate({ req }, people) {
      if (environment !== 'development') {
        throw new NotAllowedError(
          'The demo lets people in without a password, hence only where auth.environment is development',
        );
      }
      const person = req.header(PERSON_HEADER);
      if (!person || !people.includes(person)) {
        throw new AuthenticationError(
          `The header ${PERSON_HEADER} names nobody of auth.providers.demo.${PEOPLE}: use one of ${people.join(
            ', ',
          )}`,
        );
      }
      return { result: { person } };
    },
  });
}

/** `auth.environment`; a backend that runs as in production is never for development. */
export function environmentOf(
  config: Config,
  { NODE_ENV }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return NODE_ENV === 'production'
    ? NODE_ENV
    : config.getOptionalString('auth.environment');
}

/** Lets people sign in to the demo by choosing who they are. */
export const demoSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-provider',
  register(env) {
    env.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ providers, config }) {
        providers.registerProvider({
          providerId: 'demo',
          factory: createProxyAuthProviderFactory({
            authenticator: createDemoAuthenticator(environmentOf(config)),
            signInResolver: async ({ result: { person } }, context) =>
              context.signInWithCatalogUser({ entityRef: { name: person } }),
          }),
        });
      },
    });
  },
});
