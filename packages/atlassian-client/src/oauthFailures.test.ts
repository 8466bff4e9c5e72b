// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  GrantRefusedError,
  UpstreamError,
} from './index';
import {
  errorOf,
  everythingIn,
  fakeClock,
  formsOf,
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
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

describe('a refusal', () => {
  const html = { 'content-type': 'text/html' };
  const app = 'does not accept the OAuth app';
  const grant = 'somebody must connect again';
  const cases: Array<[string, Reply, unknown, object, string]> = [
    ...[400, 401, 403].flatMap(status =>
      ['invalid_grant', 'unauthorized_client'].map(
        error =>
          [
            `${status} ${error}`,
            { status, body: { error, error_description: refreshToken } },
            GrantRefusedError,
            { name: 'GrantRefusedError', reason: 'unauthenticated' },
            grant,
          ] as [string, Reply, unknown, object, string],
      ),
    ),
    [
      '401 access_denied',
      { status: 401, body: { error: 'access_denied' } },
      CredentialRefusedError,
      { name: 'CredentialRefusedError', reason: 'unauthenticated' },
      app,
    ],
    [
      '401 invalid_client',
      { status: 401, body: { error: 'invalid_client' } },
      CredentialRefusedError,
      { name: 'CredentialRefusedError' },
      app,
    ],
    [
      '400 invalid_request',
      { status: 400, body: { error: 'invalid_request' } },
      UpstreamError,
      { kind: 'client' },
      'invalid_request',
    ],
    [
      '400 with a word of its own',
      { status: 400, body: { error: secret } },
      UpstreamError,
      { kind: 'client' },
      'refused the request',
    ],
    ...[400, 401, 403, 404].map(
      status =>
        [
          `a page with ${status}`,
          { status, headers: html, body: '{"error":"invalid_grant"}' },
          UpstreamError,
          { kind: 'invalid-response' },
          'a refusal that is not its own',
        ] as [string, Reply, unknown, object, string],
    ),
    [
      'JSON of somebody else',
      { status: 403, body: { message: 'Forbidden' } },
      UpstreamError,
      { kind: 'invalid-response' },
      'a refusal that is not its own',
    ],
    [
      'a page that is fine',
      { headers: html, body: 'Please log in' },
      UpstreamError,
      { kind: 'invalid-response' },
      'not JSON',
    ],
    [
      '500 with the word of a refusal',
      { status: 500, body: { error: 'invalid_grant' } },
      UpstreamError,
      { kind: 'server' },
      'failed to answer',
    ],
    [
      'a wait',
      { status: 429, headers: { 'retry-after': '999' } },
      Error,
      { name: 'QuotaExceededError' },
      'wait until',
    ],
  ];

  it.each(cases)('of %s', async (_, reply, kind, facts, text) => {
    server.handle = () => reply;
    const refused = await errorOf(appOf(server).refresh({ refreshToken }));
    const lost = await errorOf(
      appOf(server).exchangeCode({ code, redirectUri }),
    );
    for (const error of [refused, lost]) {
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ ...facts, endpoint: 'POST /oauth/token' });
      expect(error.message).toContain(text);
      const all = everythingIn(error);
      for (const hidden of [code, refreshToken, secret].flatMap(formsOf)) {
        expect(all).not.toContain(hidden);
      }
    }
    expect(refused instanceof GrantRefusedError).toBe(
      kind === GrantRefusedError,
    );
  });
});

describe('trying again', () => {
  const replies: Array<[string, Reply | undefined]> = [
    ['an error', { status: 503 }],
    ['a wait', { status: 429, headers: { 'retry-after': '1' } }],
    ['a broken connection', undefined],
  ];

  it.each(replies)('heals a refresh after %s', async (_, reply) => {
    server.handle = (__, response) => {
      if (server.seen.length > 1) {
        return { body: tokens };
      }
      if (!reply) {
        response.socket?.destroy();
      }
      return reply;
    };
    const { accessToken: found } = await appOf(server).refresh({
      refreshToken,
    });
    expect(found).toBe(accessToken);
    expect(server.seen).toHaveLength(2);
  });

  it.each(replies)('does not spend a code twice after %s', async (_, reply) => {
    server.handle = (__, response) => {
      if (!reply) {
        response.socket?.destroy();
      }
      return reply;
    };
    const clock = fakeClock();
    await errorOf(appOf(server, clock).exchangeCode({ code, redirectUri }));
    expect(server.seen).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('sends a code again when it cannot have arrived', async () => {
    await stopAll();
    const clock = fakeClock();
    const app = appOf(server, clock);
    const error = await errorOf(app.exchangeCode({ code, redirectUri }));
    expect(error).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    expect(clock.sleeps).toHaveLength(3);
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    server.handle = () => {
      controller.abort(reason);
      return undefined;
    };
    const { signal } = controller;
    for (const call of [
      appOf(server).exchangeCode({ code, redirectUri, signal }),
      appOf(server).refresh({ refreshToken, signal }),
      appOf(server).sites(accessToken, { signal }),
    ]) {
      expect(await errorOf(call)).toBe(reason);
    }
  });
});
