// SPDX-License-Identifier: Apache-2.0
import { demoAccountId } from './world/demo/people';
import { Sandbox, SandboxOptions, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

const started: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(sandbox => sandbox.close()));
});

/** What tests look at of a token. */
interface Token {
  label: string;
}

async function setUp(options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options);
  started.push(sandbox);
  const client = new TestClient(sandbox);
  const { id, apiKey } = sandbox.credentials.organization;
  const ask = (path: string, key = apiKey, orgId = id) =>
    client.raw(`/admin/api-access/v1/orgs/${orgId}/${path}`, {
      headers: { authorization: `Bearer ${key}` },
    });
  const tokens = async (pageSize = 100): Promise<Token[]> => {
    const rows: Token[] = [];
    let cursor: string | undefined = '';
    do {
      const page = await ask(`api-tokens?pageSize=${pageSize}${cursor}`);
      expect(page.status).toBe(200);
      rows.push(...(page.body.data as unknown as Token[]));
      const { next } = page.body.links;
      cursor = next && `&cursor=${encodeURIComponent(next)}`;
    } while (cursor);
    return rows;
  };
  return { sandbox, ask, tokens };
}

describe('API tokens of the organization', () => {
  it('are those of managed accounts, in pages of any size', async () => {
    const { tokens, sandbox } = await setUp({ size: { accounts: 400 } });
    const all = await tokens();
    expect(await tokens(3)).toEqual(all);
    expect(all.length).toBe(sandbox.world.apiTokens.length);
    expect(all.length).toBeGreaterThan(12);
    const [first] = all;
    expect(first).toEqual({
      id: expect.any(String),
      label: 'Workplace automation',
      status: 'ALLOWED',
      createdAt: expect.stringMatching(/^2025-.*Z$/),
      expiresAt: expect.stringMatching(/^2026-.*Z$/),
      lastActiveAt: expect.stringMatching(/^2026-10-31/),
      user: {
        id: demoAccountId('bram.okafor'),
        orgId: sandbox.world.orgId,
        name: 'Bram Okafor',
        email: 'bram.okafor@northwind.example',
      },
    });
    expect(
      all.find(({ label }) => label === 'Local scripts'),
    ).not.toHaveProperty('lastActiveAt');
  });

  it('are made, used, blocked and revoked', async () => {
    const { sandbox, tokens } = await setUp();
    const { changes } = sandbox;
    changes.addApiToken({ account: 'olga.fairweather', label: 'Mood board' });
    changes.useApiToken({ token: 'Local scripts' });
    changes.blockApiToken({ token: 'Backup job' });
    changes.revokeApiToken({ token: 'Release pipeline' });
    const of = new Map((await tokens(2)).map(row => [row.label, row]));
    expect(of.get('Mood board')).toMatchObject({ status: 'ALLOWED' });
    expect(of.get('Local scripts')).toHaveProperty('lastActiveAt');
    expect(of.get('Backup job')).toMatchObject({ status: 'BLOCKED' });
    expect(of.has('Release pipeline')).toBe(false);
    expect(() => changes.revokeApiToken({ token: 'Nothing' })).toThrow(
      'There is no API token "Nothing"',
    );
  });
});

it('lists service accounts', async () => {
  const { ask } = await setUp();
  const { status, body } = await ask('service-accounts');
  expect([status, body.total]).toEqual([200, 1]);
  expect(body.items).toEqual([
    expect.objectContaining({
      atlassianId: demoAccountId('confluence-compliance'),
      displayName: 'Confluence Compliance',
      createdById: demoAccountId('bram.okafor'),
    }),
  ]);
});

it('opens each list to the keys with its scope only', async () => {
  const { sandbox, ask } = await setUp();
  const statuses = async (scopes: string[]) => {
    const { apiKey } = sandbox.issueOrganizationKey({ scopes });
    return [
      (await ask('api-tokens', apiKey)).status,
      (await ask('service-accounts', apiKey)).status,
    ];
  };
  expect(await statuses(['read:tokens:admin'])).toEqual([200, 403]);
  expect(await statuses(['read:service-accounts:admin'])).toEqual([403, 200]);
  expect(await statuses([])).toEqual([403, 403]);
  expect((await ask('api-tokens', 'no-key')).status).toBe(401);
  expect((await ask('api-tokens', undefined, 'other')).status).toBe(404);
  expect((await ask('api-tokens?cursor=old')).status).toBe(400);
  expect((await ask('api-tokens?pageSize=0')).status).toBe(400);
});

it('is made wrong as faults say', async () => {
  const { sandbox, ask } = await setUp();
  const endpoint = 'GET /admin/api-access/v1/orgs/{orgId}/api-tokens';
  sandbox.faults.add({ endpoint, kind: 'lower-limit', limit: 2 });
  const first = (await ask('api-tokens?pageSize=100')).body;
  expect(first.data).toHaveLength(2);
  sandbox.faults.add({ endpoint, kind: 'repeat-cursor' });
  const { next } = first.links;
  const cursor = encodeURIComponent(String(next));
  expect((await ask(`api-tokens?cursor=${cursor}`)).body.links.next).toBe(next);
  const accounts = 'GET /admin/api-access/v1/orgs/{orgId}/service-accounts';
  sandbox.faults.add({ endpoint: accounts, kind: 'empty' });
  expect((await ask('service-accounts')).body.items).toEqual([]);
});
