// SPDX-License-Identifier: Apache-2.0
import {
  createOrganizationClient,
  CursorRefusedError,
  listPages,
  MissingScopeError,
  NotVisibleError,
  type OrganizationClient,
  RepeatedCursorError,
} from './index';
import {
  closing,
  errorOf,
  fakeClock,
  type Reply,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const clientFor = () =>
  closing(
    createOrganizationClient({
      organizationId: 'org-1',
      apiKey: 'key-1',
      apiUrl: server.url,
      ...fakeClock(),
    }),
  );

const answering = (body: unknown, status = 200): Reply => ({ status, body });
const bodies = () => server.seen.map(({ body }) => JSON.parse(body));

const expand = ['platformRoles', 'productAccess'];
const jane = {
  accountId: 'jane',
  accountType: 'atlassian',
  accountStatus: 'active',
  membershipStatus: 'suspended',
  status: 'suspended',
  claimStatus: 'managed',
  name: 'Jane Doe',
  nickname: 'Jane',
  email: 'jane@acme.example',
  emailVerified: true,
  mfaEnabled: false,
  managementSource: 'synced',
  addedToOrg: '2024-01-01T00:00:00.000Z',
  platformRoles: ['atlassian/org-admin'],
};

describe('the users of an organization', () => {
  it('are read with what the organization knows of them', async () => {
    server.handle = () =>
      answering({
        data: [
          {
            ...jane,
            jobTitle: 'Analyst',
            productAccess: [
              {
                key: 'confluence',
                id: 'ari:cloud:confluence::site/c-1',
                lastActiveTimestamp: '2025-11-06T23:07:29.936941226Z',
              },
              { key: 'jira', id: 'ari:cloud:jira::site/c-1' },
            ],
          },
        ],
        links: {},
      });
    const client = clientFor();
    expect(await client.users()).toEqual({
      items: [
        {
          ...jane,
          productAccess: [
            {
              key: 'confluence',
              resourceId: 'ari:cloud:confluence::site/c-1',
              lastActiveAt: '2025-11-06T23:07:29.936Z',
            },
            { key: 'jira', resourceId: 'ari:cloud:jira::site/c-1' },
          ],
        },
      ],
      malformed: [],
    });
    const [{ method, url, headers }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'POST /admin/v2/orgs/org-1/directories/-/users/search',
    );
    expect(headers.authorization).toBe('Bearer key-1');
    expect(bodies()).toEqual([{ expand, limit: 100 }]);
    expect(client.stats()).toMatchObject({ requests: 1, points: 0 });
  });

  it('go on with the bare cursor in the body', async () => {
    server.handle = ({ body }) => {
      const { cursor } = JSON.parse(body);
      return answering({
        data: [{ accountId: cursor ?? 'first' }],
        links: { self: 'x', next: cursor ? null : 'second' },
      });
    };
    const client = clientFor();
    const found: string[] = [];
    for await (const page of listPages(cursor =>
      client.users({ cursor, limit: 1 }),
    )) {
      found.push(...page.items.map(({ accountId }) => accountId));
    }
    expect(found).toEqual(['first', 'second']);
    expect(bodies()).toEqual([
      { expand, limit: 1 },
      { expand, limit: 1, cursor: 'second' },
    ]);
  });

  it('can be asked for by id, and by role and resource', async () => {
    server.handle = () => answering({ data: [] });
    const client = clientFor();
    await client.users({ accountIds: ['a', 'b'] });
    await client.usersWithRole({
      resourceIds: ['ari:cloud:confluence::site/c-1'],
      roleIds: ['atlassian/admin'],
      cursor: 'c',
      limit: 7,
    });
    expect(bodies()).toEqual([
      { expand, limit: 100, accountIds: ['a', 'b'] },
      {
        expand,
        limit: 7,
        cursor: 'c',
        resourceIds: ['ari:cloud:confluence::site/c-1'],
        roleIds: ['atlassian/admin'],
      },
    ]);
  });

  it('can be asked for one by one, at another place', async () => {
    server.handle = () => answering({ data: { ...jane, jobTitle: 'Analyst' } });
    const client = clientFor();
    expect(await client.user('712020:jane')).toEqual(jane);
    const [{ method, url }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'GET /admin/v2/orgs/org-1/directories/-/users/712020%3Ajane',
    );
    server.handle = () => answering({ errors: [{ status: '404' }] }, 404);
    expect(await errorOf(client.user('nobody'))).toBeInstanceOf(
      NotVisibleError,
    );
    server.handle = () => answering({ data: {} });
    expect(await errorOf(client.user('jane'))).toMatchObject({
      name: 'UpstreamError',
      kind: 'invalid-response',
    });
  });

  it('can be asked for their roles', async () => {
    const place = {
      resourceId: 'ari:cloud:confluence::site/c-1',
      roleAssignments: [{ role: 'atlassian/admin' }],
    };
    server.handle = () =>
      answering({
        data: [{ ...place, resourceOwner: 'confluence' }, { resourceId: 'x' }],
        links: { next: 'second' },
      });
    const page = await clientFor().rolesOfUser('jane', { cursor: 'first' });
    expect(page).toMatchObject({ items: [place], next: 'second' });
    expect(page.malformed).toHaveLength(1);
    const [{ method, url }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'GET /admin/v2/orgs/org-1/directories/-/users/jane/role-assignments?limit=100&cursor=first',
    );
  });

  it.each<[string, (client: OrganizationClient) => Promise<unknown>]>([
    ['accountIds', client => client.users({ accountIds: [] })],
    ['accountIds', client => client.users({ accountIds: Array(11).fill('a') })],
    [
      'resourceIds',
      client => client.usersWithRole({ resourceIds: [], roleIds: ['r'] }),
    ],
    [
      'resourceIds',
      client =>
        client.usersWithRole({
          resourceIds: Array(21).fill('a'),
          roleIds: ['r'],
        }),
    ],
    [
      'roleIds',
      client => client.usersWithRole({ resourceIds: ['a'], roleIds: [] }),
    ],
    ['cursor', client => client.users({ cursor: '' })],
  ])('are not asked for with a wrong %s', async (name, call) => {
    const error = await errorOf(call(clientFor()));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^${name} must`));
    expect(server.seen).toEqual([]);
  });

  it('are told only as far as Atlassian tells, in words nobody has heard of', async () => {
    const wrong = Object.fromEntries(
      Object.keys({ ...jane, productAccess: [] })
        .filter(key => key !== 'accountId')
        .map(key => [key, { not: 'known' }]),
    );
    server.handle = () =>
      answering({
        data: [
          { accountId: 'bare' },
          { ...wrong, accountId: 'wrong' },
          { accountId: 'nulls', managementSource: null, mfaEnabled: null },
          { accountId: 'new', status: 'frozen', platformRoles: ['x/captain'] },
          { ...jane, accountId: null },
          'nobody',
          {
            accountId: 'partly',
            addedToOrg: '2024-99-99T00:00:00Z',
            productAccess: [{ key: 'confluence', id: 'r' }, { key: 'jira' }],
          },
          {
            accountId: 'once',
            productAccess: [
              { key: 'confluence', id: 'r', lastActiveTimestamp: 'lately' },
            ],
          },
        ],
      });
    const { items, malformed } = await clientFor().users();
    expect(items).toEqual([
      { accountId: 'bare' },
      { accountId: 'wrong' },
      { accountId: 'nulls' },
      { accountId: 'new', status: 'frozen', platformRoles: ['x/captain'] },
      { accountId: 'partly' },
      {
        accountId: 'once',
        productAccess: [{ key: 'confluence', resourceId: 'r' }],
      },
    ]);
    expect(malformed).toEqual([
      { index: 4, issue: 'accountId: expected string' },
      { index: 5, issue: 'record: expected object' },
    ]);
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a list of another kind', { data: { users: [] } }],
    ['a next of another kind', { data: [], links: { next: { page: 2 } } }],
    ['a next that leads nowhere', { data: [], links: { next: '' } }],
  ])('never end early on %s', async (_, body) => {
    server.handle = () => answering(body);
    expect(await errorOf(clientFor().users())).toMatchObject({
      name: 'UpstreamError',
      kind: 'invalid-response',
    });
  });

  it('never go in circles', async () => {
    server.handle = () => answering({ data: [], links: { next: 'again' } });
    const error = await errorOf(clientFor().users({ cursor: 'again' }));
    expect(error).toBeInstanceOf(RepeatedCursorError);
  });

  it('are asked for again where that can help', async () => {
    const replies: Reply[] = [
      { status: 500 },
      { status: 429, headers: { 'retry-after': '2' } },
      answering({ data: [jane] }),
    ];
    server.handle = () => replies.shift();
    const { items } = await clientFor().users();
    expect(items).toHaveLength(1);
    expect(server.seen).toHaveLength(3);
    expect(new Set(server.seen.map(({ body }) => body)).size).toBe(1);
  });

  it('say what is wrong with a cursor and with a key', async () => {
    server.handle = () => answering({ errors: [{ status: '400' }] }, 400);
    const client = clientFor();
    expect(await errorOf(client.users({ cursor: 'stale' }))).toBeInstanceOf(
      CursorRefusedError,
    );
    const first = await errorOf(client.users());
    expect(first).toMatchObject({ name: 'UpstreamError', kind: 'client' });

    server.handle = () =>
      answering(
        { code: 401, message: 'Unauthorized; scope does not match' },
        401,
      );
    const missing = await errorOf(client.users());
    expect(missing).toBeInstanceOf(MissingScopeError);
    expect(missing).toMatchObject({
      scopes: { granular: ['read:directories:admin'] },
    });
    server.handle = () => answering({}, 403);
    expect(await errorOf(client.users())).toMatchObject({
      name: 'CredentialRefusedError',
      reason: 'forbidden',
      endpoint: 'POST /admin/v2/orgs/{orgId}/directories/-/users/search',
    });
  });
});
