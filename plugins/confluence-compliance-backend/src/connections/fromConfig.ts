// SPDX-License-Identifier: Apache-2.0
import type { ConnectionConfig } from '../config';
import type { ConnectionDefinition, Method } from './types';

/** A connection of the configuration without its secrets: it is read-only, and reads at once. */
export function fromConfig(config: ConnectionConfig): ConnectionDefinition {
  const { auth, organization, userGroup, ...rest } = config;
  return {
    ...rest,
    origin: 'config',
    methods: auth.map(toMethod),
    organization: organization && {
      id: organization.id,
      expiresAt: organization.expiresAt,
    },
    userGroup: userGroup === undefined ? undefined : { name: userGroup },
    enabled: true,
    begun: true,
    version: 0,
  };
}

function toMethod(auth: ConnectionConfig['auth'][number]): Method {
  switch (auth.method) {
    case 'oauth':
      return auth;
    case 'service-account': {
      const { clientSecret: _, ...method } = auth;
      return method;
    }
    default: {
      const { token: _, ...method } = auth;
      return method;
    }
  }
}
