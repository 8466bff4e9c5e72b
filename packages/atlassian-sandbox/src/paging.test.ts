// SPDX-License-Identifier: Apache-2.0
import { Sandbox, startSandbox } from './startSandbox';
import { TestClient } from './__testUtils__/testClient';

describe('lists', () => {
  let sandbox: Sandbox;
  let client: TestClient;

  beforeAll(async () => {
    sandbox = await startSandbox({
      size: { accounts: 300, pages: 400, groups: 40, spaces: 9 },
    });
    client = new TestClient(sandbox);
  });
  afterAll(() => sandbox.close());

  const usersGroup = () => sandbox.changes.group('confluence-users-northwind');

  it('gives every v1 row once, by links without /wiki', async () => {
    const first = await client.gateway(
      `/wiki/rest/api/group/${
        usersGroup().id
      }/membersByGroupId?limit=100&shouldReturnTotalSize=true`,
    );
    expect(first.body).toMatchObject({
      start: 0,
      limit: 100,
      size: 100,
      totalSize: usersGroup().members.size,
    });
    expect(first.body._links.next).toMatch(/^\/rest\/api\/group\/.*start=100/);
    const rows = await client.all(
      `/wiki/rest/api/group/${usersGroup().id}/membersByGroupId?limit=100`,
    );
    expect(new Set(rows.map(row => row.accountId))).toEqual(
      new Set([...usersGroup().members].map(member => member.accountId)),
    );
    expect(rows).toHaveLength(usersGroup().members.size);
  });

  it('lists groups alphabetically, letters of both cases alike', async () => {
    const names = (await client.all('/wiki/rest/api/group?limit=7')).map(row =>
      String(row.name),
    );
    expect(names).toHaveLength(sandbox.world.groups.size);
    expect(names.map(name => name.toLowerCase())).toEqual(
      names.map(name => name.toLowerCase()).sort(),
    );
    expect(
      names.slice(names.indexOf('Finance'), names.indexOf('Finance') + 2),
    ).toEqual(['Finance', 'finance']);
  });

  it('refuses more than 200 members a page, and answers an unknown group with an empty page', async () => {
    const refused = await client.gateway(
      `/wiki/rest/api/group/${usersGroup().id}/membersByGroupId?limit=201`,
    );
    expect(refused.status).toBe(400);
    const unknown = await client.gateway(
      '/wiki/rest/api/group/00000000-0000-4000-8000-000000000000/membersByGroupId',
    );
    expect(unknown.status).toBe(200);
    expect(unknown.body).toMatchObject({ results: [], size: 0 });
  });

  it('gives every v2 row once, by links with /wiki in header and body', async () => {
    const first = await client.gateway(
      '/wiki/api/v2/pages?limit=50&sort=-modified-date',
    );
    expect(first.body._links.next).toMatch(/^\/wiki\/api\/v2\/pages\?/);
    expect(first.headers.get('link')).toContain(
      `<${first.body._links.next}>; rel="next"`,
    );
    const rows = await client.all(
      '/wiki/api/v2/pages?limit=50&sort=-modified-date',
    );
    const expected = [...sandbox.world.pages.values()]
      .filter(page => page.status !== 'trashed')
      .map(page => String(page.id));
    expect(rows.map(row => row.id).sort()).toEqual(expected.sort());
    const times = rows.map(row => String(row.version.createdAt));
    expect(times).toEqual([...times].sort().reverse());
  });

  it.each(['id', '-id', 'title', '-title', 'created-date'])(
    'walks pages sorted by %s without loss',
    async sort => {
      const rows = await client.all(
        `/wiki/api/v2/pages?limit=97&status=current,archived,trashed&sort=${sort}`,
      );
      expect(new Set(rows.map(row => row.id)).size).toBe(
        sandbox.world.pages.size,
      );
    },
  );

  it('keeps its place by cursor when rows before it go', async () => {
    const { pageId } = sandbox.changes.addPage({
      space: 'ENG',
      title: 'Here and gone',
    });
    const first = await client.gateway('/wiki/api/v2/pages?limit=20');
    const before = first.body.results.map(row => String(row.id));
    sandbox.changes.trashPage({ page: before[0] });
    const second = await client.gateway(String(first.body._links.next));
    const all = [...sandbox.world.pages.values()]
      .filter(page => page.status !== 'trashed')
      .map(page => page.id)
      .sort((a, b) => a - b);
    expect(second.body.results[0].id).toBe(String(all[19]));
    sandbox.changes.restorePage({ page: before[0] });
    sandbox.changes.purgePage({ page: pageId });
  });

  it('refuses a limit above 250 and a cursor that is not its own', async () => {
    for (const query of [
      'limit=251',
      'limit=0',
      'cursor=nonsense',
      'sort=colour',
      'status=gone',
      'space-id=abc',
    ]) {
      const { status, body } = await client.gateway(
        `/wiki/api/v2/pages?${query}`,
      );
      expect([query, status, body.errors[0].code]).toEqual([
        query,
        400,
        'INVALID_REQUEST_PARAMETER',
      ]);
    }
    const other = await client.gateway('/wiki/api/v2/pages?limit=1&sort=title');
    const cursor = new URLSearchParams(
      String(other.body._links.next).split('?')[1],
    ).get('cursor');
    expect(
      (
        await client.gateway(
          `/wiki/api/v2/pages?cursor=${encodeURIComponent(cursor ?? '')}`,
        )
      ).status,
    ).toBe(400);
  });

  it('searches content by cursor and reads no start', async () => {
    const query = `cql=${encodeURIComponent(
      'type=page and (space in (POL, ENG) or label="policy")',
    )}&limit=10`;
    const first = await client.gateway(
      `/wiki/rest/api/content/search?${query}`,
    );
    const ignored = await client.gateway(
      `/wiki/rest/api/content/search?${query}&start=10`,
    );
    expect(ignored.body.results).toEqual(first.body.results);
    const rows = await client.all(`/wiki/rest/api/content/search?${query}`);
    const expected = [...sandbox.world.pages.values()].filter(
      page =>
        page.status === 'current' &&
        (['POL', 'ENG'].includes(page.space.key) ||
          page.labels?.includes('policy')),
    );
    expect(rows.map(row => row.id).sort()).toEqual(
      expected.map(page => String(page.id)).sort(),
    );
  });

  it('refuses CQL that it does not know', async () => {
    for (const cql of [
      '',
      'colour=red',
      'type=',
      'type=page and',
      '(type=page',
      'type=page type=page',
      'constructor=page',
    ]) {
      const { status } = await client.gateway(
        `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}`,
      );
      expect([cql, status]).toEqual([cql, 400]);
    }
  });

  it('answers at most 250 accounts in users-bulk and the first hundred in user/bulk', async () => {
    const ids = [...sandbox.world.accounts.keys()];
    expect(
      (
        await client.post('/wiki/api/v2/users-bulk', {
          accountIds: ids.slice(0, 251),
        })
      ).status,
    ).toBe(400);
    expect(
      (await client.post('/wiki/api/v2/users-bulk', { accountIds: [] })).status,
    ).toBe(400);
    const bulk = await client.post('/wiki/api/v2/users-bulk', {
      accountIds: [...ids.slice(0, 249), 'nobody'],
    });
    expect(bulk.body.results).toHaveLength(249);
    const query = ids
      .slice(0, 120)
      .map(id => `accountId=${id}`)
      .join('&');
    expect(
      (await client.gateway(`/wiki/rest/api/user/bulk?${query}`)).body.results,
    ).toHaveLength(100);
  });

  it('answers 410 for what Atlassian has removed', async () => {
    for (const path of [
      'space',
      'content',
      'content/98305',
      'group/by-name',
      'group/member',
      'content/98305/label',
    ]) {
      expect([
        path,
        (await client.gateway(`/wiki/rest/api/${path}`)).status,
      ]).toEqual([path, 410]);
    }
  });
});
