// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from '../startSandbox';
import { TestClient } from '../__testUtils__/testClient';
import { FaultSpec } from './types';

const GROUPS = 'GET /wiki/rest/api/group';
const MEMBERS = 'GET /wiki/rest/api/group/{groupId}/membersByGroupId';
const PAGES = 'GET /wiki/api/v2/pages';

describe('faults', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeEach(async () => {
    sandbox = await startSandbox();
    client = new TestClient(sandbox);
    await client.bearer();
  });
  afterEach(() => sandbox.close());

  const strike = (spec: FaultSpec) => sandbox.faults.add(spec);
  const groups = () => client.gateway('/wiki/rest/api/group?limit=5');
  const pages = (query = 'limit=10') =>
    client.gateway(`/wiki/api/v2/pages?${query}`);

  it('answers the status that is asked for, in the envelope of each API', async () => {
    strike({
      endpoint: GROUPS,
      kind: 'status',
      status: 429,
      retryAfter: 7,
      reset: '2026-11-01T10:00Z',
      times: 1,
    });
    strike({ endpoint: PAGES, kind: 'status', status: 404, times: 1 });
    const limited = await groups();
    expect([
      limited.status,
      limited.headers.get('retry-after'),
      limited.headers.get('x-ratelimit-reset'),
    ]).toEqual([429, '7', '2026-11-01T10:00Z']);
    expect(limited.headers.get('ratelimit-reason')).toContain('burst');
    expect((await pages()).body.errors[0]).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
    expect([(await groups()).status, (await pages()).status]).toEqual([
      200, 200,
    ]);
    for (const status of [500, 503, 401]) {
      sandbox.faults.clear();
      strike({ endpoint: '*', kind: 'status', status });
      expect((await groups()).status).toBe(status);
    }
  });

  it('strikes only what it matches, from the nth request on', async () => {
    const admins = sandbox.changes.group('site-admins').id;
    const users = sandbox.changes.group('confluence-users-northwind').id;
    const members = async (id: string) =>
      (await client.gateway(`/wiki/rest/api/group/${id}/membersByGroupId`))
        .status;
    strike({
      endpoint: MEMBERS,
      match: users,
      nth: 2,
      times: 1,
      kind: 'status',
      status: 500,
    });
    expect([
      await members(users),
      await members(admins),
      await members(users),
      await members(users),
    ]).toEqual([200, 200, 500, 200]);
    expect(sandbox.faults.list()[0]).toMatchObject({ seen: 3, struck: 1 });
  });

  it('empties, cuts and unlinks lists', async () => {
    const id = strike({ endpoint: GROUPS, kind: 'empty' });
    expect((await groups()).body).toMatchObject({ results: [], size: 0 });
    expect((await groups()).body._links.next).toBeUndefined();
    const picked = await client.gateway(
      '/wiki/rest/api/group/picker?query=a&shouldReturnTotalSize=true',
    );
    expect(picked.body).not.toMatchObject({ totalSize: 0 });
    strike({ endpoint: `${GROUPS}/picker`, kind: 'empty', times: 1 });
    const none = await client.gateway(
      '/wiki/rest/api/group/picker?query=a&shouldReturnTotalSize=true',
    );
    expect(none.body).toMatchObject({ results: [], totalSize: 0 });
    sandbox.faults.clear(id);
    strike({ endpoint: PAGES, kind: 'truncate', drop: 3 });
    const cut = await pages();
    expect(cut.body.results).toHaveLength(7);
    expect(cut.body._links.next).toBeDefined();
    sandbox.faults.clear();
    strike({ endpoint: PAGES, kind: 'truncate', omitNext: true });
    const unlinked = await pages();
    expect(unlinked.body.results).toHaveLength(10);
    expect([unlinked.body._links.next, unlinked.headers.get('link')]).toEqual([
      undefined,
      null,
    ]);
  });

  it('spoils one row, the JSON, the content type, the limit and the cursor', async () => {
    strike({
      endpoint: PAGES,
      kind: 'field',
      field: 'version.number',
      row: 2,
      times: 1,
    });
    expect(
      (await pages()).body.results
        .map(page => page.version.number === null)
        .indexOf(true),
    ).toBe(2);
    strike({ endpoint: PAGES, kind: 'invalid-json', times: 1 });
    const broken = await pages();
    expect([
      broken.status,
      broken.body,
      broken.headers.get('content-type'),
    ]).toEqual([200, undefined, expect.stringContaining('application/json')]);
    strike({ endpoint: PAGES, kind: 'html', times: 1 });
    expect((await pages()).headers.get('content-type')).toContain('text/html');
    strike({ endpoint: GROUPS, kind: 'lower-limit', limit: 2, times: 1 });
    expect((await groups()).body).toMatchObject({ limit: 2, size: 2 });

    const second = String((await pages()).body._links.next).split('?')[1];
    strike({ endpoint: PAGES, kind: 'repeat-cursor' });
    const repeated = await pages(second);
    const cursorOf = (link: string) =>
      new URLSearchParams(link.split('?')[1]).get('cursor');
    expect(cursorOf(String(repeated.body._links.next))).toBe(
      new URLSearchParams(second).get('cursor'),
    );
  });

  it('breaks the connection', async () => {
    strike({ endpoint: GROUPS, kind: 'reset', times: 1 });
    await expect(groups()).rejects.toThrow();
    expect((await groups()).status).toBe(200);
  });

  it('stalls until released, and forgets callers who give up', async () => {
    strike({ endpoint: GROUPS, kind: 'stall', times: 2 });
    const stalled = groups();
    const given = new AbortController();
    const abandoned = client.gateway('/wiki/rest/api/group', {
      signal: given.signal,
    });
    while (sandbox.faults.stalled < 2)
      await new Promise(resolve => setTimeout(resolve, 5));
    given.abort();
    await expect(abandoned).rejects.toThrow();
    while (sandbox.faults.stalled > 1)
      await new Promise(resolve => setTimeout(resolve, 5));
    sandbox.faults.release();
    expect((await stalled).status).toBe(200);
  });

  it('lets a member leave between two pages, so that offset paging loses a row', async () => {
    const group = sandbox.changes.group('confluence-users-northwind');
    const before = sandbox.world
      .membersOf(group)
      .map(account => account.accountId);
    const path = `/wiki/rest/api/group/${group.id}/membersByGroupId?limit=10`;
    strike({
      endpoint: MEMBERS,
      kind: 'change',
      change: 'removeFromGroup',
      args: { account: before[0], group: group.id },
    });
    const rows = (await client.all(path)).map(row => row.accountId);
    expect(rows).toContain(before[0]);
    expect(rows).not.toContain(before[10]);
    expect(rows).toHaveLength(before.length - 1);
    expect(await client.all(path)).toHaveLength(before.length - 1);
  });

  it('refuses a fault that could never strike', async () => {
    expect(() => strike({ endpoint: 'GET /nowhere', kind: 'empty' })).toThrow(
      'GET /nowhere',
    );
    const { status, body } = await client.raw('/sandbox/faults', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpoint: GROUPS, kind: 'flood' }),
    });
    expect([status, body.message]).toEqual([
      400,
      expect.stringContaining('"flood"'),
    ]);
  });

  it('stands, is listed and is cleared over HTTP', async () => {
    const post = (path: string, body: unknown) =>
      client.raw(`/sandbox/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const added = await post('faults', {
      endpoint: GROUPS,
      kind: 'status',
      status: 503,
    });
    expect(added.status).toBe(201);
    expect((await groups()).status).toBe(503);
    expect((await client.raw('/sandbox/faults')).body.items[0]).toMatchObject({
      id: added.body.id,
      seen: 1,
      struck: 1,
    });
    expect(
      (
        await client.raw(`/sandbox/faults/${added.body.id}`, {
          method: 'DELETE',
        })
      ).status,
    ).toBe(204);
    expect((await groups()).status).toBe(200);
  });
});
