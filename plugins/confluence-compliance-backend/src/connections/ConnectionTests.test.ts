// SPDX-License-Identifier: Apache-2.0
import { createServer, type Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import type {
  CreateConnection,
  MethodInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { everyScope } from './__testUtils__/grants';
import {
  abilities,
  CALLBACK_URL,
  SetUp,
  setUpConnections,
  SOMEBODY,
} from './__testUtils__/setUp';
import { ConnectionTests } from './ConnectionTests';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let sandbox: Sandbox;
let room: SetUp;
/** A web server that is no Confluence. */
let other: Server;
let otherUrl: string;

beforeAll(async () => {
  other = createServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<p>No</p>');
  });
  await new Promise<void>(done => {
    other.listen(0, '127.0.0.1', done);
  });
  otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

afterAll(() => other.close());

beforeEach(async () => {
  sandbox = await startSandbox();
  room = await setUpConnections(await databases.init('SQLITE_3'), sandbox);
});

afterEach(async () => {
  await room.connections.close();
  await sandbox.close();
});

async function testOf(entered: Partial<CreateConnection>) {
  const { id } = await room.create(entered);
  return room.setup.tests.test(id);
}

const clientWith = (scopes: string[]): MethodInput => ({
  method: 'service-account',
  ...sandbox.issueClient({ scopes }),
});

describe('ConnectionTests', () => {
  it.each<[string, () => MethodInput]>([
    [
      'an API token',
      () => ({ method: 'api-token', ...sandbox.issueApiToken() }),
    ],
    [
      'a scoped API token',
      () => ({
        method: 'scoped-api-token',
        ...sandbox.issueApiToken({ scopes: everyScope }),
      }),
    ],
    ['a service account', () => clientWith(everyScope)],
  ])(
    'finds that %s with what is asked for can read everything',
    async (_, make) => {
      const { apiKey, id } = sandbox.credentials.organization;
      const answer = await testOf({
        auth: [make()],
        organization: { id, apiKey },
      });
      expect(answer).toMatchObject({
        ok: true,
        credentials: [{ ok: true, accountName: expect.any(String) }],
        organization: { ok: true, name: 'Northwind' },
      });
      const cannot = answer.capabilities.filter(
        ({ ability }) => ability !== 'can',
      );
      expect(cannot).toEqual([]);
      expect(answer.requests).toBeGreaterThan(5);
      // It is remembered for whoever looks later.
      const { capabilities } = await room.connections.states.get('localhost');
      expect(capabilities.groups).toMatchObject({ ability: 'can' });
    },
  );

  it.each<[string, string, () => Partial<CreateConnection>]>([
    [
      'a wrong token',
      'credential-refused',
      () => ({
        auth: [
          { method: 'api-token', email: 'bram@x.example', token: 'wrong' },
        ],
      }),
    ],
    [
      'a wrong client secret',
      'credential-refused',
      () => ({
        auth: [
          {
            method: 'service-account',
            clientId: sandbox.credentials.serviceAccount.clientId,
            clientSecret: 'wrong',
          },
        ],
      }),
    ],
    [
      'a token that has expired',
      'token-expired',
      () => ({
        auth: [
          {
            method: 'api-token',
            ...sandbox.issueApiToken({ expiresAt: '2026-01-01T00:00:00Z' }),
            expiresAt: '2025-12-31',
          },
        ],
      }),
    ],
    [
      'an account without Confluence',
      'no-product-access',
      () => ({
        auth: [
          {
            method: 'api-token',
            ...sandbox.issueApiToken({ account: 'wanda.ilesanmi' }),
          },
        ],
      }),
    ],
    ['another web server', 'wrong-site', () => ({ site: otherUrl })],
    [
      'a port where nothing listens',
      'network',
      () => ({ site: 'http://127.0.0.1:9' }),
    ],
    [
      'a grant that nobody gave',
      'not-connected',
      () => ({ auth: [{ method: 'oauth' }] }),
    ],
  ])('says of %s that it is %s, and what to do', async (_, code, entered) => {
    const { ok, credentials, capabilities } = await testOf(entered());
    expect(ok).toBe(false);
    expect(credentials).toMatchObject([
      { ok: false, problem: { code, text: expect.any(String) } },
    ]);
    expect(credentials[0].problem?.cure).toMatch(/^[A-Z].{15}/);
    expect(capabilities.filter(({ ability }) => ability === 'can')).toEqual([]);
  });

  it('knows afterwards as whom the sync reads', async () => {
    const { id } = await room.create({ auth: [clientWith(everyScope)] });
    await room.setup.tests.test(id);
    sandbox.requests.reset();
    await room.connections.scopeOf(id);
    expect(sandbox.requests.total).toBe(0);
  });

  it('does not take the cloud id of another site', async () => {
    const { cloudId: of } = sandbox.credentials.serviceAccount;
    const withCloud = (cloudId: string) =>
      testOf({
        auth: [
          {
            method: 'service-account',
            ...sandbox.issueClient({ scopes: everyScope }),
            cloudId,
          },
        ],
      });
    expect(of).not.toBe(sandbox.secondCloudId);
    expect(await withCloud(of)).toMatchObject({
      ok: false,
      credentials: [{ problem: { code: 'wrong-site' } }],
    });
    await room.end();
    expect((await withCloud(sandbox.secondCloudId)).ok).toBe(true);
  });

  it('does not take a grant of another site by its cloud id', async () => {
    const { id } = await room.create({
      auth: [{ method: 'oauth', cloudId: sandbox.world.cloudId }],
    });
    const app = room.connections.clients.oauthApp!;
    const { accessToken, refreshToken, expiresAt } = await app.exchangeCode({
      code: sandbox.oauth.authorize({
        scopes: [...everyScope, 'offline_access'],
        redirectUri: CALLBACK_URL,
        sites: [sandbox.siteUrl],
      }),
      redirectUri: CALLBACK_URL,
    });
    const accessExpiresAt = expiresAt.getTime();
    const secret = { accessToken, refreshToken, accessExpiresAt };
    const { knex, credentials } = room.connections;
    await credentials.write(knex, id, 'oauth', secret);
    expect(await room.setup.tests.test(id)).toMatchObject({
      ok: false,
      credentials: [{ problem: { code: 'wrong-site' } }],
    });
    await expect(
      room.setup.settings.update(id, { enabled: true }, SOMEBODY),
    ).rejects.toThrow(/auth\[0\].cloudId: The cloud id is not the one of/);
  });

  it('does not wait for each answer of a site that gives none', async () => {
    const silent = createServer(() => {});
    await new Promise<void>(done => {
      silent.listen(0, '127.0.0.1', done);
    });
    const { port } = silent.address() as AddressInfo;
    const { id } = await room.create({ site: `http://127.0.0.1:${port}` });
    const tests = new ConnectionTests(room.connections, undefined, 200);
    const { ok, credentials, capabilities } = await tests.test(id);
    expect(ok).toBe(false);
    expect(credentials).toMatchObject([{ problem: { code: 'network' } }]);
    expect(capabilities.map(({ ability }) => ability)).toEqual(
      capabilities.map(() => 'cannot'),
    );
    silent.closeAllConnections();
    silent.close();
  });

  it('tests the key of the organization on its own', async () => {
    const { id, apiKey } = sandbox.credentials.organization;
    const organizationOf = async (
      organization: CreateConnection['organization'],
    ) => {
      const answer = await testOf({ organization });
      await room.end();
      return answer;
    };
    const refused = await organizationOf({ id, apiKey: 'wrong' });
    expect(refused).toMatchObject({
      ok: true,
      organization: {
        ok: false,
        problem: { code: 'organization-key-refused' },
      },
    });
    expect(abilities(refused)).toMatchObject({
      groups: 'can',
      directory: 'cannot',
    });
    const good = await organizationOf({ id, apiKey });
    expect(good.capabilities).toContainEqual(
      expect.objectContaining({
        dataset: 'directory',
        ability: 'can',
        saw: expect.stringMatching(/^\d+ users of Northwind/),
      }),
    );
    expect(good.capabilities).toContainEqual(
      expect.objectContaining({
        dataset: 'credentials',
        ability: 'can',
        saw: '6 API tokens, 1 service account',
      }),
    );
    // A key that opens the organization and not its people.
    sandbox.faults.add({
      kind: 'status',
      endpoint:
        'POST /admin/v2/orgs/{orgId}/directories/{directoryId}/users/search',
      status: 403,
    });
    expect(abilities(await organizationOf({ id, apiKey }))).toMatchObject({
      directory: 'cannot',
    });
    sandbox.faults.clear();
    // Keys that read only one of the lists of credentials, or none.
    for (const [scopes, ability, scope] of [
      [['read:tokens:admin'], 'partly', 'read:service-accounts:admin'],
      [['read:service-accounts:admin'], 'partly', 'read:tokens:admin'],
      [[], 'cannot', 'read:tokens:admin'],
    ] as const) {
      const narrow = sandbox.issueOrganizationKey({ scopes });
      const { capabilities } = await organizationOf(narrow);
      expect(capabilities).toContainEqual(
        expect.objectContaining({
          dataset: 'credentials',
          ability,
          problem: expect.objectContaining({
            code: 'scope-missing',
            scopes: [scope],
          }),
        }),
      );
    }
    const unknown = await organizationOf({
      id: 'no-such-organization',
      apiKey,
    });
    expect(unknown.organization).toMatchObject({
      problem: { code: 'organization-not-found' },
    });
    const none = await organizationOf(undefined);
    expect(none.organization).toBeUndefined();
    expect(none.capabilities).toContainEqual(
      expect.objectContaining({
        dataset: 'directory',
        problem: expect.objectContaining({
          text: 'Needs an organization key. localhost has none.',
        }),
      }),
    );
  });

  it('offers groups by a part of their name, with how many are in them', async () => {
    const { id } = await room.create({});
    const found = await room.setup.tests.userGroups(id, ' FINANCE ');
    expect(found.more).toBe(false);
    expect(found.items.map(({ name }) => name).sort()).toEqual([
      'Finance',
      'finance',
    ]);
    expect(found.items[0].members).toEqual(expect.any(Number));
  });
});
