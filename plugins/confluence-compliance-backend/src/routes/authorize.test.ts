// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  accountReadPermission,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  accountConditions,
  accountRules,
  connectionConditions,
  createAccountConditionalDecision,
  createConnectionConditionalDecision,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Request } from 'express';
import { allRoutes } from '.';
import { allows, authorize } from './authorize';
import type { Rooms } from './rooms';

const claims = ['user:default/mock'];
const ownAccounts = createAccountConditionalDecision(
  accountReadPermission,
  accountConditions.isOwnAccount({ claims }),
);
const ownConnections = createConnectionConditionalDecision(
  syncRunPermission,
  connectionConditions.isConnectionOwner({ claims }),
);
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny = { result: AuthorizeResult.DENY } as const;

describe('authorize', () => {
  const routes = allRoutes({} as Rooms);
  const permissionsRegistry = mockServices.permissionsRegistry.mock({
    getPermissionRuleset: () =>
      ({ getRuleByName: () => accountRules.isOwnAccount } as never),
  });

  /** Asks as a user about whom a policy says this, by the end of a permission's name. */
  function ask(
    id: string,
    said: Record<string, PolicyDecision>,
    params: Record<string, string> = {},
  ) {
    const decide = (name: string) =>
      Object.entries(said).find(([end]) => name.endsWith(end))?.[1] ?? deny;
    const permissions = mockServices.permissions.mock({
      authorize: async asked =>
        asked.map(({ permission }) => {
          const decision = decide(permission.name);
          return decision.result === AuthorizeResult.CONDITIONAL
            ? deny
            : decision;
        }),
      authorizeConditional: async asked =>
        asked.map(({ permission }) => decide(permission.name)),
    });
    const asking = authorize(
      {
        config: {
          services: [],
          permissionsEnabled: true,
          allowWithoutPermissions: false,
        },
        httpAuth: mockServices.httpAuth(),
        permissions,
        permissionsRegistry,
      },
      {
        headers: { authorization: mockCredentials.user.header() },
        params,
      } as unknown as Request,
      routes.find(route => route.id === id)!,
    );
    return Object.assign(asking, { permissions });
  }

  it('says who asks', async () => {
    await expect(ask('listGroups', { 'group.read': allow })).resolves.toEqual({
      actor: 'user:default/mock',
      credentials: mockCredentials.user(),
      accounts: undefined,
    });
  });

  it('shows the members of a group only to who may see groups and all accounts', async () => {
    const needed = { 'group.read': allow, 'account.read': allow };
    await expect(ask('listGroupMembers', needed)).resolves.toBeDefined();
    const refused: Array<[string, PolicyDecision]> = [
      ['group.read', deny],
      ['account.read', deny],
      ['account.read', ownAccounts],
    ];
    for (const [name, decision] of refused) {
      await expect(
        ask('listGroupMembers', { ...needed, [name]: decision }),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(name),
      });
    }
  });

  it('narrows a list of accounts to the conditions', async () => {
    await expect(
      ask('listAccounts', { 'account.read': ownAccounts }),
    ).resolves.toMatchObject({ accounts: { people: claims } });
    await expect(
      ask('listAccounts', { 'account.read': allow }),
    ).resolves.toMatchObject({ accounts: undefined });
  });

  it('refuses conditions on something else', async () => {
    await expect(
      ask('listAccounts', { 'account.read': ownConnections }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });

  it('asks about the one account or connection that a request is about', async () => {
    const account = { connection: 'acme', accountId: '712020:a/b' };
    const one = ask('getAccount', { 'account.read': allow }, account);
    await one;
    expect(one.permissions.authorize).toHaveBeenCalledWith(
      [{ permission: accountReadPermission, resourceRef: 'acme/712020:a/b' }],
      { credentials: mockCredentials.user() },
    );
    const sync = ask('syncNow', { 'sync.run': allow }, { id: 'acme' });
    await sync;
    expect(sync.permissions.authorize).toHaveBeenCalledWith(
      [{ permission: syncRunPermission, resourceRef: 'acme' }],
      { credentials: mockCredentials.user() },
    );
  });

  it('asks about no account that no database could hold', async () => {
    const broken = { connection: 'acme', accountId: 'a\0' };
    const asking = ask('getAccount', { 'account.read': allow }, broken);
    await expect(asking).rejects.toMatchObject({ name: 'InputError' });
    expect(asking.permissions.authorize).not.toHaveBeenCalled();
  });

  it('needs a permission for every route', () => {
    expect(routes.filter(({ permissions }) => !permissions.length)).toEqual([]);
  });

  it('knows what every resource permission of a route is about', () => {
    const vague = routes.filter(
      ({ permissions, resourceRef, narrows }) =>
        permissions.some(one => isResourcePermission(one)) &&
        !resourceRef &&
        !narrows,
    );
    // Whoever sees who is or was in a group must be allowed to see all accounts, and whoever sees all of a
    // review must be allowed to see all reviews.
    expect(vague.map(({ id }) => id)).toEqual([
      'listUnidentified',
      'listGroupMembers',
      'listGroupChanges',
      'getReviewSummary',
      'exportReview',
      'listReviews',
      'listReviewItems',
      'listRemediations',
      'listReviewTemplates',
    ]);
  });

  it.each([
    ['allowed', allow, true],
    ['denied', deny, false],
    ['allowed under conditions', ownAccounts, false],
  ])('says of another permission that is %s', async (_, decision, may) => {
    const permissions = mockServices.permissions.mock({
      authorizeConditional: async () => [decision],
    });
    const services = [
      { subject: 'plugin:named', permissions: [accountReadPermission.name] },
    ];
    const deps = {
      config: {
        services,
        permissionsEnabled: true,
        allowWithoutPermissions: false,
      },
      httpAuth: mockServices.httpAuth(),
      permissions,
      permissionsRegistry,
    };
    const asked = [
      mockCredentials.user(),
      mockCredentials.service('plugin:named'),
      mockCredentials.service('plugin:other'),
    ].map(who => allows(deps, who, accountReadPermission));
    expect(await Promise.all(asked)).toEqual([may, may, false]);
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
          permissionsRegistry,
        },
        {
          headers: { authorization: mockCredentials.user.header() },
        } as Request,
        routes[0],
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
