// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { explainStaleCursor, readAdminListPage } from './adminLists';
import { createTransport, readApiUrl } from './createTransport';
import { type Credential, readSecret } from './credentials';
import {
  type Endpoint,
  type ListEndpoint,
  platformEndpoints,
} from './endpoints';
import { UpstreamError } from './errors';
import { detailsOf } from './failures';
import { idText, optionalText } from './fields';
import { positionOf } from './lists';
import type { CallOptions, ListOptions } from './options';
import type {
  Organization,
  OrganizationClient,
  OrganizationClientOptions,
} from './OrganizationClient';
import {
  apiTokenSchema,
  serviceAccountSchema,
} from './organizationCredentials';
import {
  organizationUserRolesSchema,
  organizationUserSchema,
} from './organizationUsers';
import { describe } from './records';
import { fillPath } from './site';

const userSchema = z.object({ data: organizationUserSchema });

const organizationSchema = z.object({
  data: z.object({
    id: idText,
    attributes: z.object({ name: optionalText }).nullish().catch(undefined),
  }),
});

/**
 * Makes a client for one organization. Nothing is sent before the first call.
 *
 * @throws TypeError when an option cannot be right; it names the option and never repeats it
 * @public
 */
export function createOrganizationClient(
  options: OrganizationClientOptions,
): OrganizationClient {
  const orgId = readOrganizationId(options.organizationId);
  const value = `Bearer ${readSecret(options.apiKey, 'apiKey')}`;
  const apiUrl = readApiUrl(options.apiUrl);
  const { transport, close } = createTransport(options);
  const credential: Credential = {
    route: 'gateway',
    authorization: async () => value,
  };
  const listUsers = async (
    { cursor, limit, signal, toFollow }: ListOptions,
    filters: Record<string, readonly string[] | undefined>,
  ) => {
    const endpoint = platformEndpoints.organizationUsers;
    const answer = await transport.ask({
      endpoint,
      base: apiUrl,
      path: fillPath(endpoint.path, { orgId }),
      body: {
        ...filters,
        expand: ['platformRoles', 'productAccess'],
        limit: limit ?? endpoint.limit,
        ...positionOf(cursor, endpoint.style),
      },
      credential,
      signal,
      toFollow,
      explain: explainStaleCursor(endpoint, cursor),
    });
    return readAdminListPage(endpoint, cursor, answer, organizationUserSchema);
  };
  const listOf = async <T>(
    endpoint: ListEndpoint,
    schema: z.ZodType<T>,
    { cursor, signal, toFollow }: ListOptions,
    size: { pageSize?: number; limit?: number },
    values: Record<string, string> = {},
  ) => {
    const answer = await transport.ask({
      endpoint,
      base: apiUrl,
      path: fillPath(endpoint.path, { orgId, ...values }),
      query: { ...size, ...positionOf(cursor, endpoint.style) },
      credential,
      signal,
      toFollow,
      explain: explainStaleCursor(endpoint, cursor),
    });
    return readAdminListPage(endpoint, cursor, answer, schema);
  };

  const readOne = async <T>(
    endpoint: Endpoint,
    values: Record<string, string>,
    schema: z.ZodType<T>,
    { signal }: CallOptions,
  ): Promise<T> => {
    const answer = await transport.ask({
      endpoint,
      base: apiUrl,
      path: fillPath(endpoint.path, { orgId, ...values }),
      credential,
      signal,
    });
    const parsed = schema.safeParse(answer.json);
    if (!parsed.success) {
      throw new UpstreamError('invalid-response', {
        ...detailsOf(endpoint, answer),
        reason: describe(parsed.error),
      });
    }
    return parsed.data;
  };

  return {
    organization: async (call = {}): Promise<Organization> => {
      const endpoint = platformEndpoints.organization;
      const { data } = await readOne(endpoint, {}, organizationSchema, call);
      return { id: data.id, name: data.attributes?.name ?? data.id };
    },
    users: async ({ accountIds, ...list } = {}) => {
      if (accountIds) {
        checkFilter(accountIds, 'accountIds', 10);
      }
      return listUsers(list, { accountIds });
    },
    user: async (userId, call = {}) => {
      const endpoint = platformEndpoints.organizationUser;
      const { data } = await readOne(endpoint, { userId }, userSchema, call);
      return data;
    },
    usersWithRole: async ({ resourceIds, roleIds, ...list }) => {
      checkFilter(resourceIds, 'resourceIds', 20);
      checkFilter(roleIds, 'roleIds', 10);
      return listUsers(list, { resourceIds, roleIds });
    },
    rolesOfUser: async (accountId, list = {}) => {
      const endpoint = platformEndpoints.organizationUserRoles;
      const limit = list.limit ?? endpoint.limit;
      return listOf(
        endpoint,
        organizationUserRolesSchema,
        list,
        { limit },
        { accountId },
      );
    },
    apiTokens: async (list = {}) => {
      const endpoint = platformEndpoints.organizationApiTokens;
      const pageSize = list.limit ?? endpoint.limit;
      return listOf(endpoint, apiTokenSchema, list, { pageSize });
    },
    serviceAccounts: async (list = {}) => {
      const endpoint = platformEndpoints.organizationServiceAccounts;
      return listOf(endpoint, serviceAccountSchema, list, {});
    },
    stats: () => transport.stats(),
    close,
  };
}

function readOrganizationId(value: string): string {
  if (typeof value !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(value)) {
    throw new TypeError(
      'organizationId must be letters, digits, hyphens and underscores',
    );
  }
  return value;
}

/** An empty filter would be none to Atlassian, and answer everybody. */
function checkFilter(ids: readonly string[], name: string, most: number) {
  if (ids.length === 0 || ids.length > most) {
    throw new TypeError(`${name} must be 1 to ${most} ids`);
  }
}
