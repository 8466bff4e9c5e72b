// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import {
  errorOf,
  everythingIn,
  fakeClock,
  type Reply,
  secret,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';
import {
  accessToken,
  appOf,
  code,
  redirectUri,
  refreshToken,
  tokens,
} from './__testUtils__/oauth';

let server: TestServer;
let clock: ReturnType<typeof fakeClock>;
beforeEach(async () => {
  server = await startServer();
  clock = fakeClock();
});
afterEach(stopAll);

describe('a person', () => {
  it('is sent to Atlassian', () => {
    const app = appOf(server, { authUrl: undefined });
    const address = app.authorizeUrl({
      scopes: ['offline_access', 'read:space:confluence'],
      state: 'st+ate',
      redirectUri,
    });
    expect(address).not.toContain('+');
    expect(address).not.toContain(secret);
    const { origin, pathname, searchParams } = new URL(address);
    expect(origin + pathname).toBe('https://auth.atlassian.com/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      audience: 'api.atlassian.com',
      client_id: 'app-1',
      scope: 'offline_access read:space:confluence',
      redirect_uri: redirectUri,
      state: 'st+ate',
      response_type: 'code',
      prompt: 'consent',
    });
  });

  it.each([
    [{ scopes: [] }, 'scopes must be'],
    [{ scopes: ['a b'] }, 'scopes must be'],
    [{ state: '' }, 'state must be'],
    [{ redirectUri: 'portal.example' }, 'redirectUri must be'],
    [{ redirectUri: 'ftp://portal.example/' }, 'redirectUri must be'],
    [{ redirectUri: 'https://portal.example/#x' }, 'redirectUri must be'],
  ])('is not sent with %j', (change, message) => {
    const request = { scopes: ['a'], state: 's', redirectUri, ...change };
    expect(() => appOf(server).authorizeUrl(request)).toThrow(message);
  });
});

describe('tokens', () => {
  it('come for a code', async () => {
    server.handle = () => ({ body: tokens });
    expect(
      await appOf(server, clock).exchangeCode({ code, redirectUri }),
    ).toEqual({
      accessToken,
      refreshToken: 'r3fresh-2',
      expiresAt: new Date(clock.now() + 3_600_000),
      scopes: ['offline_access', 'read:space:confluence'],
    });
    const [{ method, url, headers, body }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe('POST /oauth/token');
    expect(headers.authorization).toBeUndefined();
    expect(JSON.parse(body)).toEqual({
      grant_type: 'authorization_code',
      client_id: 'app-1',
      client_secret: secret,
      code,
      redirect_uri: redirectUri,
    });
  });

  it('come for a refresh token, with what Atlassian leaves out', async () => {
    server.handle = () => ({ body: { access_token: 'access-2' } });
    expect(await appOf(server, clock).refresh({ refreshToken })).toEqual({
      accessToken: 'access-2',
      expiresAt: new Date(clock.now() + 3_600_000),
      scopes: [],
    });
    expect(JSON.parse(server.seen[0].body)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'app-1',
      client_secret: secret,
      refresh_token: refreshToken,
    });
  });

  it('live from when they were asked for', async () => {
    const before = clock.now();
    server.handle = () => {
      clock.advance(5_000);
      return { body: tokens };
    };
    const { expiresAt } = await appOf(server, clock).refresh({ refreshToken });
    expect(expiresAt.getTime()).toBe(before + 3_600_000);
  });

  it.each([
    {},
    [],
    { ...tokens, access_token: '' },
    { ...tokens, access_token: 'a\r\nb' },
    { ...tokens, refresh_token: 7 },
    { ...tokens, refresh_token: 'a b' },
  ])('are not in %j', async body => {
    server.handle = () => ({ body });
    const error = await errorOf(appOf(server).refresh({ refreshToken }));
    expect(error).toMatchObject({ kind: 'invalid-response' });
  });

  it.each([
    [() => appOf(server).exchangeCode({ code: 'a b', redirectUri }), 'code'],
    [
      () => appOf(server).exchangeCode({ code, redirectUri: '/x' }),
      'redirectUri',
    ],
    [() => appOf(server).refresh({ refreshToken: '' }), 'refreshToken'],
    [() => appOf(server).sites('a\r\nb'), 'accessToken'],
  ])('are not asked for with what cannot be right', async (call, name) => {
    const error = await errorOf(call());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(name);
    expect(server.seen).toHaveLength(0);
  });
});

describe('sites', () => {
  it('are those of the token, each once', async () => {
    server.handle = () => ({
      body: [
        {
          id: 'c1',
          url: 'https://acme.atlassian.net',
          name: 'acme',
          scopes: ['a', 'b'],
        },
        { id: 'c2', url: 'https://Other.atlassian.net/', name: null },
        {
          id: 'c1',
          url: 'https://acme.atlassian.net',
          name: 'acme',
          scopes: ['b', 'c'],
        },
        { id: '../x', url: 'https://x.example' },
        { id: 'c3', url: 'ftp://portal.example/' },
        null,
      ],
    });
    expect(await appOf(server).sites(accessToken)).toEqual([
      {
        cloudId: 'c1',
        site: 'https://acme.atlassian.net',
        name: 'acme',
        scopes: ['a', 'b', 'c'],
      },
      {
        cloudId: 'c2',
        site: 'https://other.atlassian.net',
        name: 'other.atlassian.net',
        scopes: [],
      },
    ]);
    const [{ method, url, headers }] = server.seen;
    expect(`${method} ${url.pathname}`).toBe(
      'GET /oauth/token/accessible-resources',
    );
    expect(headers.authorization).toBe(`Bearer ${accessToken}`);
  });

  it.each<[Reply, object]>([
    [{ status: 401 }, { name: 'CredentialRefusedError' }],
    [{ body: {} }, { kind: 'invalid-response' }],
    [{ status: 500 }, { kind: 'server' }],
  ])('are not in %j', async (reply, facts) => {
    server.handle = () => reply;
    const error = await errorOf(appOf(server).sites(accessToken));
    expect(error).toMatchObject(facts);
    expect(everythingIn(error)).not.toContain(accessToken);
  });
});

it('keeps its secret to itself', async () => {
  const bad = 'two words';
  expect(() => appOf(server, { clientSecret: bad })).toThrow(
    /^clientSecret must be/,
  );
  expect(() => appOf(server, { clientId: bad })).toThrow(/^clientId must be/);
  expect(() => appOf(server, { authUrl: 'http://x.example' })).toThrow(
    /^authUrl/,
  );
  expect(() => appOf(server, { clientId: bad })).not.toThrow(bad);
  expect(inspect(appOf(server), { depth: 20, showHidden: true })).not.toContain(
    secret,
  );
});
