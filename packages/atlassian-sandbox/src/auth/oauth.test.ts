// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from '../startSandbox';
import { demoAccountId } from '../world/demo/people';
import { TestClient } from '../__testUtils__/testClient';

const REDIRECT = 'http://localhost:7007/callback?env=test';
const SCOPES = [
  'read:space:confluence',
  'read:page:confluence',
  'read:content-details:confluence',
];
const MINUTE = 60_000;

describe('OAuth 2.0 (3LO)', () => {
  let sandbox: Sandbox;
  let client: TestClient;
  let time: number;

  beforeEach(async () => {
    time = Date.parse('2026-11-02T09:00:00Z');
    sandbox = await startSandbox({ now: () => new Date(time) });
    client = new TestClient(sandbox);
  });
  afterEach(() => sandbox.close());

  const token = (fields: Record<string, string | undefined>) => {
    const { clientId, clientSecret } = sandbox.credentials.oauth;
    return client.send('/oauth/token', {
      client_id: clientId,
      client_secret: clientSecret,
      ...fields,
    });
  };
  const redeem = (code: string, redirectUri = REDIRECT) =>
    token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
    });
  const refresh = (refreshToken: string | undefined) =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const connect = async (
    options: { sites?: string[]; account?: string } = {},
  ) =>
    (
      await redeem(
        sandbox.oauth.authorize({
          scopes: [...SCOPES, 'offline_access'],
          redirectUri: REDIRECT,
          ...options,
        }),
      )
    ).body;
  const spaces = (accessToken: string, cloudId?: string) =>
    client.withToken(accessToken, '/wiki/api/v2/spaces', cloudId);

  const asked = (changed: Record<string, string> = {}) =>
    new URLSearchParams({
      audience: 'api.atlassian.com',
      client_id: sandbox.credentials.oauth.clientId,
      scope: [...SCOPES, 'offline_access'].join(' '),
      redirect_uri: REDIRECT,
      state: 's"t<a>t&e',
      response_type: 'code',
      prompt: 'consent',
      ...changed,
    });
  const submit = (fields: URLSearchParams) =>
    client.raw('/authorize', {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    });

  it('asks on a page that escapes what it shows, and redirects with code and state', async () => {
    const page = await client.raw(`/authorize?${asked()}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(page.text).toContain('value="s&quot;t&lt;a&gt;t&amp;e"');
    expect(page.text.match(/name="site" value="[^"]+" checked/g)).toHaveLength(
      2,
    );
    expect(page.text).toContain('>Accept</button>');
    expect(page.text).toContain('>Cancel</button>');
    expect(page.text.indexOf('Bram Okafor, administrator')).toBeLessThan(
      page.text.indexOf('Ada Lindqvist'),
    );

    const fields = asked({
      account: demoAccountId('ada.lindqvist'),
      decision: 'accept',
    });
    const without = await submit(fields);
    expect(without.status).toBe(400);
    expect(without.text).toContain('Choose at least one site.');
    fields.append('site', sandbox.world.cloudId);
    fields.append('site', sandbox.secondCloudId);
    const accepted = await submit(fields);
    expect(accepted.status).toBe(302);
    const location = new URL(String(accepted.headers.get('location')));
    expect(location.origin + location.pathname).toBe(
      'http://localhost:7007/callback',
    );
    expect(location.searchParams.get('env')).toBe('test');
    expect(location.searchParams.get('state')).toBe('s"t<a>t&e');
    const { status, body } = await redeem(
      String(location.searchParams.get('code')),
    );
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        refresh_token: expect.any(String),
        expires_in: 3600,
        scope: [...SCOPES, 'offline_access'].join(' '),
        token_type: 'Bearer',
      },
    ]);

    fields.set('decision', 'cancel');
    const cancelled = new URL(
      String((await submit(fields)).headers.get('location')),
    );
    expect(cancelled.searchParams.get('error')).toBe('access_denied');
    expect(cancelled.searchParams.get('state')).toBe('s"t<a>t&e');
    expect(cancelled.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['client_id', 'another<b>'],
    ['redirect_uri', ''],
    ['redirect_uri', 'https://attacker.example/callback'],
    ['redirect_uri', 'http://localhost.attacker.example/'],
    ['redirect_uri', 'data:text/html,callback'],
    ['response_type', 'token'],
    ['state', ''],
    ['audience', 'elsewhere'],
    ['scope', ' '],
  ])('never redirects when %s is "%s"', async (name, value) => {
    const fields = asked({ [name]: value, decision: 'cancel' });
    for (const answer of [
      await client.raw(`/authorize?${fields}`, { redirect: 'manual' }),
      await submit(fields),
    ]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([
        400,
        null,
      ]);
      expect(answer.text).toContain('cannot be answered');
      expect(answer.text).not.toContain('<b>');
    }
  });

  it('redeems a code once, for its redirect address, within five minutes', async () => {
    const code = () =>
      sandbox.oauth.authorize({ scopes: SCOPES, redirectUri: REDIRECT });
    const refused = [
      403,
      {
        error: 'invalid_grant',
        error_description: 'Invalid authorization code',
      },
    ];
    const first = code();
    const elsewhere = await redeem(first, 'http://localhost:7007/other');
    expect([elsewhere.status, elsewhere.body]).toEqual(refused);
    const good = await redeem(first);
    expect(good.status).toBe(200);
    // Nobody asked to stay signed in.
    expect(good.body).not.toHaveProperty('refresh_token');
    const again = await redeem(first);
    expect([again.status, again.body]).toEqual(refused);
    const late = code();
    time += 5 * MINUTE;
    expect((await redeem(late)).status).toBe(403);
    const { clientId } = sandbox.credentials.oauth;
    const form = await client.raw('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: 'wrong',
        code: code(),
        redirect_uri: REDIRECT,
      }).toString(),
    });
    expect([form.status, form.body.error]).toEqual([401, 'access_denied']);
  });

  it('lets through what was granted and what the account may see, on granted sites only', async () => {
    const { access_token: own } = await connect({
      account: 'ada.lindqvist',
      sites: [sandbox.secondSiteUrl],
    });
    const { secondCloudId, secondSiteUrl } = sandbox;
    const resources = await client.raw('/oauth/token/accessible-resources', {
      headers: { authorization: `Bearer ${own}` },
    });
    expect(resources.body).toEqual([
      expect.objectContaining({
        id: secondCloudId,
        url: secondSiteUrl,
        scopes: SCOPES,
      }),
    ]);
    const other = await spaces(own);
    expect([other.status, other.body.message]).toEqual([
      403,
      'The app is not installed on this instance',
    ]);
    expect((await spaces(own, 'another')).status).toBe(404);
    const seen = await spaces(own, secondCloudId);
    const expected = sandbox.world
      .effectiveAccess(demoAccountId('ada.lindqvist'))
      .spaces.filter(space => space.read.length > 0)
      .map(space => space.key);
    expect(seen.body.results.map(space => space.key).sort()).toEqual(
      [...expected].sort(),
    );
    const group = await client.withToken(
      own,
      '/wiki/rest/api/group',
      secondCloudId,
    );
    expect([group.status, group.body.message]).toEqual([
      401,
      'Unauthorized; scope does not match',
    ]);
    const onSite = await client.raw('/wiki/api/v2/spaces', {
      headers: { authorization: `Bearer ${own}` },
    });
    expect(onSite.status).toBe(401);
    const guest = await connect({ account: 'wanda.ilesanmi' });
    expect((await spaces(guest.access_token)).status).toBe(403);
  });

  it('rotates refresh tokens, bears reuse within the leeway and kills the family after it', async () => {
    const unknown = [
      403,
      {
        error: 'invalid_grant',
        error_description: 'Unknown or invalid refresh token.',
      },
    ];
    const first = await connect();
    const bystander = await connect();
    const second = await refresh(first.refresh_token);
    time += 10 * MINUTE - 1;
    const third = await refresh(first.refresh_token);
    const chain = [first, second.body, third.body].map(
      body => body.refresh_token,
    );
    expect(new Set(chain).size).toBe(3);
    expect((await spaces(third.body.access_token)).status).toBe(200);
    time += 1;
    const late = await refresh(first.refresh_token);
    expect([late.status, late.body]).toEqual(unknown);
    for (const dead of chain)
      expect((await refresh(dead)).body).toEqual(unknown[1]);
    expect((await spaces(third.body.access_token)).status).toBe(401);
    expect((await spaces(bystander.access_token)).status).toBe(200);
    expect((await refresh(bystander.refresh_token)).status).toBe(200);
    expect((await refresh('nonsense')).status).toBe(403);
    expect(sandbox.oauth).toMatchObject({
      refreshes: 3,
      reuses: 1,
      familiesKilled: 1,
    });
  });

  it('ends refresh tokens that nobody uses, and everything of an account that ends', async () => {
    const { refresh_token: idle } = await connect();
    const gone = await connect({ account: 'hugo.reyes' });
    sandbox.changes.deactivate({ account: 'hugo.reyes' });
    expect((await spaces(gone.access_token)).status).toBe(401);
    expect((await refresh(gone.refresh_token)).status).toBe(403);
    time += 90 * 24 * 60 * MINUTE + 1;
    expect((await refresh(idle)).status).toBe(403);
  });

  it('is steered from another process, and lists every secret', async () => {
    const steer = (path: string, body?: unknown) =>
      client.send(`/sandbox/oauth${path}`, body);
    await steer('', { accessTokenLifeMs: 30_000, leewayMs: 0 });
    const { body } = await steer('/authorize', {
      scopes: ['read:space:confluence', 'offline_access'],
      redirectUri: REDIRECT,
      account: 'bram.okafor',
    });
    const code = String(Reflect.get(body, 'code'));
    const grant = (await redeem(code)).body;
    expect(grant).toMatchObject({ expires_in: 30 });
    time += 29_999;
    expect((await spaces(grant.access_token)).status).toBe(200);
    time += 1;
    expect((await spaces(grant.access_token)).status).toBe(401);
    const next = (await refresh(grant.refresh_token)).body;
    expect((await client.raw('/sandbox/oauth')).body).toEqual({
      refreshes: 1,
      reuses: 0,
      familiesKilled: 0,
    });
    expect(sandbox.secrets()).toEqual(
      expect.arrayContaining([
        code,
        grant.access_token,
        grant.refresh_token,
        next.access_token,
        next.refresh_token,
        sandbox.credentials.oauth.clientSecret,
      ]),
    );
    expect((await steer('/revoke')).body).toMatchObject({ familiesKilled: 1 });
    expect((await spaces(next.access_token)).status).toBe(401);
    expect((await refresh(next.refresh_token)).status).toBe(403);
    expect((await steer('', { leewayMs: -1 })).status).toBe(400);
    expect(
      (
        await steer('/authorize', {
          scopes: SCOPES,
          redirectUri: 'https://attacker.example',
        })
      ).status,
    ).toBe(400);
  });
});
