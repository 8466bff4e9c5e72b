// SPDX-License-Identifier: Apache-2.0
import {
  createOrganizationClient,
  CursorRefusedError,
  listPages,
  MissingScopeError,
  type OrganizationClient,
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
const asked = () =>
  server.seen.map(
    ({ method, url }) => `${method} ${url.pathname}${url.search}`,
  );

const BASE = '/admin/api-access/v1/orgs/org-1';
const token = {
  id: 't-1',
  label: 'Build server',
  status: 'ALLOWED',
  createdAt: '2026-01-02T03:04:05.678901Z',
  expiresAt: '2027-01-02T03:04:05Z',
  lastActiveAt: '2026-10-30T08:00:00Z',
  user: {
    id: 'jane',
    orgId: 'org-1',
    name: 'Jane Doe',
    email: 'jane@acme.example',
  },
};
const robot = {
  atlassianId: 'robot',
  id: 's-1',
  email: 'robot-1@serviceaccount.atlassian.com',
  displayName: 'Robot',
  picture: 'https://pictures.example/robot',
  container: 'org-1',
  updatedAt: 1764642980899,
  status: 'ACTIVE',
  createdById: 'jane',
  description: 'Builds',
};

describe('API tokens of an organization', () => {
  it('are read page by page, without what is said of their owners', async () => {
    server.handle = ({ url }) =>
      url.searchParams.has('cursor')
        ? answering({ data: [{ id: 't-2', user: { id: 'tom' } }], links: {} })
        : answering({ data: [token], links: { self: 'a', next: 'b c' } });
    const found = [];
    const client = clientFor();
    for await (const page of listPages(cursor =>
      client.apiTokens({ cursor }),
    )) {
      found.push(...page.items);
    }
    expect(found).toEqual([
      {
        id: 't-1',
        accountId: 'jane',
        label: 'Build server',
        status: 'ALLOWED',
        createdAt: '2026-01-02T03:04:05.678Z',
        expiresAt: '2027-01-02T03:04:05.000Z',
        lastActiveAt: '2026-10-30T08:00:00.000Z',
      },
      { id: 't-2', accountId: 'tom' },
    ]);
    expect(asked()).toEqual([
      `GET ${BASE}/api-tokens?pageSize=100`,
      `GET ${BASE}/api-tokens?pageSize=100&cursor=b+c`,
    ]);
    expect(client.stats()).toMatchObject({ requests: 2, points: 0 });
  });

  it('are told only as far as Atlassian tells, and never dropped in silence', async () => {
    server.handle = () =>
      answering({
        data: [
          { ...token, status: 'SLEEPING', expiresAt: null, lastActiveAt: 'x' },
          { ...token, id: null },
          { ...token, user: null },
        ],
      });
    const { items, malformed } = await clientFor().apiTokens({ limit: 7 });
    expect(items).toEqual([
      {
        id: 't-1',
        accountId: 'jane',
        label: 'Build server',
        status: 'SLEEPING',
        createdAt: '2026-01-02T03:04:05.678Z',
      },
    ]);
    expect(malformed).toEqual([
      { index: 1, issue: 'id: expected string' },
      { index: 2, issue: 'user: expected object' },
    ]);
    expect(asked()).toEqual([`GET ${BASE}/api-tokens?pageSize=7`]);
  });
});

describe('service accounts of an organization', () => {
  it('are read by their account id, and go on where the answer says so', async () => {
    server.handle = ({ url }) =>
      url.searchParams.has('cursor')
        ? answering({ items: [{ atlassianId: 'other' }], total: 2 })
        : answering({ items: [robot], links: { next: 'more' }, total: 2 });
    const found = [];
    const client = clientFor();
    for await (const page of listPages(cursor =>
      client.serviceAccounts({ cursor }),
    )) {
      found.push(...page.items);
    }
    expect(found).toEqual([
      {
        accountId: 'robot',
        displayName: 'Robot',
        email: 'robot-1@serviceaccount.atlassian.com',
        status: 'ACTIVE',
        createdById: 'jane',
      },
      { accountId: 'other' },
    ]);
    expect(asked()).toEqual([
      `GET ${BASE}/service-accounts`,
      `GET ${BASE}/service-accounts?cursor=more`,
    ]);
  });
});

describe.each<
  [
    string,
    string,
    (client: OrganizationClient, cursor?: string) => Promise<unknown>,
  ]
>([
  [
    'api-tokens',
    'read:tokens:admin',
    (client, cursor) => client.apiTokens({ cursor }),
  ],
  [
    'service-accounts',
    'read:service-accounts:admin',
    (client, cursor) => client.serviceAccounts({ cursor }),
  ],
])('the list %s', (name, scope, call) => {
  it('says what a refusal means', async () => {
    server.handle = () => answering({ code: 403, message: 'no' }, 403);
    expect(await errorOf(call(clientFor()))).toMatchObject({
      name: 'CredentialRefusedError',
      reason: 'forbidden',
      endpoint: `GET /admin/api-access/v1/orgs/{orgId}/${name}`,
    });
    server.handle = () =>
      answering(
        { code: 401, message: 'Unauthorized; scope does not match' },
        401,
      );
    const missing = await errorOf(call(clientFor()));
    expect(missing).toBeInstanceOf(MissingScopeError);
    expect(missing).toMatchObject({ scopes: { granular: [scope] } });
    server.handle = () => answering({ message: 'no route' }, 404);
    expect(await errorOf(call(clientFor()))).toMatchObject({
      name: 'NotVisibleError',
    });
    server.handle = () => answering({}, 400);
    expect(await errorOf(call(clientFor(), 'stale'))).toBeInstanceOf(
      CursorRefusedError,
    );
  });

  it.each<[string, unknown]>([
    ['no list', {}],
    ['a next of another kind', { data: [], items: [], links: { next: 7 } }],
    ['a next that leads nowhere', { data: [], items: [], links: { next: '' } }],
  ])('never ends early on %s', async (_, body) => {
    server.handle = () => answering(body);
    expect(await errorOf(call(clientFor()))).toMatchObject({
      name: 'UpstreamError',
      kind: 'invalid-response',
    });
  });
});
