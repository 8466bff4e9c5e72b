// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import { allRoutes } from '.';
import { authorize } from './authorize';
import type { Rooms } from './rooms';

describe('authorize', () => {
  const routes = allRoutes({} as Rooms);
  const request = {
    headers: { authorization: mockCredentials.user.header() },
  } as Request;

  /** Asks as a user who has these permissions. */
  const ask = (id: string, allowed: string[]) =>
    authorize(
      {
        config: {
          services: [],
          permissionsEnabled: true,
          allowWithoutPermissions: false,
        },
        httpAuth: mockServices.httpAuth(),
        permissions: mockServices.permissions.mock({
          authorize: async asked =>
            asked.map(({ permission }) => ({
              result: allowed.some(name => permission.name.endsWith(name))
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            })),
        }),
      },
      request,
      routes.find(route => route.id === id)!,
    );

  it('says who asks', async () => {
    await expect(ask('listGroups', ['group.read'])).resolves.toBe(
      'user:default/mock',
    );
  });

  it('shows the members of a group only to who may see groups and accounts', async () => {
    const needed = ['group.read', 'account.read'];
    await expect(ask('listGroupMembers', needed)).resolves.toBeDefined();
    for (const one of needed) {
      const other = needed.find(name => name !== one);
      await expect(ask('listGroupMembers', [one])).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(other!),
      });
    }
  });

  it('needs a permission for every route', () => {
    expect(routes.filter(({ permissions }) => !permissions.length)).toEqual([]);
  });

  it('takes no answer for no', async () => {
    const none = mockServices.permissions.mock({ authorize: async () => [] });
    await expect(
      authorize(
        {
          config: {
            services: [],
            permissionsEnabled: true,
            allowWithoutPermissions: false,
          },
          httpAuth: mockServices.httpAuth(),
          permissions: none,
        },
        request,
        routes[0],
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
