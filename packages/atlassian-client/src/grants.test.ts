// SPDX-License-Identifier: Apache-2.0
import {
  CredentialRefusedError,
  GrantRefusedError,
  MissingScopeError,
} from './index';
import {
  clientOf,
  email,
  errorOf,
  grantOf,
  me,
  platform,
  scopedToken,
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

describe('a scoped API token', () => {
  it('goes through the gateway with the email, and asks the site for its id', async () => {
    platform(server);
    const client = clientOf(server, { auth: scopedToken });
    await client.currentUser();
    await client.currentUser();
    expect(paths()).toEqual([
      '/_edge/tenant_info',
      ...Array(2).fill(`/ex/confluence/cloud-2${current}`),
    ]);
    expect(server.seen[0].headers.authorization).toBeUndefined();
    expect(server.seen[1].headers.authorization).toBe(
      `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`,
    );
  });

  it('takes the configured cloud id without a lookup', async () => {
    platform(server);
    const auth = { ...scopedToken, cloudId: 'cloud-9' };
    await clientOf(server, { auth }).currentUser();
    expect(paths()).toEqual([`/ex/confluence/cloud-9${current}`]);
  });

  it.each([
    ['is refused', {}, CredentialRefusedError],
    [
      'lacks a scope',
      { message: 'Unauthorized; scope does not match' },
      MissingScopeError,
    ],
  ])('%s once', async (_, body, kind) => {
    platform(server, { api: () => ({ status: 401, body }) });
    const client = clientOf(server, { auth: scopedToken });
    expect(await errorOf(client.groups())).toBeInstanceOf(kind);
    expect(server.seen).toHaveLength(2);
  });
});

describe('a grant', () => {
  it('goes through the gateway, to the site among those it opens', async () => {
    platform(server);
    const client = clientOf(server, { auth: grantOf(['access-1']) });
    await client.currentUser();
    expect(paths()).toEqual([
      '/oauth/token/accessible-resources',
      `/ex/confluence/cloud-1${current}`,
    ]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill('Bearer access-1'),
    );
  });

  it('takes the configured cloud id without a lookup', async () => {
    platform(server);
    const auth = { ...grantOf(['access-1']), cloudId: 'cloud-9' };
    await clientOf(server, { auth }).currentUser();
    expect(paths()).toEqual([`/ex/confluence/cloud-9${current}`]);
  });

  it('asks for another token once after a refusal', async () => {
    platform(server, {
      api: ({ headers }) =>
        headers.authorization === 'Bearer access-2' ? me : { status: 401 },
    });
    const auth = { ...grantOf(['access-1', 'access-2']), cloudId: 'c' };
    await clientOf(server, { auth }).currentUser();
    expect(auth.discarded).toEqual(['access-1']);

    const gone = {
      ...grantOf(['access-3', 'access-4', 'access-5']),
      cloudId: 'c',
    };
    const error = await errorOf(clientOf(server, { auth: gone }).currentUser());
    expect(error).toBeInstanceOf(CredentialRefusedError);
    expect(gone.discarded).toEqual(['access-3']);
  });

  it('throws on what its source of tokens throws, and sends nothing', async () => {
    platform(server);
    const refusal = new GrantRefusedError({ endpoint: 'POST /oauth/token' });
    const tokens = {
      token: async () => {
        throw refusal;
      },
      discard: () => {},
    };
    const client = clientOf(server, { auth: { method: 'oauth', tokens } });
    expect(await errorOf(client.currentUser())).toBe(refusal);
    expect(await errorOf(client.spaces())).toBe(refusal);
    expect(server.seen).toHaveLength(0);
  });

  it('sends no token that could write headers', async () => {
    platform(server);
    const auth = { ...grantOf(['s3cret\r\nx: y']), cloudId: 'c' };
    const error = await errorOf(clientOf(server, { auth }).currentUser());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('auth.tokens');
    expect(error.message).not.toContain('s3cret');
    expect(server.seen).toHaveLength(0);
  });
});
