// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import {
  type ConfluenceAuth,
  type ConfluenceClientOptions,
  createConfluenceClient,
  UpstreamError,
} from './index';
import {
  clientOf,
  email,
  errorOf,
  everythingIn,
  formsOf,
  grantOf,
  platform,
  type Reply,
  scopedToken,
  secret,
  type SeenRequest,
  serviceAccount,
  startServer,
  stopAll,
  type TestServer,
  token,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

describe('secrets', () => {
  const kinds: Array<[string, Partial<ConfluenceClientOptions>]> = [
    ['an API token', {}],
    ['a scoped API token', { auth: scopedToken }],
    ['a service account', { auth: serviceAccount }],
    ['a grant', { auth: grantOf([token, secret]) }],
  ];
  const echo = ({ headers, body, url }: SeenRequest) =>
    JSON.stringify({
      message: `${headers.authorization} ${body} ${url.href} ${token} ${secret}`,
    });
  const replies: Array<(request: SeenRequest) => Reply> = [
    ...[400, 401, 403, 404, 410, 418, 429, 500, 302].map(
      status => (request: SeenRequest) => ({
        status,
        headers: {
          location: `https://evil.example/?${token}`,
          'retry-after': '999',
        },
        body: echo(request),
      }),
    ),
    request => ({ body: echo(request) }),
    request => ({ body: `{${echo(request)}` }),
    request => ({
      headers: { 'content-type': 'text/html' },
      body: echo(request),
    }),
    request => ({
      headers: { 'atl-traceid': secret },
      status: 404,
      body: echo(request),
    }),
  ];

  it.each(kinds)('of %s are in no error and no client', async (_, options) => {
    for (const reply of replies) {
      for (const everywhere of [false, true]) {
        platform(server, { api: reply });
        if (everywhere) {
          server.handle = reply;
        }
        const client = clientOf(server, options);
        const errors = await Promise.all([
          errorOf(client.currentUser()),
          errorOf(client.pages({ cursor: 'private-cursor' })),
          errorOf(client.groupMembers('private-group')),
        ]);
        expect(errors.map(({ name }) => name)).not.toContain('TypeError');
        for (const value of [...errors, client, client.stats()]) {
          const text = everythingIn(value);
          for (const hidden of [token, secret, 'token-1'].flatMap(formsOf)) {
            expect(text).not.toContain(hidden);
          }
          expect(text).not.toMatch(/private-|Bearer|Basic |evil\.example/);
        }
      }
    }
  });

  it('are in no error about a broken connection', async () => {
    server.handle = (_, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\n${token}\r\n\r\n`);
      return undefined;
    };
    const error = await errorOf(clientOf(server).currentUser());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).not.toHaveProperty('cause');
    for (const hidden of formsOf(token)) {
      expect(everythingIn(error)).not.toContain(hidden);
    }
  });

  it('are not repeated when they are refused as configuration', () => {
    const bad = 'two words\r\nx: y';
    for (const [auth, name] of [
      [{ method: 'api-token', email, token: bad }, 'auth.token'],
      [{ method: 'api-token', email: bad, token }, 'auth.email'],
      [{ ...serviceAccount, clientSecret: bad }, 'auth.clientSecret'],
      [{ ...serviceAccount, clientSecret: '' }, 'auth.clientSecret'],
      [{ ...serviceAccount, clientId: bad }, 'auth.clientId'],
      [{ ...serviceAccount, cloudId: 'a/b' }, 'cloudId'],
      [{ ...scopedToken, token: bad }, 'auth.token'],
      [{ ...scopedToken, cloudId: '..' }, 'cloudId'],
      [{ ...grantOf([token]), cloudId: 'a/b' }, 'cloudId'],
      [{ method: 'password' }, 'auth.method'],
    ] as Array<[ConfluenceAuth, string]>) {
      let error: unknown;
      try {
        createConfluenceClient({ site: 'acme.atlassian.net', auth });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(TypeError);
      expect(inspect(error)).toContain(name);
      expect(inspect(error)).not.toContain('two words');
    }
  });
});

describe('addresses', () => {
  const make = (options: Partial<ConfluenceClientOptions>) =>
    createConfluenceClient({
      site: 'acme.atlassian.net',
      auth: { method: 'api-token', email, token },
      ...options,
    });

  it.each([
    ['acme.atlassian.net', 'https://acme.atlassian.net'],
    ['https://ACME.atlassian.net/', 'https://acme.atlassian.net'],
    ['https://acme.atlassian.net/wiki/', 'https://acme.atlassian.net'],
    ['http://localhost:7007', 'http://localhost:7007'],
    ['http://[::1]:7007/wiki', 'http://[::1]:7007'],
    ['https://8.8.8.8', 'https://8.8.8.8'],
  ])('reads the site %s', async (site, expected) => {
    const client = make({ site });
    expect(client.site).toBe(expected);
    await client.close();
  });

  it.each([
    [{ site: 'http://acme.atlassian.net' }, 'site must begin with https://'],
    [{ site: 'ftp://acme.atlassian.net' }, 'site must begin with https://'],
    [{ site: 'https://u:p@acme.atlassian.net' }, 'site must not contain'],
    [{ site: 'https://acme.atlassian.net/x' }, 'without a path'],
    [{ site: 'https://' }, 'site must be an address'],
    [{ apiUrl: 'http://127.0.0.1.evil.example' }, 'apiUrl must begin with'],
    [{ authUrl: 'http://evil.example' }, 'authUrl must begin with https://'],
    [{ site: 'https://10.0.0.1' }, 'site must not be an address that is not'],
    [{ site: 'https://169.254.169.254' }, 'site must not be an address'],
    [{ site: 'https://0xa9fea9fe' }, 'site must not be an address'],
    [{ site: '0.0.0.0' }, 'site must not be an address'],
    [{ apiUrl: 'https://[fd00:ec2::254]' }, 'apiUrl must not be an address'],
    [{ apiUrl: 'https://[::ffff:127.0.0.1]' }, 'apiUrl must not be an address'],
    [{ authUrl: 'https://[::]' }, 'authUrl must not be an address'],
    [{ site: 'https://аcme.atlassian.net' }, 'site must be written in plain'],
    [{ site: 'https://acme。atlassian.net' }, 'site must be written in plain'],
    [{ site: 'https://%D0%B0cme.example' }, 'site must be written in plain'],
    [{ site: 'acme.atlassian.net\n.evil.example' }, 'site must be written in'],
    [{ apiUrl: 'https://xn--cme-5cd.example' }, 'apiUrl must not be an inter'],
    [
      { authUrl: 'https://a.XN--CME-5CD.example' },
      'authUrl must not be an int',
    ],
    [{ concurrency: 0 }, 'concurrency must be a number from 1 to 50'],
    [{ userAgent: 'a\r\nb' }, 'userAgent must be'],
  ])('refuses %j', (options, message) => {
    expect(() => make(options)).toThrow(message);
  });
});
