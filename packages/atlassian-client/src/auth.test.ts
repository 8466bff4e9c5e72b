// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  MissingScopeError,
  NoProductAccessError,
  QuotaExceededError,
  WrongSiteError,
} from './index';
import {
  clientOf,
  email,
  errorOf,
  fakeClock,
  me,
  platform,
  type Reply,
  secret,
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

const paths = () => server.seen.map(({ url }) => url.pathname);
const current = '/wiki/rest/api/user/current';

describe('an API token', () => {
  it('goes straight to the site with the email', async () => {
    platform(server);
    expect(await clientOf(server).currentUser()).toMatchObject({
      accountId: 'me',
    });
    expect(paths()).toEqual([current]);
    expect(server.seen[0].headers.authorization).toBe(
      `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
    );
  });

  it.each<[string, Reply, unknown, object]>([
    [
      '401',
      { status: 401 },
      CredentialRefusedError,
      { reason: 'unauthenticated' },
    ],
    ['403', { status: 403 }, NoProductAccessError, { reason: 'forbidden' }],
    [
      'a visitor of a public site',
      { body: { type: 'anonymous', displayName: 'Anonymous' } },
      CredentialRefusedError,
      { reason: 'unauthenticated' },
    ],
  ])('is refused by %s, once', async (_, reply, kind, facts) => {
    platform(server, { api: () => reply });
    const error = await errorOf(clientOf(server).currentUser());
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(CredentialRefusedError);
    expect(error).toMatchObject(facts);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a service account', () => {
  it('goes through the gateway, with one token and one lookup for everybody', async () => {
    platform(server);
    const client = clientOf(server, { auth: serviceAccount });
    await Promise.all([
      client.currentUser(),
      client.currentUser(),
      client.currentUser(),
    ]);
    await client.currentUser();
    expect(paths()).toEqual([
      '/oauth/token',
      '/oauth/token/accessible-resources',
      ...Array(4).fill(`/ex/confluence/cloud-1${current}`),
    ]);
    expect(JSON.parse(server.seen[0].body)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: secret,
    });
    expect(server.seen[0].headers.authorization).toBeUndefined();
    expect(server.seen[2].headers.authorization).toBe('Bearer token-1');
    expect(await client.cloudId()).toBe('cloud-1');
    expect(server.seen).toHaveLength(6);
  });

  it('works one request at a time', async () => {
    platform(server);
    const client = clientOf(server, { auth: serviceAccount, concurrency: 1 });
    await Promise.all([client.currentUser(), client.currentUser()]);
    expect(server.seen).toHaveLength(4);
  });

  it('takes the configured cloud id without a lookup', async () => {
    platform(server);
    const auth = { ...serviceAccount, cloudId: 'cloud-9' };
    await clientOf(server, { auth }).currentUser();
    expect(paths()).toEqual([
      '/oauth/token',
      `/ex/confluence/cloud-9${current}`,
    ]);
  });

  it.each<[string, Reply]>([
    [
      'lists other sites only',
      { body: [{ id: 'x', url: 'https://x.example' }] },
    ],
    ['may not list', { status: 403 }],
    ['gets no list', { body: { message: 'what?' } }],
  ])('asks the site when it %s', async (_, resources) => {
    platform(server, { resources: () => resources });
    const client = clientOf(server, { auth: serviceAccount });
    await client.currentUser();
    expect(paths()).toContain('/_edge/tenant_info');
    expect(paths().at(-1)).toBe(`/ex/confluence/cloud-2${current}`);
    const tenant = server.seen.find(({ url }) =>
      url.pathname.includes('tenant'),
    );
    expect(tenant?.headers.authorization).toBeUndefined();
  });

  it('does not take a cloud id that could lead elsewhere', async () => {
    platform(server, {
      resources: () => ({ body: [{ id: '../../evil', url: server.url }] }),
      tenant: () => ({ body: { cloudId: 'a/b' } }),
    });
    const error = await errorOf(
      clientOf(server, { auth: serviceAccount }).currentUser(),
    );
    expect(error).toBeInstanceOf(WrongSiteError);
  });

  it('does not take a passing failure for an answer about resources', async () => {
    platform(server, { resources: () => ({ status: 500 }) });
    const client = clientOf(server, { auth: serviceAccount });
    expect(await errorOf(client.currentUser())).toMatchObject({
      kind: 'server',
    });
    expect(paths()).not.toContain('/_edge/tenant_info');
  });

  it('fetches a new token shortly before the old one ends', async () => {
    platform(server);
    const clock = fakeClock();
    const client = clientOf(server, { auth: serviceAccount, ...clock });
    const used = () => server.seen.at(-1)?.headers.authorization;
    await client.currentUser();
    clock.advance(57 * 60_000);
    await client.currentUser();
    expect(used()).toBe('Bearer token-1');
    clock.advance(60_000);
    await client.currentUser();
    expect(used()).toBe('Bearer token-2');
  });

  it('fetches a new token once after a refusal', async () => {
    platform(server, {
      api: ({ headers }) =>
        headers.authorization === 'Bearer token-1' ? { status: 401 } : me,
    });
    const clock = fakeClock();
    const client = clientOf(server, { auth: serviceAccount, ...clock });
    await Promise.all([client.currentUser(), client.currentUser()]);
    expect(paths().filter(path => path === '/oauth/token')).toHaveLength(2);
    expect(clock.sleeps).toEqual([]);

    platform(server, { api: () => ({ status: 401 }) });
    server.seen.length = 0;
    const error = await errorOf(client.currentUser());
    expect(error).toBeInstanceOf(CredentialRefusedError);
    expect(paths().filter(path => path.endsWith(current))).toHaveLength(2);
  });

  it('does not fetch a new token for a missing scope', async () => {
    platform(server, {
      api: () => ({
        status: 401,
        body: { message: 'Unauthorized; scope does not match' },
      }),
    });
    const client = clientOf(server, { auth: serviceAccount });
    const error = await errorOf(client.searchUsers());
    expect(error).toBeInstanceOf(MissingScopeError);
    expect(error.message).toContain('read:content-details:confluence');
    expect(paths().filter(path => path === '/oauth/token')).toHaveLength(1);
  });

  it.each([400, 401, 403])(
    'is refused when its token address says %i',
    async status => {
      platform(server, {
        token: () => ({ status, body: { error: 'access_denied' } }),
      });
      const client = clientOf(server, { auth: serviceAccount });
      const error = await errorOf(client.currentUser());
      expect(error).toBeInstanceOf(CredentialRefusedError);
      expect(error).toMatchObject({
        name: 'CredentialRefusedError',
        reason: 'unauthenticated',
        endpoint: 'POST /oauth/token',
      });
      expect(server.seen).toHaveLength(1);
    },
  );

  it('never lacks a scope at its token address, which needs none', async () => {
    platform(server, {
      token: () => ({
        status: 401,
        body: { message: 'Unauthorized; scope does not match' },
      }),
    });
    const client = clientOf(server, { auth: serviceAccount });
    const error = await errorOf(client.currentUser());
    expect(error).toBeInstanceOf(CredentialRefusedError);
    expect(error).toMatchObject({ reason: 'unauthenticated' });
  });

  it('tries again when its token address fails for a while', async () => {
    platform(server, {
      token: (_, count) =>
        count < 3 ? { status: 503 } : { body: { access_token: 'late' } },
    });
    await clientOf(server, { auth: serviceAccount }).currentUser();
    expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer late');
  });

  it.each([{}, { access_token: '' }, { access_token: 'a\r\nb' }, []])(
    'does not take %j for a token',
    async body => {
      platform(server, { token: () => ({ body }) });
      const error = await errorOf(
        clientOf(server, { auth: serviceAccount }).currentUser(),
      );
      expect(error).toMatchObject({ kind: 'invalid-response' });
    },
  );

  it('lets one caller leave while another waits for the same token', async () => {
    let answer: (() => void) | undefined;
    const asked = new Promise<void>(resolve => {
      platform(server);
      const { handle } = server;
      server.handle = async (request, response) => {
        if (request.url.pathname === '/oauth/token') {
          resolve();
          await new Promise<void>(go => {
            answer = go;
          });
        }
        return handle(request, response);
      };
    });
    const client = clientOf(server, { auth: serviceAccount });
    const controller = new AbortController();
    const leaving = errorOf(client.currentUser({ signal: controller.signal }));
    const staying = client.currentUser();
    await asked;
    const reason = new Error('stop');
    controller.abort(reason);
    expect(await leaving).toBe(reason);
    answer?.();
    expect(await staying).toMatchObject({ accountId: 'me' });
  });

  it('ends the shared request when the last caller has left', async () => {
    const controller = new AbortController();
    const ended = new Promise<void>(resolve => {
      server.handle = (_, response) => {
        response.on('close', resolve);
        controller.abort(new Error('stop'));
        return undefined;
      };
    });
    const client = clientOf(server, { auth: serviceAccount });
    await errorOf(client.currentUser({ signal: controller.signal }));
    await ended;
    platform(server);
    expect(await client.currentUser()).toMatchObject({ accountId: 'me' });
  });
});

it('passes a long wait of the token address on', async () => {
  platform(server, {
    token: () => ({ status: 429, headers: { 'retry-after': '600' } }),
  });
  const client = clientOf(server, { auth: serviceAccount });
  expect(await errorOf(client.currentUser())).toBeInstanceOf(
    QuotaExceededError,
  );
});
