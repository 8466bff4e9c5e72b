// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  accountReadPermission,
  confluenceCompliancePermissions,
  syncRunPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { createConfluenceCompliancePolicy } from './policy';
import { complianceRoleGrants } from './roles';

const { ALLOW, DENY } = AuthorizeResult;

function userOf(...groups: string[]): PolicyQueryUser {
  const userEntityRef = 'user:default/ana';
  const ownershipEntityRefs = [userEntityRef, ...groups];
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: { userEntityRef, ownershipEntityRefs },
  };
}

/** What each role may, written down a second time on purpose. */
const table: Array<[permission: string, ...roles: string[]]> = [
  //                  admin   reviewer auditor member
  ['access.read', 'ALLOW', 'ALLOW', 'ALLOW', 'ALLOW'],
  ['account.read', 'ALLOW', 'ALLOW', 'ALLOW', 'IS_OWN_ACCOUNT'],
  ['account.link', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['people.manage', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['group.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['space.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['page.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['policy.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['policy.approve', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['policy.manage', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['policy.acknowledge', 'ALLOW', 'ALLOW', 'ALLOW', 'ALLOW'],
  ['check.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['critical-system.manage', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['check.run', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['check.attest', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['finding.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['finding.update', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['exception.request', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['exception.approve', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['review.read', 'ALLOW', 'IS_REVIEWER', 'ALLOW', 'DENY'],
  ['review.manage', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['review.decide', 'ALLOW', 'ALLOW', 'DENY', 'DENY'],
  ['remediation.execute', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['connection.read', 'ALLOW', 'ALLOW', 'ALLOW', 'DENY'],
  ['connection.create', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['connection.update', 'ALLOW', 'IS_CONNECTION_OWNER', 'DENY', 'DENY'],
  ['connection.delete', 'ALLOW', 'DENY', 'DENY', 'DENY'],
  ['sync.run', 'ALLOW', 'IS_CONNECTION_OWNER', 'DENY', 'DENY'],
  ['changes.read', 'ALLOW', 'DENY', 'DENY', 'DENY'],
];

const roleNames = ['admin', 'reviewer', 'auditor', 'member'] as const;
const roles = {
  admin: ['group:default/platform'],
  reviewer: ['group:default/security'],
  auditor: ['Group:default/Internal-Audit'],
  member: ['group:default/northwind'],
};
const groupOf = {
  admin: 'group:default/platform',
  reviewer: 'group:default/security',
  auditor: 'group:default/internal-audit',
  member: 'group:default/northwind',
};

describe('createConfluenceCompliancePolicy', () => {
  const policy = createConfluenceCompliancePolicy({ roles });
  const named = (name: string): Permission => {
    const found = confluenceCompliancePermissions.find(
      permission => permission.name === `confluence-compliance.${name}`,
    );
    expect([name, found?.name]).not.toContain(undefined);
    return found!;
  };
  const ask = (permission: Permission, ...groups: string[]) =>
    policy.handle({ permission }, userOf(...groups));

  it('says of every permission what every role may', () => {
    const names = confluenceCompliancePermissions.map(({ name }) => name);
    expect(Object.keys(complianceRoleGrants).sort()).toEqual(names.sort());
    expect(
      table.map(([name]) => `confluence-compliance.${name}`).sort(),
    ).toEqual(names);
  });

  it.each(
    table.flatMap(([name, ...expected]) =>
      roleNames.map((role, i) => ({ name, role, expected: expected[i] })),
    ),
  )('$role: $name is $expected', async ({ name, role, expected }) => {
    const decision = await ask(named(name), groupOf[role]);
    const said =
      decision.result === AuthorizeResult.CONDITIONAL
        ? (decision.conditions as { rule: string }).rule
        : decision.result;
    expect(said).toBe(expected);
  });

  it('decides under conditions on what is the caller’s', async () => {
    expect(await ask(accountReadPermission, groupOf.member)).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'confluence-compliance',
      resourceType: 'confluence-compliance-account',
      conditions: {
        resourceType: 'confluence-compliance-account',
        rule: 'IS_OWN_ACCOUNT',
        params: { claims: ['user:default/ana', groupOf.member] },
      },
    });
    expect(await ask(syncRunPermission, groupOf.reviewer)).toMatchObject({
      resourceType: 'confluence-compliance-connection',
      conditions: {
        rule: 'IS_CONNECTION_OWNER',
        params: { claims: ['user:default/ana', groupOf.reviewer] },
      },
    });
  });

  it('adds up the roles of somebody who has several', async () => {
    const both = [groupOf.member, groupOf.auditor];
    expect(await ask(accountReadPermission, ...both)).toEqual({
      result: ALLOW,
    });
    expect(await ask(named('check.run'), ...both)).toEqual({ result: DENY });
  });

  // An app in which such an answer is conditional does not start.
  it.each(confluenceCompliancePermissions)(
    'never answers a basic question about $name with a condition',
    async ({ name, attributes }) => {
      const basic: Permission = { type: 'basic', name, attributes };
      for (const role of roleNames) {
        const { result } = await ask(basic, groupOf[role]);
        const expected =
          complianceRoleGrants[name][role] === 'always' ? ALLOW : DENY;
        expect([role, result]).toEqual([role, expected]);
      }
    },
  );

  it('denies what it does not know, and nobody in particular', async () => {
    const later = createPermission({
      name: 'confluence-compliance.later.read',
      attributes: { action: 'read' },
    });
    expect(await ask(later, groupOf.admin)).toEqual({ result: DENY });
    expect(await ask(named('access.read'))).toEqual({ result: DENY });
    expect(await policy.handle({ permission: named('access.read') })).toEqual({
      result: DENY,
    });
  });

  it('hands all other permissions to the other policy, and denies them without one', async () => {
    const permission = createPermission({
      name: 'catalog.entity.create',
      attributes: { action: 'create' },
    });
    const user = userOf(groupOf.admin);
    expect(await policy.handle({ permission }, user)).toEqual({ result: DENY });

    const handle = jest.fn(async () => ({ result: ALLOW }));
    const composed = createConfluenceCompliancePolicy({
      roles,
      otherwise: { handle },
    });
    expect(await composed.handle({ permission }, user)).toEqual({
      result: ALLOW,
    });
    expect(handle).toHaveBeenCalledWith({ permission }, user);
    await composed.handle({ permission: accountReadPermission }, user);
    expect(handle).toHaveBeenCalledTimes(1);
  });

  it('gives a role to everybody who is signed in', async () => {
    const open = createConfluenceCompliancePolicy({
      roles: { member: 'everybody' },
    });
    const permission = named('access.read');
    expect(await open.handle({ permission }, userOf())).toEqual({
      result: ALLOW,
    });
    expect(await open.handle({ permission })).toEqual({ result: DENY });
  });

  it('refuses roles that nobody could have', () => {
    expect(() =>
      createConfluenceCompliancePolicy({ roles: { auditor: ['audit'] } }),
    ).toThrow(/'auditor' names 'audit'/);
    const unknown = { admin: [], boss: ['group:default/a'] };
    expect(() => createConfluenceCompliancePolicy({ roles: unknown })).toThrow(
      /no role 'boss': use admin, reviewer, auditor, member/,
    );
  });
});
