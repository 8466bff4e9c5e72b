// SPDX-License-Identifier: Apache-2.0
import { MissingScopeError, NotVisibleError } from './index';
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

const permission = (
  id: string,
  [type, principal]: [string, string],
  [key, targetType]: [string, string],
) => ({
  id,
  principal: { type, id: principal },
  operation: { key, targetType },
});

const alice = permission('1', ['user', 'a1'], ['administer', 'space']);

describe('permissions of a space', () => {
  it('reads them page by page, with words nobody has heard of', async () => {
    const rows = [
      alice,
      permission('2', ['group', 'g1'], ['create', 'page']),
      permission('3', ['access-class', 'anonymous-users'], ['read', 'space']),
      permission('4', ['crowd', 'c1'], ['manage_dreams', 'hologram']),
    ];
    server.handle = ({ url }) => {
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const end = from + 2;
      return {
        body: {
          results: rows.slice(from, end),
          _links:
            end < rows.length
              ? { next: `/api/v2/spaces/7/permissions?cursor=${end}` }
              : {},
        },
      };
    };
    const client = clientOf(server);
    const first = await client.spacePermissions('7');
    const second = await client.spacePermissions('7', { cursor: first.next });
    expect([...first.items, ...second.items]).toEqual(rows);
    expect(second.next).toBeUndefined();
    const [{ url }] = server.seen;
    expect(url.pathname).toBe('/wiki/api/v2/spaces/7/permissions');
    expect(url.searchParams.get('limit')).toBe('250');
    // Two requests, and two points for each permission.
    expect(client.stats().points).toBe(2 + 2 * rows.length);
  });

  it('reports what does not say who may do what', async () => {
    server.handle = () => ({
      body: {
        results: [
          alice,
          { ...alice, principal: { type: 'user', id: null } },
          { ...alice, operation: { key: 'read' } },
          permission('5', ['a/b', 'x'], ['read', 'space']),
          permission('6', ['user', 'x'], ['r'.repeat(33), 'space']),
        ],
      },
    });
    const { items, malformed } = await clientOf(server).spacePermissions('7');
    expect(items).toEqual([alice]);
    expect(malformed.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
  });

  it('says what is missing to read them', async () => {
    server.handle = () => ({
      status: 401,
      body: { code: 401, message: 'Unauthorized; scope does not match' },
    });
    const missing = await errorOf(clientOf(server).spacePermissions('7'));
    expect(missing).toBeInstanceOf(MissingScopeError);
    expect(missing).toMatchObject({
      scopes: { granular: ['read:space:confluence'] },
    });
    server.handle = () => ({ status: 404, body: {} });
    expect(
      await errorOf(clientOf(server).spacePermissions('7')),
    ).toBeInstanceOf(NotVisibleError);
  });

  it.each([
    ['all of them', [alice], false, true],
    ['the first of more', [alice], true, false],
    ['one that cannot be read', [alice, null], false, false],
  ])('come with a space: %s', async (_, results, hasMore, complete) => {
    server.handle = () => ({
      body: {
        id: 7,
        key: 'POL',
        name: 'Policies',
        permissions: { results, meta: { hasMore } },
        _links: { webui: '/spaces/POL' },
      },
    });
    const client = clientOf(server);
    const space = await client.spaceWithPermissions('7');
    expect(space).toMatchObject({
      id: '7',
      key: 'POL',
      webui: '/spaces/POL',
      permissions: [alice],
      permissionsComplete: complete,
    });
    const [{ url }] = server.seen;
    expect(url.searchParams.get('include-permissions')).toBe('true');
    expect(client.stats().points).toBe(2);
  });

  it('never takes an answer without them for a space without any', async () => {
    server.handle = () => ({ body: { id: 7, key: 'POL', name: 'Policies' } });
    const error = await errorOf(clientOf(server).spaceWithPermissions('7'));
    expect(error).toMatchObject({ kind: 'invalid-response' });
  });
});
