// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { OAuthApp } from '@confluence-compliance/atlassian-client';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import {
  appOf,
  credentialsIn,
  isWorking,
  newGrant,
  sealingKey,
} from './__testUtils__/grants';
import type { Credentials } from './Credentials';
import {
  NoCredentialError,
  NotConnectedError,
  ReconnectError,
} from './failures';
import { type GrantSecret, OAuthTokens } from './OAuthTokens';

const HOUR = 3_600_000;
const TOKEN_ENDPOINT = 'POST /oauth/token';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('OAuthTokens on %p', id => {
  let knex: Knex;
  let sandbox: Sandbox;
  let app: OAuthApp;
  let credentials: Credentials;
  /** How much later it is than the clock says. */
  let later = 0;
  const now = () => Date.now() + later;

  beforeEach(async () => {
    later = 0;
    knex = await databases.init(id);
    credentials = await credentialsIn(knex);
    sandbox = await startSandbox({ now: () => new Date(now()) });
    app = appOf(sandbox, { now });
  });

  afterEach(async () => {
    await app.close();
    await sandbox.close();
  });

  /** Another replica, or another client of the same one. */
  const replica = (options: Partial<{ app: Pick<OAuthApp, 'refresh'> }> = {}) =>
    new OAuthTokens({ connection: 'acme', credentials, app, now, ...options });

  async function grant(): Promise<GrantSecret> {
    const secret = await newGrant(sandbox, app);
    await credentials.write(knex, 'acme', 'oauth', secret);
    return secret;
  }

  const stored = async () =>
    (await credentials.read<GrantSecret>('acme', 'oauth'))!;

  it('gives the token of a stored grant without asking', async () => {
    const { accessToken } = await grant();
    const tokens = replica();
    expect(await tokens.token()).toBe(accessToken);
    later = HOUR - 130_000;
    expect(await tokens.token()).toBe(accessToken);
    expect(await replica().token()).toBe(accessToken);
    expect(sandbox.oauth.refreshes).toBe(0);
  });

  it('renews once for many callers at once, two minutes before the end', async () => {
    const { accessToken } = await grant();
    const replicas = [replica(), replica(), replica()];
    await Promise.all(replicas.map(tokens => tokens.token()));
    later = HOUR - 110_000;
    const given = await Promise.all(
      replicas.flatMap(tokens => [1, 2, 3, 4].map(() => tokens.token())),
    );
    expect(sandbox.oauth.refreshes).toBe(1);
    const { secret } = await stored();
    // Whoever could not renew it goes on with the one that is still good.
    expect([accessToken, secret.accessToken]).toEqual(
      expect.arrayContaining([...new Set(given)]),
    );
    expect(given).toContain(secret.accessToken);
    later += 5_001;
    for (const tokens of replicas) {
      expect(await tokens.token()).toBe(secret.accessToken);
    }
    later = HOUR + 1;
    expect(await replica().token()).toBe(secret.accessToken);
    expect(sandbox.oauth.refreshes).toBe(1);
  });

  it('renews an ended one once for many callers at once', async () => {
    const { accessToken } = await grant();
    later = HOUR + 1;
    const replicas = [replica(), replica(), replica()];
    const given = await Promise.all(
      replicas.flatMap(tokens => [1, 2, 3, 4].map(() => tokens.token())),
    );
    expect(new Set(given).size).toBe(1);
    expect(given[0]).not.toBe(accessToken);
    expect(await isWorking(sandbox, given[0])).toBe(true);
    expect(sandbox.oauth.refreshes).toBe(1);
    expect(await stored()).toMatchObject({
      state: 'stored',
      secret: { accessToken: given[0], accessExpiresAt: expect.any(Number) },
    });
  });

  it('renews a token that was discarded, also when others say so later', async () => {
    const first = await grant();
    const tokens = replica();
    expect(await tokens.token()).toBe(first.accessToken);
    sandbox.expireTokens();
    tokens.discard(first.accessToken);
    const second = await tokens.token();
    tokens.discard(first.accessToken);
    expect(await tokens.token()).toBe(second);
    tokens.discard(second);
    tokens.discard(first.accessToken);
    const third = await tokens.token();
    expect([first.accessToken, second]).not.toContain(third);
    expect(sandbox.oauth.refreshes).toBe(2);

    // What another replica has renewed is taken over, not renewed again.
    const other = replica();
    expect(await other.token()).toBe(third);
    tokens.discard(third);
    const fourth = await tokens.token();
    other.discard(third);
    expect(await other.token()).toBe(fourth);
    expect(sandbox.oauth.refreshes).toBe(3);
  });

  it.each([
    ['an error of the server', { kind: 'status', status: 503 } as const],
    ['a network that breaks', { kind: 'reset' } as const],
    ['a page of a proxy', { kind: 'html' } as const],
  ])('keeps the grant over %s, and heals', async (_, fault) => {
    const { accessToken, refreshToken } = await grant();
    const tokens = replica();
    await tokens.token();
    later = HOUR - 60_000;
    sandbox.faults.add({ endpoint: TOKEN_ENDPOINT, times: 1000, ...fault });
    // Still good: its renewal has time.
    expect(await tokens.token()).toBe(accessToken);
    later = HOUR + 1;
    await expect(tokens.token()).rejects.toThrow(TOKEN_ENDPOINT);
    await expect(tokens.token()).rejects.toMatchObject({
      name: 'UpstreamError',
    });
    expect(await stored()).toMatchObject({
      state: 'stored',
      secret: { refreshToken },
    });
    sandbox.faults.clear();
    const healed = await tokens.token();
    expect(await isWorking(sandbox, healed)).toBe(true);
    expect((await stored()).secret.accessToken).toBe(healed);
  });

  it('keeps the grant while the app itself is refused', async () => {
    await grant();
    const { clientSecret } = sandbox.rotateClient(
      sandbox.credentials.oauth.clientId,
    );
    later = HOUR + 1;
    await expect(replica().token()).rejects.toMatchObject({
      name: 'CredentialRefusedError',
    });
    expect((await stored()).state).toBe('stored');
    const { clientId } = sandbox.credentials.oauth;
    const mended = appOf(
      {
        ...sandbox,
        credentials: { oauth: { clientId, clientSecret } },
      } as Sandbox,
      { now },
    );
    const healed = await replica({ app: mended }).token();
    expect(await isWorking(sandbox, healed)).toBe(true);
    await mended.close();
  });

  it('asks for a person when the grant is over', async () => {
    await grant();
    sandbox.oauth.revokeGrants();
    const tokens = replica();
    later = HOUR + 1;
    const refused = await tokens.token().catch(error => error);
    expect(refused).toBeInstanceOf(ReconnectError);
    expect(refused.since).toBe((await stored()).refusedAt);
    expect(Date.parse(refused.since)).toBeGreaterThan(
      Date.now() + HOUR - 60_000,
    );
    later += HOUR;
    const asked = sandbox.requests.of(TOKEN_ENDPOINT);
    for (const again of [tokens, replica()]) {
      const error = await again.token().catch(caught => caught);
      expect(error).toBeInstanceOf(ReconnectError);
      expect(error.since).toBe(refused.since);
    }
    expect(sandbox.requests.of(TOKEN_ENDPOINT)).toEqual(asked);
    const { accessToken } = await grant();
    expect(await tokens.token()).toBe(accessToken);
    expect(await stored()).toMatchObject({ state: 'stored' });
    expect((await stored()).refusedAt).toBeUndefined();
  });

  it('says that nobody has granted anything, or that no key opens it', async () => {
    await expect(replica().token()).rejects.toThrow(NotConnectedError);
    await grant();
    credentials = await credentialsIn(knex, [sealingKey('2027', 1)]);
    const error = await replica()
      .token()
      .catch(caught => caught);
    expect(error).toBeInstanceOf(NoCredentialError);
    expect(error.message).toContain("'2026'");
  });
});
