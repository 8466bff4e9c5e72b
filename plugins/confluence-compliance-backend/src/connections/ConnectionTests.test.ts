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
import {
  CALLBACK_URL,
  SetUp,
  setUpConnections,
  SOMEBODY,
} from './__testUtils__/setUp';
import { ConnectionTests } from './ConnectionTests';
import { SCOPES } from './scopes';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const everyScope = SCOPES.filter(({ methods }) => !methods).map(
  ({ scope }) => scope,
);

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
      expect(cannot).toMatchObject([
        { dataset: 'credentials', problem: { code: 'later' } },
      ]);
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
    const ending = { history: 'keep', entities: 'keep', revision: 1 } as const;
    await room.setup.settings.end('localhost', ending, SOMEBODY);
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

  it('says nothing can be read of what it could not look at', async () => {
    for (const endpoint of [
      'GET /wiki/rest/api/search/user',
      'GET /wiki/api/v2/spaces',
    ]) {
      sandbox.faults.add({ kind: 'empty', endpoint });
    }
    const { capabilities } = await testOf({});
    for (const dataset of ['accounts', 'spaces', 'grants']) {
      expect(capabilities).toContainEqual(
        expect.objectContaining({ dataset, ability: 'partly' }),
      );
    }
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

  it('forgets what other credentials could read, and notes nothing of what was changed meanwhile', async () => {
    const { id } = await room.create({});
    await room.setup.tests.test(id);
    const known = async () =>
      Object.keys((await room.connections.states.get(id)).capabilities);
    expect(await known()).not.toEqual([]);
    const testing = room.setup.tests.test(id);
    const auth = [clientWith(['read:group:confluence'])];
    await room.setup.settings.update(id, { auth }, SOMEBODY);
    await testing;
    expect(await known()).toEqual([]);
  });

  it('names the one scope that is missing, and where it is added', async () => {
    const without = everyScope.filter(s => s !== 'read:page:confluence');
    const { ok, capabilities } = await testOf({ auth: [clientWith(without)] });
    expect(ok).toBe(true);
    const pages = capabilities.find(({ dataset }) => dataset === 'pages');
    expect(pages).toMatchObject({
      ability: 'cannot',
      problem: {
        code: 'scope-missing',
        scopes: ['read:page:confluence'],
        cure: expect.stringContaining('Service accounts'),
      },
    });
    const can = capabilities.filter(({ ability }) => ability === 'can');
    expect(can.map(({ dataset }) => dataset)).toEqual(
      expect.arrayContaining(['accounts', 'groups', 'spaces', 'audit']),
    );
  });

  it('says what the published scopes of access reviews can read', async () => {
    const one = await testOf({
      auth: [clientWith(['read:confluence-groups'])],
    });
    expect(one.ok).toBe(true);
    expect(abilities(one)).toMatchObject({
      groups: 'can',
      memberships: 'can',
      accounts: 'partly',
      spaces: 'cannot',
      pages: 'cannot',
    });
    await end();
    const two = await testOf({
      auth: [
        clientWith([
          'read:confluence-user',
          'read:confluence-groups',
          'read:content-details:confluence',
        ]),
      ],
    });
    expect(abilities(two)).toMatchObject({
      groups: 'can',
      memberships: 'can',
      accounts: 'partly',
      labels: 'can',
      spaces: 'cannot',
      pages: 'cannot',
    });
  });

  it('tests the key of the organization on its own', async () => {
    const { id, apiKey } = sandbox.credentials.organization;
    const organizationOf = async (
      organization: CreateConnection['organization'],
    ) => {
      const answer = await testOf({ organization });
      await end();
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

  it('takes over what a run has found', async () => {
    const { id } = await room.create({});
    const report = (
      dataset: string,
      state: 'complete' | 'partial' | 'failed',
    ) => ({
      dataset,
      state,
      containers: { done: 1, total: 1 },
      rows: 7,
      malformed: 0,
      reasons:
        state === 'complete'
          ? []
          : [
              {
                code: 'scope-missing',
                text: 'The scope read:page:confluence is missing',
              },
            ],
    });
    await room.setup.tests.test(id);
    await room.setup.tests.noteRun(id, [
      {
        ...report('grants', 'complete'),
        containers: { done: 0, total: 0 },
        rows: 0,
      },
      report('groups', 'complete'),
      report('pages', 'failed'),
      report('accounts', 'partial'),
    ]);
    const { capabilities } = await room.connections.states.get(id);
    expect(capabilities).toMatchObject({
      groups: { ability: 'can', saw: '7 read' },
      accounts: { ability: 'partly' },
      pages: {
        ability: 'cannot',
        problem: { scopes: ['read:page:confluence'], cure: expect.any(String) },
      },
      // No space was there to ask for.
      grants: { saw: expect.stringMatching(/^Permissions of/) },
      // Nothing was read of it, so what the test found stands.
      spaces: { ability: 'can' },
    });
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

/** What was made leaves nothing, since it has never begun. */
async function end() {
  const ending = { history: 'keep', entities: 'remove', revision: 0 } as const;
  await room.setup.settings.end('localhost', ending, SOMEBODY);
}

function abilities(answer: {
  capabilities: Array<{ dataset: string; ability: string }>;
}) {
  return Object.fromEntries(
    answer.capabilities.map(({ dataset, ability }) => [dataset, ability]),
  );
}
