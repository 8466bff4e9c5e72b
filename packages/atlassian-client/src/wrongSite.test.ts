// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  NotVisibleError,
  QuotaExceededError,
  UpstreamError,
  WrongSiteError,
} from './index';
import {
  clientOf,
  errorOf,
  grantOf,
  platform,
  type Reply,
  scopedToken,
  serviceAccount,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const paths = () => server.seen.map(({ url }) => url.pathname);
const html = { 'content-type': 'text/html; charset=utf-8' };
const page = '<!doctype html><title>Welcome</title>';

const foreign: Array<[string, Reply]> = [
  ['not found', { status: 404, body: { message: 'No such site' } }],
  ['a page of an error', { status: 404, headers: html, body: page }],
  ['a page', { headers: html, body: page }],
  ['a redirect', { status: 302, headers: { location: 'https://x.example/' } }],
];

describe('who is asked for the account', () => {
  it.each(foreign)(
    'is no site of ours when it answers %s',
    async (_, reply) => {
      platform(server, { api: () => reply });
      for (const auth of [undefined, scopedToken, grantOf(['access-1'])]) {
        const client = clientOf(server, auth && { auth });
        const error = await errorOf(client.currentUser());
        expect(error).toBeInstanceOf(WrongSiteError);
        expect(error).toMatchObject({
          name: 'WrongSiteError',
          endpoint: 'GET /rest/api/user/current',
        });
      }
      expect(paths().filter(path => path.endsWith('/current'))).toHaveLength(3);
    },
  );

  it.each<[string, Reply, unknown, object]>([
    ['an error', { status: 500 }, UpstreamError, { kind: 'server' }],
    [
      'a page of an error of its own',
      { status: 503, headers: html, body: page },
      UpstreamError,
      { kind: 'server' },
    ],
    [
      'a refusal, even as a page',
      { status: 401, headers: html, body: page },
      CredentialRefusedError,
      { reason: 'unauthenticated' },
    ],
    [
      'half of its JSON',
      { body: '{"accountId":' },
      UpstreamError,
      { kind: 'invalid-response' },
    ],
    [
      'other JSON',
      { body: { hello: 'world' } },
      UpstreamError,
      { kind: 'invalid-response' },
    ],
    [
      'a wait',
      { status: 429, headers: { 'retry-after': '999' } },
      QuotaExceededError,
      {},
    ],
  ])('may be our site when it answers %s', async (_, reply, kind, facts) => {
    platform(server, { api: () => reply });
    const error = await errorOf(clientOf(server).currentUser());
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(facts);
  });

  it('is alone in saying so', async () => {
    for (const [status, kind] of [
      [404, NotVisibleError],
      [302, UpstreamError],
    ] as const) {
      platform(server, { api: () => ({ status }) });
      const client = clientOf(server);
      for (const call of [
        client.groups(),
        client.space('1'),
        client.page('2'),
      ]) {
        expect(await errorOf(call)).toBeInstanceOf(kind);
      }
    }
  });
});

describe('who is asked for the id of the site', () => {
  it.each<[string, Reply]>([
    ...foreign,
    ['no id', { body: {} }],
    ['an id that could lead elsewhere', { body: { cloudId: '../x' } }],
    ['a page of a refusal', { status: 403, headers: html, body: page }],
  ])('is no site of ours when it answers %s', async (_, reply) => {
    platform(server, { tenant: () => reply });
    const client = clientOf(server, { auth: scopedToken });
    for (const call of [client.cloudId(), client.groups()]) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(WrongSiteError);
      expect(error).toMatchObject({ endpoint: 'GET /_edge/tenant_info' });
    }
    expect(paths().every(path => path === '/_edge/tenant_info')).toBe(true);
  });

  it.each<[string, Reply, object]>([
    ['an error', { status: 502 }, { kind: 'server' }],
    [
      'a wait',
      { status: 429, headers: { 'retry-after': '999' } },
      { name: 'QuotaExceededError' },
    ],
  ])('may be our site when it answers %s', async (_, reply, facts) => {
    platform(server, { tenant: () => reply });
    const client = clientOf(server, { auth: scopedToken });
    expect(await errorOf(client.cloudId())).toMatchObject(facts);
  });

  it('is no site of ours behind a service account that may not list', async () => {
    platform(server, {
      resources: () => ({ status: 403 }),
      tenant: () => ({ status: 404 }),
    });
    const client = clientOf(server, { auth: serviceAccount });
    expect(await errorOf(client.cloudId())).toBeInstanceOf(WrongSiteError);
  });
});

describe('a grant', () => {
  const other = { id: 'x', url: 'https://other.example', name: 'Other' };

  it.each([[[]], [[other]]])(
    'does not open a site that is not in %j',
    async body => {
      platform(server, { resources: () => ({ body }) });
      const client = clientOf(server, { auth: grantOf(['access-1']) });
      const error = await errorOf(client.currentUser());
      expect(error).toBeInstanceOf(WrongSiteError);
      expect(error).toMatchObject({
        endpoint: 'GET /oauth/token/accessible-resources',
      });
      expect(paths()).toEqual(['/oauth/token/accessible-resources']);
    },
  );

  it.each<[string, Reply, object]>([
    ['is refused', { status: 403 }, { name: 'CredentialRefusedError' }],
    ['fails', { status: 500 }, { kind: 'server' }],
    ['is no list', { body: {} }, { kind: 'invalid-response' }],
    ['is a page', { headers: html, body: page }, { kind: 'invalid-response' }],
    [
      'cannot be read in part',
      { body: [other, { id: '../x', url: 'https://y.example' }] },
      { kind: 'invalid-response' },
    ],
  ])('says nothing of the site when its list %s', async (_, reply, facts) => {
    platform(server, { resources: () => reply });
    const client = clientOf(server, { auth: grantOf(['access-1']) });
    expect(await errorOf(client.currentUser())).toMatchObject(facts);
    expect(paths()).not.toContain('/_edge/tenant_info');
  });
});
