// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceClient,
  listPages,
  MissingScopeError,
  NotVisibleError,
  type SpaceRoleAssignment,
} from './index';
import {
  clientOf,
  errorOf,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const viewer = {
  id: 'r-1',
  type: 'SYSTEM',
  name: 'Viewer',
  description: 'Can look',
  spacePermissions: ['read/space'],
};

describe('the roles of spaces', () => {
  it('say by the mode of the site whether they count', async () => {
    server.handle = () => ({ body: { mode: 'ROLES_TRANSITION' } });
    const client = clientOf(server);
    expect(await client.spaceRoleMode()).toBe('ROLES_TRANSITION');
    expect(server.seen[0].url.pathname).toBe('/wiki/api/v2/space-role-mode');
    expect(client.stats().points).toBe(1);
    server.handle = () => ({ body: {} });
    expect(await errorOf(client.spaceRoleMode())).toMatchObject({
      kind: 'invalid-response',
    });
  });

  it('are read with what they allow, and reported where they do not say it', async () => {
    server.handle = () => ({
      body: {
        results: [
          viewer,
          { ...viewer, id: 7, type: 'CRAZED', description: null },
          { id: 'r-3', name: 'Silent' },
          { ...viewer, spacePermissions: ['read/space', 5] },
        ],
        _links: {},
      },
    });
    const client = clientOf(server);
    expect(await client.spaceRoles()).toMatchObject({
      items: [
        viewer,
        { ...viewer, id: '7', type: 'CRAZED', description: undefined },
      ],
      malformed: [{ index: 2 }, { index: 3 }],
    });
    const [{ url }] = server.seen;
    expect(url.pathname + url.search).toBe(
      '/wiki/api/v2/space-roles?limit=250',
    );
    expect(client.stats().points).toBe(1 + 2 * 4);
  });

  it('are given to principals in the words of the permissions', async () => {
    const rows = ['USER', 'GROUP', 'ACCESS_CLASS', 'SPACE_SHIP'].map(
      (principalType, n) => ({
        principal: { principalType, principalId: `p-${n}` },
        roleId: 'r-1',
      }),
    );
    server.handle = ({ url }) => {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const next = `/wiki/api/v2/spaces/7/role-assignments?cursor=${from + 3}`;
      return {
        body: {
          results: from === 0 ? [...rows.slice(0, 2), {}] : rows.slice(2),
          _links: from === 0 ? { next } : {},
        },
      };
    };
    const client = clientOf(server);
    const found: SpaceRoleAssignment[] = [];
    let malformed = 0;
    for await (const page of listPages(cursor =>
      client.spaceRoleAssignments('7', { cursor }),
    )) {
      found.push(...page.items);
      malformed += page.malformed.length;
    }
    expect(found).toEqual(
      ['user', 'group', 'access-class', 'space-ship'].map(
        (principalType, n) => ({
          principalType,
          principalId: `p-${n}`,
          roleId: 'r-1',
        }),
      ),
    );
    expect(malformed).toBe(1);
    expect(server.seen[0].url.pathname).toBe(
      '/wiki/api/v2/spaces/7/role-assignments',
    );
  });

  it.each<[string, (client: ConfluenceClient) => Promise<unknown>]>([
    ['read:configuration:confluence', client => client.spaceRoleMode()],
    ['read:space.permission:confluence', client => client.spaceRoles()],
    [
      'read:space.permission:confluence',
      client => client.spaceRoleAssignments('7'),
    ],
  ])('need %s, and a site that has them', async (scope, call) => {
    server.handle = () => ({
      status: 401,
      body: { code: 401, message: 'Unauthorized; scope does not match' },
    });
    const missing = await errorOf(call(clientOf(server)));
    expect(missing).toBeInstanceOf(MissingScopeError);
    expect(missing).toMatchObject({ scopes: { granular: [scope] } });
    server.handle = () => ({ status: 404, body: {} });
    expect(await errorOf(call(clientOf(server)))).toBeInstanceOf(
      NotVisibleError,
    );
  });
});
