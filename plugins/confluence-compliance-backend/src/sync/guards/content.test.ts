// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { expectedRows } from '../__testUtils__/expected';
import {
  CONNECTION,
  everything,
  type Replica,
  type Rig,
  startRig,
  syncNow,
} from '../__testUtils__/rig';

jest.setTimeout(60_000);

const SPACE_PAGES = 'GET /wiki/api/v2/spaces/{id}/pages';
const SEARCH = 'GET /wiki/rest/api/content/search';
const RESTRICTION =
  'GET /wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}';
/** What only the search for pages by their ids asks for. */
const BY_IDS =
  'restrictions.read.restrictions.user,restrictions.read.restrictions.group';
const PAGE = 'GET /wiki/api/v2/pages/{id}';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let rig: Rig;
let replica: Replica;
/** What stood before the fault. */
let before: Awaited<ReturnType<typeof everything>>;

async function begin(size: { accounts?: number; pages?: number } = {}) {
  const knex = await databases.init('SQLITE_3');
  rig = await startRig({ knex, sandbox: { size, seed: 7 } });
  replica = await rig.replica();
  await replica.syncAll();
  before = await everything(replica.history);
  rig.sandbox.requests.reset();
}

/** Syncs, and gives what the run says of a dataset. */
async function readAgain(dataset: string): Promise<RunDataset> {
  await syncNow(replica);
  const run = await replica.sync.lastRun(CONNECTION);
  expect(run?.state).toBe('published');
  return run?.datasets.find(d => d.dataset === dataset) as RunDataset;
}

const codes = ({ reasons }: RunDataset) => reasons.map(reason => reason.code);
const spaceId = (key: string) => String(rig.sandbox.changes.space(key).id);
const standing = () => everything(replica.history);

/** What stands after a sync without the fault. */
async function healed() {
  rig.sandbox.faults.clear();
  await syncNow(replica);
  return standing();
}

/** What the world is, with everybody who was known before. */
const world = () =>
  expectedRows(rig.sandbox, { known: Object.keys(before.accounts) });

afterEach(async () => rig.close());

describe('spaces and pages', () => {
  it('keeps a space that is not visible any more, with its pages and labels', async () => {
    await begin();
    rig.sandbox.changes.hideSpace({ space: 'POL' });
    const spaces = await readAgain('spaces');
    expect(spaces.state).toBe('partial');
    expect(codes(spaces)).toEqual(['not-visible']);
    expect(await standing()).toEqual(before);
    const containers = await replica.history.containers({ dataset: 'pages' });
    expect(containers.find(c => c.key === spaceId('POL'))).toMatchObject({
      presence: 'not-visible',
      outcome: 'not-visible',
    });
    rig.sandbox.changes.showSpace({ space: 'POL' });
    expect(await healed()).toEqual(world());
  });

  it.each([
    ['cut', { kind: 'truncate' as const, drop: 3 }, 'partial'],
    ['empty', { kind: 'empty' as const }, 'partial'],
    ['failing', { kind: 'status' as const, status: 502 }, 'partial'],
    ['unavailable', { kind: 'status' as const, status: 503 }, 'partial'],
    ['not found', { kind: 'status' as const, status: 404 }, 'partial'],
    ['malformed', { kind: 'field' as const, field: 'version' }, 'partial'],
    ['broken', { kind: 'invalid-json' as const }, 'partial'],
    ['reset', { kind: 'reset' as const }, 'partial'],
  ])('closes no page for a list that is %s', async (_, fault, state) => {
    await begin();
    rig.sandbox.faults.add({
      ...fault,
      endpoint: SPACE_PAGES,
      match: spaceId('ENG'),
    });
    expect(await readAgain('pages')).toMatchObject({ state });
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it('keeps pages that are hidden from it, with their labels, until they are gone', async () => {
    const knex = await databases.init('SQLITE_3');
    // A service account of the sandbox sees everything, a person does not.
    rig = await startRig({ knex, auth: 'api-token' });
    replica = await rig.replica();
    await replica.syncAll();
    before = await everything(replica.history);
    const page = 'Access Control Policy';
    const pageId = String(rig.sandbox.changes.page(page).id);
    expect(before.pages[pageId]).toBeDefined();
    rig.sandbox.changes.restrictPage({ page, accounts: ['ada.lindqvist'] });
    await syncNow(replica);
    const run = await replica.sync.lastRun(CONNECTION);
    for (const name of ['pages', 'labels']) {
      const read = run?.datasets.find(({ dataset }) => dataset === name);
      expect(read).toMatchObject({
        state: 'partial',
        reasons: [{ code: 'not-visible' }],
      });
    }
    const hidden = await standing();
    expect(hidden.pages).toEqual(before.pages);
    expect(hidden.labels).toEqual(before.labels);
    // The next run does not read the whole space again for it.
    rig.sandbox.requests.reset();
    rig.sandbox.changes.addPage({ space: 'POL', title: 'Meanwhile' });
    rig.clock.advance(3_600_000);
    await replica.syncAll();
    expect(rig.sandbox.requests.of(SPACE_PAGES)).toBe(0);
    const spaces = await replica.history.containers({ dataset: 'pages' });
    expect(spaces.find(({ key }) => key === spaceId('POL'))).toMatchObject({
      outcome: 'partial',
      reason: expect.stringContaining('not-visible'),
    });
    rig.sandbox.changes.purgePage({ page });
    await syncNow(replica);
    const after = await standing();
    expect(after.pages[pageId]).toBeUndefined();
    expect(Object.keys(after.labels).join()).not.toContain(pageId);
  });

  it('believes no list that is cut at the same place twice', async () => {
    await begin({ pages: 600 });
    const [space] = [...rig.sandbox.world.spaces.values()].sort(
      (a, b) => b.pages.length - a.pages.length,
    );
    rig.sandbox.faults.add({
      kind: 'truncate',
      endpoint: SPACE_PAGES,
      match: String(space.id),
      drop: 55,
    });
    const pages = await readAgain('pages');
    expect(codes(pages)).toEqual(['unstable-list']);
    expect(rig.sandbox.requests.of(PAGE)).toBeLessThanOrEqual(50);
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it('stops a list that goes in circles', async () => {
    await begin({ pages: 3000 });
    rig.sandbox.faults.add({ kind: 'repeat-cursor', endpoint: SPACE_PAGES });
    expect(codes(await readAgain('pages'))).toContain('repeated-cursor');
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it('gives up a space that answers "wait" again and again', async () => {
    await begin();
    rig.sandbox.faults.add({
      kind: 'status',
      status: 429,
      reason: 'confluence-burst-based',
      retryAfter: 300,
      endpoint: SPACE_PAGES,
      match: spaceId('ENG'),
    });
    await replica.sync.requestSync(CONNECTION);
    for (let pauses = 0; pauses < 2; pauses += 1) {
      await replica.slice();
      const active = await replica.sync.activeRun(CONNECTION);
      expect(active).toMatchObject({
        state: 'paused',
        reason: { code: 'throttled' },
      });
      rig.clock.advance(301_000);
    }
    await replica.slice();
    const run = await replica.sync.lastRun(CONNECTION);
    const pages = run?.datasets.find(d => d.dataset === 'pages');
    expect(pages).toMatchObject({ reasons: [{ code: 'throttled' }] });
    const containers = await replica.history.containers();
    expect(
      containers.filter(c => c.outcome !== 'complete').map(c => c.key),
    ).toEqual([spaceId('ENG')]);
    expect(await standing()).toEqual(before);
    rig.clock.advance(301_000);
    expect(await healed()).toEqual(world());
  });

  it('starts a list again when its cursor is refused', async () => {
    await begin({ pages: 3000 });
    const [space] = [...rig.sandbox.world.spaces.values()].sort(
      (a, b) => b.pages.length - a.pages.length,
    );
    rig.sandbox.faults.add({
      kind: 'status',
      status: 400,
      endpoint: SPACE_PAGES,
      match: String(space.id),
      nth: 2,
      times: 1,
    });
    expect(await readAgain('pages')).toMatchObject({ state: 'complete' });
    expect(rig.sandbox.faults.list()).toMatchObject([{ struck: 1 }]);
    expect(await standing()).toEqual(before);
  });

  it('keeps a label when the search has lost its page', async () => {
    await begin();
    rig.sandbox.faults.add({
      kind: 'truncate',
      endpoint: SEARCH,
      drop: 2,
    });
    await readAgain('labels');
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it.each([
    ['failing', { kind: 'status' as const, status: 500 }],
    ['broken', { kind: 'invalid-json' as const }],
    ['going in circles', { kind: 'repeat-cursor' as const }],
  ])('keeps restrictions while the search is %s', async (_, fault) => {
    await begin();
    rig.sandbox.changes.restrictPage({ page: 'Policies', groups: ['finance'] });
    await syncNow(replica);
    before = await standing();
    // One answer a page, so that a list can go in circles.
    const small = { kind: 'lower-limit' as const, limit: 1 };
    rig.sandbox.faults.add({ ...small, endpoint: SEARCH, match: BY_IDS });
    rig.sandbox.faults.add({ ...fault, endpoint: SEARCH, match: BY_IDS });
    expect(await readAgain('restrictions')).toMatchObject({ state: 'partial' });
    expect(await standing()).toEqual(before);
    expect(await healed()).toEqual(world());
  });

  it.each([
    ['leaves them out', { kind: 'empty' as const }],
    ['refuses them', { kind: 'status' as const, status: 400 }],
    ['hides who', { kind: 'field' as const, field: 'restrictions.read' }],
  ])('asks for ancestors one by one where the search %s', async (_, fault) => {
    await begin();
    rig.sandbox.changes.restrictPage({ page: 'Policies', groups: ['finance'] });
    rig.sandbox.faults.add({ ...fault, endpoint: SEARCH, match: BY_IDS });
    expect(await readAgain('restrictions')).toMatchObject({
      state: 'complete',
    });
    expect(await standing()).toEqual(world());
    expect(await standing()).not.toEqual(before);
    expect(rig.sandbox.requests.of(RESTRICTION)).toBeGreaterThan(0);
  });

  it('takes an ancestor that nobody tells of for unknown, never for open', async () => {
    await begin();
    rig.sandbox.changes.restrictPage({ page: 'Policies', groups: ['finance'] });
    await syncNow(replica);
    before = await standing();
    rig.sandbox.changes.archivePage({ page: 'Policies' });
    rig.sandbox.requests.reset();
    expect(await readAgain('restrictions')).toMatchObject({
      state: 'complete',
    });
    expect(rig.sandbox.requests.of(RESTRICTION)).toBe(1);
    // The request and the one group it named.
    const run = await replica.sync.lastRun(CONNECTION);
    expect(run?.points).toBe(rig.sandbox.requests.points);
    expect((await standing()).restrictions).toEqual(before.restrictions);
    rig.sandbox.faults.add({
      kind: 'status',
      status: 404,
      endpoint: RESTRICTION,
    });
    const restrictions = await readAgain('restrictions');
    expect(restrictions.state).toBe('partial');
    expect(codes(restrictions)).toEqual(['not-visible']);
    expect((await standing()).restrictions).toEqual(before.restrictions);
    expect(await healed()).toEqual(world());
  });

  it('needs no whole list of those who may read an ancestor', async () => {
    await begin({ accounts: 260 });
    rig.sandbox.changes.restrictPage({
      page: 'Policies',
      accounts: [...rig.sandbox.world.accounts.keys()],
    });
    rig.sandbox.requests.reset();
    expect(await readAgain('restrictions')).toMatchObject({
      state: 'complete',
    });
    expect(rig.sandbox.requests.of(RESTRICTION)).toBe(0);
    expect(await standing()).toEqual(world());
    expect(await standing()).not.toEqual(before);
  });

  it('leaves the watermark where the newest pages could not be walked', async () => {
    await begin();
    rig.clock.advance(3_600_000);
    rig.sandbox.changes.editPage({ page: 'First week' });
    rig.sandbox.faults.add({
      kind: 'status',
      status: 500,
      endpoint: 'GET /wiki/api/v2/pages',
    });
    await replica.syncAll();
    const run = await replica.sync.lastRun(CONNECTION);
    const pages = run?.datasets.find(d => d.dataset === 'pages');
    expect(pages).toMatchObject({
      state: 'failed',
      reasons: [{ code: 'upstream-server' }],
    });
    rig.sandbox.faults.clear();
    rig.clock.advance(3_600_000);
    await replica.syncAll();
    expect(await everything(replica.history)).toEqual(
      expectedRows(rig.sandbox),
    );
  });
});
