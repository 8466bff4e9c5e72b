// SPDX-License-Identifier: Apache-2.0
import {
  clientOf,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const user = (accountId: string) => ({ type: 'known', accountId });
const page = (id: string) => ({
  id,
  status: 'current',
  title: `Page ${id}`,
  spaceId: '9',
  parentId: null,
  parentType: null,
  version: { number: 3, createdAt: '2026-01-01T00:00:00Z', authorId: 'a1' },
  _links: { webui: `/spaces/X/pages/${id}` },
});

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `u${index}`);

describe('records', () => {
  it('reports a malformed record by path, without its values, and keeps the others', async () => {
    server.handle = () => ({
      body: {
        results: [
          page('1'),
          {
            ...page('2'),
            title: 'Payroll of Jane',
            version: { number: 'Jane Doe' },
          },
          null,
          { ...page('4'), title: null },
        ],
      },
    });
    const { items, malformed } = await clientOf(server).pages();
    expect(items.map(one => one.id)).toEqual(['1']);
    expect(malformed).toEqual([
      { index: 1, issue: 'version.number: expected number' },
      { index: 2, issue: 'record: expected object' },
      { index: 3, issue: 'title: expected string' },
    ]);
    expect(JSON.stringify(malformed)).not.toMatch(/Jane|Payroll/);
  });

  it.each(['', 'a\0b', 'a\nb', '\ud800', 'x'.repeat(201)])(
    'reports a record whose id nobody could store, %#',
    async bad => {
      server.handle = () => ({ body: { results: [page(bad), page('2')] } });
      const pages = await clientOf(server).pages();
      expect(pages.items.map(one => one.id)).toEqual(['2']);
      expect(pages.malformed).toMatchObject([{ index: 0 }]);
      server.handle = () => ({ body: { results: [user('a'), user(bad)] } });
      const users = await clientOf(server).groupMembers('g');
      expect(users.items.map(one => one.accountId)).toEqual(['a']);
      expect(users.malformed).toMatchObject([{ index: 1 }]);
    },
  );

  it('takes unknown words, unknown fields, nulls and what is missing', async () => {
    server.handle = () => ({
      body: {
        results: [
          {
            ...user('a'),
            accountType: 'robot-2030',
            accountStatus: null,
            email: '',
            displayName: 'A',
            operations: [{ operation: 'use' }],
            personalSpaceId: 17,
          },
        ],
      },
    });
    const { items } = await clientOf(server).usersBulk(['a']);
    expect(JSON.parse(JSON.stringify(items))).toEqual([
      {
        accountId: 'a',
        type: 'known',
        accountType: 'robot-2030',
        displayName: 'A',
        personalSpaceId: '17',
      },
    ]);
  });

  it('keeps only a path that stays on the site', async () => {
    const space = (id: string, webui: string) => ({
      id,
      key: `K${id}`,
      name: 'N',
      _links: { webui },
    });
    server.handle = () => ({
      body: {
        results: [
          space('1', '/spaces/K1'),
          space('2', '//evil.example'),
          space('3', 'https://evil.example/x'),
          space('4', '/\\evil.example'),
        ],
      },
    });
    const { items } = await clientOf(server).spaces();
    expect(items.map(one => one.webui)).toEqual([
      '/spaces/K1',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('asks for at most 250 accounts at once, and for none without a request', async () => {
    const client = clientOf(server);
    await expect(client.usersBulk(ids(251))).rejects.toThrow(
      'accountIds must be at most 250 ids',
    );
    expect(await client.usersBulk([])).toEqual({ items: [], malformed: [] });
    expect(server.seen).toHaveLength(0);
    server.handle = () => ({ body: { results: [user('a')] } });
    await client.usersBulk(['a', 'b']);
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      body: '{"accountIds":["a","b"]}',
    });
  });

  it.each(['..', '.', '', 'x'.repeat(256)])('refuses the id %j', async id => {
    await expect(clientOf(server).groupMembers(id)).rejects.toThrow(
      'groupId must be an id of 1 to 255 characters',
    );
    expect(server.seen).toHaveLength(0);
  });

  it('keeps an id inside its place in the path', async () => {
    server.handle = () => ({ body: { results: [] } });
    await clientOf(server).groupMembers('../../user?x=1#y');
    expect(server.seen[0].url.pathname).toBe(
      '/wiki/rest/api/group/..%2F..%2Fuser%3Fx%3D1%23y/membersByGroupId',
    );
  });

  it('reads groups', async () => {
    server.handle = () => ({
      body: {
        results: [
          { id: '1', name: 'A' },
          { id: '2', name: 'a', managedBy: 'EXTERNAL' },
        ],
      },
    });
    const client = clientOf(server);
    const { items } = await client.memberOf('a b');
    expect(items[1]).toMatchObject({ id: '2', managedBy: 'EXTERNAL' });
    expect(server.seen[0].url.searchParams.get('accountId')).toBe('a b');
  });
});
