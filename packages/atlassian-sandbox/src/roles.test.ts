// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, startSandbox } from './startSandbox';
import { Row, TestClient } from './__testUtils__/testClient';

/** What a role gives, as the paths of the sandbox's own answer. */
const granted = (sandbox: Sandbox, account: string, space: string) =>
  sandbox
    .effectiveAccess(account, space)
    .map(({ operation, target, path }) => `${operation}/${target} ${path}`)
    .sort();

describe('a site without role-based access', () => {
  it('says so, knows no roles, and gives access by permissions', async () => {
    const sandbox = await startSandbox();
    const client = new TestClient(sandbox);
    const status = async (path: string) =>
      (await client.gateway(`/wiki/api/v2${path}`)).status;
    const { id } = sandbox.changes.space('ENG');
    const mode = await client.gateway('/wiki/api/v2/space-role-mode');
    expect(mode.body).toEqual({ mode: 'PRE_ROLES' });
    expect(await status('/space-roles')).toBe(404);
    expect(await status('/space-roles/x')).toBe(404);
    expect(await status(`/spaces/${id}/role-assignments`)).toBe(404);
    const { changes } = sandbox;
    const everybody = changes.group('confluence-users-northwind').id;
    expect(granted(sandbox, 'tamsin.vega', 'ENG')).toEqual(
      expect.arrayContaining([
        'read/space direct',
        `read/space group:${everybody}`,
        `create/page group:${changes.group('engineering').id}`,
      ]),
    );
    await sandbox.close();
  });
});

describe('a site with role-based access', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox({ roleMode: 'ROLES' });
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const list = (path: string) => client.all(`/wiki/api/v2${path}`);
  const spaceId = (key: string) => sandbox.changes.space(key).id;

  it('is one of the two, and can be made so and undone', async () => {
    const modeAt = async (url: string) => {
      const response = await fetch(`${url}/wiki/api/v2/space-role-mode`, {
        headers: { authorization: client.basic() },
      });
      return response.json();
    };
    const { siteUrl, secondSiteUrl, secondCloudId, changes } = sandbox;
    expect([await modeAt(siteUrl), await modeAt(secondSiteUrl)]).toEqual([
      { mode: 'ROLES' },
      { mode: 'PRE_ROLES' },
    ]);
    changes.setRoleMode({ mode: 'ROLES', site: secondCloudId });
    changes.setRoleMode({ mode: 'PRE_ROLES' });
    expect([await modeAt(siteUrl), await modeAt(secondSiteUrl)]).toEqual([
      { mode: 'PRE_ROLES' },
      { mode: 'ROLES' },
    ]);
    expect(() =>
      changes.setRoleMode({ mode: 'ROLES', site: 'elsewhere' }),
    ).toThrow('elsewhere');
  });

  it('lists roles, page by page, and who has them', async () => {
    const roles = await list('/space-roles?limit=2');
    expect(roles.map(({ name }) => name)).toEqual([
      'Viewer',
      'Collaborator',
      'Manager',
      'Admin',
      'Auditor',
    ]);
    expect(roles[0]).toMatchObject({
      type: 'SYSTEM',
      spacePermissions: ['read/space'],
    });
    expect(
      (await list('/space-roles?role-type=CUSTOM')).map(({ name }) => name),
    ).toEqual(['Auditor']);
    expect((await client.gateway('/wiki/api/v2/space-roles/x')).status).toBe(
      404,
    );

    const nameOf = new Map(roles.map(({ id, name }) => [id, name]));
    const path = `/spaces/${spaceId('HELP')}/role-assignments`;
    const rows = await list(`${path}?limit=2`);
    const { changes } = sandbox;
    expect(
      rows.map(({ principal, roleId }) => [
        principal?.principalType,
        principal?.principalId,
        nameOf.get(roleId ?? ''),
      ]),
    ).toEqual([
      ['GROUP', changes.group('confluence-users-northwind').id, 'Viewer'],
      ['GROUP', changes.group('finance').id, 'Manager'],
      ['GROUP', changes.group('confluence-admins-northwind').id, 'Admin'],
      ['ACCESS_CLASS', 'anonymous-users', 'Viewer'],
    ]);
    expect(
      await list(
        `${path}?principal-type=ACCESS_CLASS&principal-id=anonymous-users`,
      ),
    ).toEqual([rows[3]]);
    expect(
      (await client.gateway(`/wiki/api/v2${path}?principal-type=GROUP`)).status,
    ).toBe(400);
  });

  it('still answers permissions: what the roles come down to', async () => {
    for (const space of sandbox.world.spaces.values()) {
      const roles = new Map(
        (await list('/space-roles')).map(row => [row.id, row]),
      );
      const words = ({ principal, roleId }: Row) =>
        (roles.get(roleId ?? '')?.spacePermissions ?? []).map(permission =>
          [
            principal?.principalType?.toLowerCase().replace('_', '-'),
            principal?.principalId,
            permission,
          ].join(' '),
        );
      const expanded = (
        await list(`/spaces/${space.id}/role-assignments`)
      ).flatMap(words);
      const shown = (await list(`/spaces/${space.id}/permissions?limit=4`)).map(
        ({ principal, operation }) =>
          [
            principal?.type,
            principal?.id,
            `${operation?.key}/${operation?.targetType}`,
          ].join(' '),
      );
      expect(expanded.length).toBeGreaterThan(0);
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown.sort()).toEqual(expanded.sort());
    }
  });

  it('reckons access classes for members, guests, and who may not sign in', () => {
    const { changes } = sandbox;
    const space = 'PPL';
    const reads = (account: string) =>
      granted(sandbox, account, space).filter(text =>
        text.startsWith('read/space access-class'),
      );
    const everybody = [
      'bram.okafor',
      'hugo.reyes',
      'zoe.karlsson',
      'wanda.ilesanmi',
      'victor.amsel',
      'former-user',
    ];
    const inClass = (
      accessClass:
        | 'anonymous-users'
        | 'authenticated-users'
        | 'all-licensed-users'
        | 'all-product-admins',
    ) => {
      changes.assignRole({ space, accessClass, role: 'Viewer' });
      const found = everybody.filter(name => reads(name).length > 0);
      changes.unassignRole({ space, accessClass });
      return found;
    };
    expect(inClass('anonymous-users')).toEqual(everybody);
    // Wanda is suspended, Victor deactivated, and the deleted account is nobody.
    expect(inClass('authenticated-users')).toEqual(everybody.slice(0, 3));
    expect(inClass('all-licensed-users')).toEqual(everybody.slice(0, 2));
    expect(inClass('all-product-admins')).toEqual(['bram.okafor']);
    changes.unsuspend({ account: 'wanda.ilesanmi' });
    expect(inClass('authenticated-users')).toEqual(everybody.slice(0, 4));
    expect(inClass('all-licensed-users')).toEqual(everybody.slice(0, 2));
  });

  it('gives a principal one role, and what is asked sees it at once', async () => {
    const { changes } = sandbox;
    const space = 'PPL';
    const to = { space, account: 'hugo.reyes' };
    const token = sandbox.issueApiToken({ account: 'hugo.reyes' });
    const status = async () =>
      (
        await fetch(`${sandbox.siteUrl}/wiki/api/v2/spaces/${spaceId(space)}`, {
          headers: {
            authorization: `Basic ${Buffer.from(
              `${token.email}:${token.token}`,
            ).toString('base64')}`,
          },
        })
      ).status;
    expect([granted(sandbox, to.account, space), await status()]).toEqual([
      [],
      404,
    ]);
    changes.assignRole({ ...to, role: 'Admin' });
    changes.assignRole({ ...to, role: 'Auditor' });
    expect([granted(sandbox, to.account, space), await status()]).toEqual([
      ['export/space direct', 'read/space direct'],
      200,
    ]);
    changes.deactivate({ account: to.account });
    expect(granted(sandbox, to.account, space)).toEqual([]);
    changes.reactivate({ account: to.account });
    changes.unassignRole(to);
    expect(granted(sandbox, to.account, space)).toEqual([]);
    expect(() => changes.assignRole({ ...to, role: 'King' })).toThrow('"King"');
    expect(() => changes.assignRole({ space, role: 'Viewer' })).toThrow(
      'accessClass',
    );

    const { id } = changes.group('leadership');
    changes.deleteGroup({ group: id });
    expect(
      JSON.stringify(await list(`/spaces/${spaceId(space)}/role-assignments`)),
    ).not.toContain(id);
  });

  it('answers effective access to other processes, for either site', async () => {
    const ask = (query: string) =>
      client.raw(`/sandbox/effective-access?${query}`);
    const farid = demoAccountId('farid.castellan');
    const first = await ask(`accountId=${farid}&space=PPL`);
    expect(first.body.items).toEqual(
      sandbox.effectiveAccess('farid.castellan', 'PPL'),
    );
    expect(first.body.items).toHaveLength(2);
    const second = await ask(
      `accountId=${farid}&space=PPL&site=${sandbox.secondCloudId}`,
    );
    expect(second.body.items).toEqual([]);
    expect(
      sandbox.effectiveAccess('farid.castellan', 'PPL', sandbox.secondCloudId),
    ).toEqual([]);
  });

  it('shows a page by its space, but a restricted one only to who signs in', () => {
    const { changes, world } = sandbox;
    const page = changes.addPage({
      space: 'HELP',
      title: 'Hidden help',
    }).pageId;
    const victor = demoAccountId('victor.amsel');
    expect(world.effectiveAccess(victor).pages).toContain(page);
    changes.restrictPage({ page, accounts: [victor] });
    expect(world.effectiveAccess(victor).pages).not.toContain(page);
    changes.reactivate({ account: victor });
    expect(world.effectiveAccess(victor).pages).toContain(page);
  });
});
