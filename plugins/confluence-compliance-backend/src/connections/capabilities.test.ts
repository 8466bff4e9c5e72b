// SPDX-License-Identifier: Apache-2.0
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
  SetUp,
  setUpConnections,
  SOMEBODY,
} from './__testUtils__/setUp';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

let sandbox: Sandbox;
let room: SetUp;

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

describe('The capability report', () => {
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
    await room.end();
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
});
