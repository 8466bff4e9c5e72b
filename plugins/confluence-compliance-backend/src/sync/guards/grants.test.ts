// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { SpaceGrant } from '@confluence-compliance/atlassian-sandbox';
import { expectedRows } from '../__testUtils__/expected';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  rowsOf,
  startRig,
  syncNow,
} from '../__testUtils__/rig';

jest.setTimeout(60_000);

const PERMISSIONS = 'GET /wiki/api/v2/spaces/{id}/permissions';
const SPACE = 'GET /wiki/api/v2/spaces/{id}';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let rig: Rig;
let replica: Replica;
/** What stood before the fault. */
let before: Awaited<ReturnType<typeof everything>>;

const space = () => rig.sandbox.changes.space('ENG');

/** @param many - further grants of the space ENG */
async function begin(many = 0) {
  const knex = await databases.init('SQLITE_3');
  rig = await startRig({ knex, sandbox: { seed: 7 } });
  const { grants } = space();
  for (let i = 0; i < many; i += 1) {
    grants.push({ ...grants[0], id: `9${i}`, principalId: `group-${i}` });
  }
  replica = await rig.replica();
  await replica.syncAll();
  before = await everything(replica.history);
  rig.sandbox.requests.reset();
}

const fault = (more: object) =>
  rig.sandbox.faults.add({
    endpoint: PERMISSIONS,
    match: String(space().id),
    ...more,
  } as never);

/** Takes grants back in Confluence. */
function revoke(which: (grant: SpaceGrant, index: number) => boolean) {
  space().grants = space().grants.filter((grant, i) => !which(grant, i));
  rig.sandbox.world.revision += 1;
}

/** Syncs, and gives what the run says of grants. */
async function readAgain(): Promise<RunDataset> {
  await syncNow(replica);
  const run = await replica.sync.lastRun(CONNECTION);
  expect(run?.state).toBe('published');
  return run?.datasets.find(d => d.dataset === 'grants') as RunDataset;
}

const codes = ({ reasons }: RunDataset) => reasons.map(reason => reason.code);
const standing = () => everything(replica.history);
const world = () =>
  expectedRows(rig.sandbox, { known: Object.keys(before.accounts) });

/** What stands after a sync without the fault. */
async function healed() {
  rig.sandbox.faults.clear();
  await syncNow(replica);
  return standing();
}

afterEach(async () => rig.close());

describe('grants', () => {
  it('closes those that were taken back, after one look at their space', async () => {
    await begin();
    revoke((_, index) => index < 2);
    expect(await readAgain()).toMatchObject({ state: 'complete', reasons: [] });
    expect(await standing()).toEqual(world());
    expect(await standing()).not.toEqual(before);
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.removed).toBe(2);
    expect(rig.sandbox.requests.of(SPACE)).toBe(1);
    expect(rig.sandbox.requests.of(PERMISSIONS)).toBe(
      rig.sandbox.world.spaces.size,
    );
    expect(run?.points).toBe(rig.sandbox.requests.points);
  });

  it('reads twice where a space does not show all of them', async () => {
    await begin(80);
    revoke(grant => grant.principalId === 'group-70');
    expect(await readAgain()).toMatchObject({ state: 'complete', reasons: [] });
    expect(await standing()).toEqual(world());
    expect(rig.sandbox.requests.of(PERMISSIONS)).toBe(
      rig.sandbox.world.spaces.size + 1,
    );
  });

  it('refuses to believe that most of them went at once, until somebody does', async () => {
    await begin(80);
    revoke((_, index) => index > 10);
    expect(await readAgain()).toMatchObject({ state: 'complete' });
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.refused).toHaveLength(1);
    expect(await standing()).toEqual(before);
    await replica.history.acceptShrink({
      readId: run?.refused[0].readId as string,
      actor: 'user:default/ann',
      reason: 'The space was tidied up',
    });
    expect(await standing()).toEqual(world());
  });

  it.each([
    ['cut', { kind: 'truncate', drop: 3, omitNext: true }, 'unstable-list'],
    ['empty', { kind: 'empty' }, 'unstable-list'],
    ['failing', { kind: 'status', status: 502 }, 'upstream-server'],
    ['not found', { kind: 'status', status: 404 }, 'not-visible'],
    ['forbidden', { kind: 'status', status: 403 }, 'forbidden'],
    ['malformed', { kind: 'field', field: 'principal' }, 'unstable-list'],
    ['broken', { kind: 'invalid-json' }, 'upstream-invalid-response'],
  ])('closes none for a list that is %s', async (_, kind, reason) => {
    await begin();
    fault(kind);
    const grants = await readAgain();
    expect(grants.state).toBe('partial');
    expect(codes(grants)).toEqual([reason]);
    expect(await standing()).toEqual(before);
    const status = await replica.sync.connectionStatus(CONNECTION);
    expect(status.greenTick).toBe(true);
    expect(status.datasets.find(d => d.dataset === 'grants')).toMatchObject({
      state: 'partial',
      reasons: [{ code: reason }],
    });
    expect(await healed()).toEqual(world());
  });

  it('closes none where the look at their space fails', async () => {
    await begin();
    revoke((_, index) => index === 0);
    fault({ kind: 'status', status: 500, endpoint: SPACE });
    const grants = await readAgain();
    expect(codes(grants)).toEqual(['unconfirmed']);
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it('keeps those of a space that is not visible any more', async () => {
    await begin();
    rig.sandbox.changes.hideSpace({ space: 'ENG' });
    const grants = await readAgain();
    expect(codes(grants)).toEqual(['not-visible']);
    expect(await rowsOf(replica.history, 'grants')).toEqual(before.grants);
    const containers = await replica.history.containers({ dataset: 'grants' });
    expect(
      containers.find(({ key }) => key === String(space().id)),
    ).toMatchObject({ presence: 'not-visible', outcome: 'not-visible' });
    rig.sandbox.changes.showSpace({ space: 'ENG' });
    expect(await healed()).toEqual(world());
  });
});
