// SPDX-License-Identifier: Apache-2.0
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { UpstreamError } from '@confluence-compliance/atlassian-client';
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { GrantPayload } from '../../history';
import { expectedRows } from '../__testUtils__/expected';
import {
  CONNECTION,
  type Replica,
  type Rig,
  type Rows,
  rowsOf,
  startRig,
  syncNow,
} from '../__testUtils__/rig';

jest.setTimeout(60_000);

const MODE = 'GET /wiki/api/v2/space-role-mode';
const ROLES = 'GET /wiki/api/v2/space-roles';
const ASSIGNMENTS = 'GET /wiki/api/v2/spaces/{id}/role-assignments';
const PERMISSIONS = 'GET /wiki/api/v2/spaces/{id}/permissions';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let rig: Rig;
let replica: Replica;

let id: TestDatabaseId;

async function begin(
  roleMode: 'PRE_ROLES' | 'ROLES' = 'ROLES',
  before = () => {},
) {
  const knex = await databases.init(id);
  rig = await startRig({ knex, sandbox: { seed: 7, roleMode } });
  replica = await rig.replica();
  before();
  await replica.syncAll();
  rig.sandbox.requests.reset();
}

async function readAgain(): Promise<RunDataset> {
  await syncNow(replica);
  return lastRead();
}

async function lastRead(): Promise<RunDataset> {
  const run = await replica.sync.lastRun(CONNECTION);
  expect(run?.state).toBe('published');
  return run?.datasets.find(d => d.dataset === 'grants') as RunDataset;
}

const grants = () => rowsOf(replica.history, 'grants');
const world = () => expectedRows(rig.sandbox).grants;
const closed = (before: Rows, after: Rows) =>
  Object.keys(before).filter(key => !(key in after));
const sent = (endpoint: string) => rig.sandbox.requests.of(endpoint);
const codes = ({ reasons }: RunDataset) => reasons.map(({ code }) => code);

/** As if the site said another mode. */
function answerMode(mode: string) {
  const { connections } = replica;
  const clientFor = connections.clientFor.bind(connections);
  jest.spyOn(connections, 'clientFor').mockImplementation((...args) => {
    const client = clientFor(...args);
    jest.spyOn(client, 'spaceRoleMode').mockResolvedValue(mode);
    return client;
  });
}

/** Keeps roles from the credential: a status of an endpoint, or another mode. */
function refuse(is: string | { endpoint: string; status: number }) {
  if (typeof is === 'string') {
    answerMode(is);
  } else {
    rig.sandbox.faults.add({ kind: 'status', ...is });
  }
}

function heal() {
  jest.restoreAllMocks();
  rig.sandbox.faults.clear();
}

const containers = () => replica.history.containers({ dataset: 'grants' });
const UNREAD = { state: 'partial', reasons: [{ code: 'roles-unread' }] };

afterEach(async () => {
  jest.restoreAllMocks();
  await rig.close();
});

describe('grants by roles', () => {
  beforeAll(() => {
    id = 'SQLITE_3';
  });

  it('are what the roles allow, and cost one request more in a run', async () => {
    await begin();
    expect(await grants()).toEqual(world());
    expect(await readAgain()).toMatchObject({ state: 'complete', reasons: [] });
    const spaces = rig.sandbox.world.spaces.size;
    expect([MODE, ROLES, ASSIGNMENTS, PERMISSIONS].map(sent)).toEqual([
      1,
      1,
      spaces,
      0,
    ]);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.points).toBe(rig.sandbox.requests.points);
    expect(run?.revision).toBeUndefined();
  });

  it('close with the role that gave them, and say the new one', async () => {
    await begin();
    const { changes } = rig.sandbox;
    const before = await grants();
    changes.unassignRole({ space: 'PPL', account: 'farid.castellan' });
    changes.assignRole({ space: 'ENG', account: 'esi.larsen', role: 'Admin' });
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    const after = await grants();
    expect(after).toEqual(world());
    expect(closed(before, after)).toHaveLength(2);
  });

  it('keep every row when a site goes over to roles and back', async () => {
    await begin('PRE_ROLES');
    const { changes } = rig.sandbox;
    const before = await grants();
    changes.setRoleMode({ mode: 'ROLES' });
    await readAgain();
    const byRoles = await grants();
    expect(byRoles).toEqual(world());
    expect(closed(before, byRoles)).toEqual([]);
    for (const row of Object.values(byRoles) as GrantPayload[]) {
      expect(row.role).toEqual(expect.any(String));
    }
    changes.setRoleMode({ mode: 'PRE_ROLES' });
    await readAgain();
    expect(await grants()).toEqual(world());
  });

  it('are read next to permissions while a site goes over', async () => {
    await begin();
    const space = rig.sandbox.changes.space('ENG');
    const [{ id: grantId }] = space.roleGrants;
    const more = {
      id: `${grantId}9`,
      principalType: 'group',
      key: 'read',
    } as const;
    space.roleGrants.push({ ...more, principalId: 'g-9', targetType: 'space' });
    answerMode('ROLES_TRANSITION');
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    const key = `${space.id}/group/g-9/read/space`;
    const { [key]: unmapped, ...others } = await grants();
    expect(unmapped).toMatchObject({ role: null });
    const { [key]: _, ...expected } = world();
    expect(others).toEqual(expected);
  });

  it.each([
    ['of roles that are kept from us', { endpoint: ROLES, status: 403 }],
    ['of a mode that is kept from us', { endpoint: MODE, status: 404 }],
    ['of a new mode', 'ROLES_AND_MORE'],
    ['of a hostile mode', 'constructor'],
  ])(
    'close nothing that permissions in place %s do not name',
    async (_, is) => {
      await begin();
      const before = await grants();
      refuse(is);
      rig.sandbox.faults.add({
        kind: 'truncate',
        endpoint: PERMISSIONS,
        drop: 2,
        omitNext: true,
      });
      expect(codes(await readAgain())).toContain('roles-unread');
      expect(await grants()).toEqual(before);
    },
  );

  it.each([
    ['empty', { kind: 'empty' }],
    ['always cut', { kind: 'truncate', drop: 1, omitNext: true }],
  ])('close nothing by one list alone: %s', async (_, fault) => {
    await begin();
    const before = await grants();
    rig.sandbox.faults.add({ ...fault, endpoint: ASSIGNMENTS } as never);
    expect(codes(await readAgain())).toContain('unconfirmed');
    expect(await grants()).toEqual(before);
    rig.sandbox.faults.clear();
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    expect(await grants()).toEqual(before);
  });

  it.each([
    ['failing', { endpoint: ROLES, kind: 'status', status: 500 }],
    [
      'failing in a space',
      { endpoint: ASSIGNMENTS, kind: 'status', status: 500 },
    ],
    [
      'cut',
      {
        endpoint: ASSIGNMENTS,
        kind: 'truncate',
        drop: 1,
        omitNext: true,
        times: 1,
      },
    ],
    [
      'not all listed',
      { endpoint: ROLES, kind: 'truncate', drop: 2, omitNext: true },
    ],
    ['malformed', { endpoint: ASSIGNMENTS, kind: 'field', field: 'roleId' }],
    [
      'without what they allow',
      { endpoint: ROLES, kind: 'field', field: 'spacePermissions' },
    ],
  ])('close nothing where roles are %s', async (_, fault) => {
    await begin();
    const before = await grants();
    rig.sandbox.faults.add(fault as never);
    await readAgain();
    expect(await grants()).toEqual(before);
    rig.sandbox.faults.clear();
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    expect(await grants()).toEqual(world());
  });
});

describe.each(databases.eachSupportedId())('roles that are refused, %p', on => {
  beforeAll(() => {
    id = on;
  });

  it.each([
    ['not found', { endpoint: ROLES, status: 404 }],
    ['forbidden', { endpoint: ASSIGNMENTS, status: 403 }],
    ['of a mode that is forbidden', { endpoint: MODE, status: 403 }],
    ['of a mode that is not found', { endpoint: MODE, status: 404 }],
    ['of a new mode', 'ROLES_AND_MORE'],
    ['of a hostile mode', 'constructor'],
  ])('stay as they were known where roles are %s', async (_, is) => {
    await begin();
    const before = await grants();
    refuse(is);
    // Its permissions say the same in this sandbox, but not by which role.
    expect(await readAgain()).toMatchObject(UNREAD);
    expect(await grants()).toEqual(before);
    heal();
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    expect(await grants()).toEqual(world());
  });

  it.each([
    ['not found', { endpoint: ROLES, status: 404 }],
    ['forbidden', { endpoint: ASSIGNMENTS, status: 403 }],
    ['of a mode that is forbidden', { endpoint: MODE, status: 403 }],
    ['of a new mode', 'ROLES_AND_MORE'],
  ])('are not all known at first where roles are %s', async (_, is) => {
    await begin('ROLES', () => refuse(is));
    expect(await lastRead()).toMatchObject(UNREAD);
    const found = Object.values(await grants()) as GrantPayload[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ role }) => role !== null)).toEqual([]);
    for (const { outcome } of await containers()) {
      expect(outcome).toBe('partial');
    }
    heal();
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    expect(await grants()).toEqual(world());
  });

  it('are all known by permissions where a site knows of no roles', async () => {
    await begin('PRE_ROLES', () => refuse({ endpoint: MODE, status: 404 }));
    expect(await lastRead()).toMatchObject({ state: 'complete', reasons: [] });
    expect(await grants()).toEqual(world());
  });

  it.each([
    ['of the site', { endpoint: ROLES, status: 403 }],
    ['of its spaces', { endpoint: ASSIGNMENTS, status: 403 }],
  ])(
    'keep their role where a site goes over and the roles %s are refused',
    async (_, is) => {
      await begin();
      const before = await grants();
      answerMode('ROLES_TRANSITION');
      refuse(is);
      expect(await readAgain()).toMatchObject(UNREAD);
      expect(await grants()).toEqual(before);
    },
  );

  it('are read in the other spaces when the question about roles fails once', async () => {
    await begin();
    const before = await grants();
    const { connections } = replica;
    const clientFor = connections.clientFor.bind(connections);
    let mode: jest.SpyInstance | undefined;
    jest.spyOn(connections, 'clientFor').mockImplementation((...args) => {
      const client = clientFor(...args);
      mode ??= jest
        .spyOn(client, 'spaceRoleMode')
        .mockRejectedValueOnce(new UpstreamError('server', { endpoint: MODE }));
      return client;
    });
    const read = await readAgain();
    expect(read.state).toBe('partial');
    expect(mode).toHaveBeenCalledTimes(2);
    const states = (await containers()).map(({ outcome }) => outcome);
    expect(states).toContain('complete');
    expect(states).toContain('failed');
    expect(await grants()).toEqual(before);
  });
});
