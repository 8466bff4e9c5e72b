// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from '../startSandbox';
import { TestClient } from '../__testUtils__/testClient';

interface ApiToken {
  email: string;
  token: string;
}

describe('credentials that end or are poor', () => {
  let sandbox: Sandbox;
  let client: TestClient;
  let time: number;

  beforeEach(async () => {
    time = Date.parse('2026-11-02T09:00:00Z');
    sandbox = await startSandbox({ now: () => new Date(time) });
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const basic = ({ email, token }: ApiToken, base = '') =>
    client.raw(`${base}/wiki/rest/api/user/current`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${email}:${token}`).toString(
          'base64',
        )}`,
      },
    });
  const gateway = () => `/ex/confluence/${sandbox.world.cloudId}`;
  const control = async <T>(path: string, body: unknown) =>
    (await client.send(`/sandbox${path}`, body)).body as unknown as T;

  it('refuses API tokens that have expired or were revoked', async () => {
    const expiresAt = '2026-11-02T09:01:00Z';
    const plain = sandbox.issueApiToken({
      account: 'ada.lindqvist',
      expiresAt,
    });
    const scoped = await control<ApiToken>('/tokens', {
      account: 'ada.lindqvist',
      scopes: ['read:confluence-user'],
      expiresAt,
    });
    const lasting = await control<ApiToken>('/tokens', {
      account: 'hugo.reyes',
    });
    const statuses = async () => [
      (await basic(plain)).status,
      (await basic(scoped, gateway())).status,
      (await basic(lasting)).status,
    ];
    expect(await statuses()).toEqual([200, 200, 200]);
    time += 60_000;
    expect(await statuses()).toEqual([401, 401, 200]);
    await control('/tokens/revoke', { token: lasting.token });
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(sandbox.secrets()).toEqual(
      expect.arrayContaining([plain.token, scoped.token, lasting.token]),
    );
    const again = await client.send('/sandbox/tokens/revoke', {
      token: lasting.token,
    });
    expect(again.status).toBe(400);
    expect(again.text).not.toContain(lasting.token);
    expect(
      (await client.send('/sandbox/tokens', { expiresAt: 'soon' })).status,
    ).toBe(400);
  });

  it('says that an account without Confluence cannot access it', async () => {
    const token = sandbox.issueApiToken({ account: 'wanda.ilesanmi' });
    const { status, body } = await basic(token);
    expect([status, body.message]).toEqual([
      403,
      'Request rejected because caller cannot access Confluence',
    ]);
  });

  it('gives a client a new secret, and shows no more than its account sees', async () => {
    const client2 = await control<{ clientId: string; clientSecret: string }>(
      '/clients',
      { account: 'hugo.reyes', scopes: ['read:space:confluence'] },
    );
    const token = await client.token(client2);
    const { body } = await client.withToken(token, '/wiki/api/v2/spaces');
    expect(body.results.map(space => space.key)).not.toContain('PPL');
    const next = await control<typeof client2>('/clients/rotate', {
      clientId: client2.clientId,
    });
    expect(await client.token(client2)).toBe('undefined');
    expect(await client.token(next)).toMatch(/^sandbox-access-/);
    expect(sandbox.secrets()).toContain(next.clientSecret);
    expect(
      sandbox.rotateClient(sandbox.credentials.oauth.clientId).clientSecret,
    ).not.toBe(sandbox.credentials.oauth.clientSecret);
    expect(() => sandbox.rotateClient('nobody')).toThrow('nobody');
  });

  it('ends and issues keys of the organization', async () => {
    const ask = async (apiKey: string) =>
      (
        await client.raw('/admin/v1/orgs', {
          headers: { authorization: `Bearer ${apiKey}` },
        })
      ).status;
    const { id, apiKey } = sandbox.credentials.organization;
    expect(await ask(apiKey)).toBe(200);
    await control('/organization/revoke', {});
    expect(await ask(apiKey)).toBe(401);
    const next = await control<{ id: string; apiKey: string }>(
      '/organization/issue',
      {},
    );
    expect([next.id, await ask(next.apiKey), await ask(apiKey)]).toEqual([
      id,
      200,
      401,
    ]);
    expect(sandbox.secrets()).toContain(next.apiKey);
  });

  it.each([
    [
      ['read:confluence-groups'],
      { groups: 200, members: 200, current: 401, memberOf: 401, search: 401 },
    ],
    [
      ['read:confluence-user'],
      { groups: 401, members: 401, current: 200, memberOf: 200, search: 401 },
    ],
    [
      [
        'read:confluence-user',
        'read:confluence-groups',
        'read:content-details:confluence',
      ],
      { groups: 200, members: 200, current: 200, memberOf: 200, search: 200 },
    ],
    [
      ['read:group:confluence'],
      { groups: 200, members: 401, current: 401, memberOf: 401, search: 401 },
    ],
    [
      ['read:group:confluence', 'read:user:confluence'],
      { groups: 200, members: 200, current: 401, memberOf: 200, search: 401 },
    ],
  ])('opens to %j what these scopes open', async (scopes, expected) => {
    const token = await client.token(sandbox.issueClient({ scopes }));
    const { id } = sandbox.changes.group('engineering');
    const { accountId } = sandbox.changes.account('hugo.reyes');
    const status = async (path: string) =>
      (await client.withToken(token, `/wiki/rest/api${path}`)).status;
    expect({
      groups: await status('/group'),
      members: await status(`/group/${id}/membersByGroupId`),
      current: await status('/user/current'),
      memberOf: await status(`/user/memberof?accountId=${accountId}`),
      search: await status('/search/user?cql=type=user'),
    }).toEqual(expected);
  });
});
