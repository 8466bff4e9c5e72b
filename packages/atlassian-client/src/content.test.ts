// SPDX-License-Identifier: Apache-2.0
import {
  clientOf,
  errorOf,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const list = (results: unknown[], limit = 200) => ({
  results,
  start: 0,
  limit,
  size: results.length,
});
const account = (accountId: string) => ({ type: 'known', accountId });
const restriction = (users: unknown[], groups: unknown[], limit?: number) => ({
  operation: 'read',
  restrictions: { user: list(users, limit), group: list(groups, limit) },
});
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('pages by label', () => {
  it('asks by cursor with everything that decides who may read', async () => {
    server.handle = ({ url }) => ({
      body: {
        results: [
          {
            id: 42,
            type: 'page',
            status: 'current',
            title: '<img src=x>',
            space: { id: 7, key: 'POL', name: 'Policies' },
            version: {
              number: 4,
              when: '2026-02-03T04:05:06.000Z',
              minorEdit: false,
              by: account('a1'),
            },
            ancestors: [{ id: '1' }, { id: '2' }],
            restrictions: {
              read: restriction([account('a2')], [{ id: 'g1', name: 'G' }]),
            },
            _links: { webui: '/spaces/POL/pages/42' },
          },
        ],
        ...(!url.searchParams.has('cursor') && {
          _links: {
            next: '/rest/api/content/search?start=1&cursor=c1&limit=50',
          },
        }),
      },
    });
    const client = clientOf(server);
    const { items, next } = await client.contentByLabel('pol"icy\\');
    expect(plain(items)).toEqual([
      {
        id: '42',
        status: 'current',
        title: '<img src=x>',
        spaceId: '7',
        spaceKey: 'POL',
        version: {
          number: 4,
          authorId: 'a1',
          createdAt: '2026-02-03T04:05:06.000Z',
          minorEdit: false,
        },
        ancestorIds: ['1', '2'],
        readRestriction: {
          restricted: true,
          accountIds: ['a2'],
          groupIds: ['g1'],
          complete: true,
        },
        webui: '/spaces/POL/pages/42',
      },
    ]);
    expect(next).toBe('c1');
    expect((await client.contentByLabel('x', { cursor: next })).next).toBe(
      undefined,
    );
    const [first, second] = server.seen.map(({ url }) => url.searchParams);
    expect(first.get('cql')).toBe('label="pol\\"icy\\\\" and type=page');
    expect(first.has('start') || second.has('start')).toBe(false);
    expect(second.get('cursor')).toBe('c1');
  });

  it('never takes what it is not told for "open to all"', async () => {
    const page = (id: string, rest: object) => ({ id, title: 'T', ...rest });
    server.handle = () => ({
      body: {
        results: [
          page('untold', {}),
          page('null', { restrictions: null, ancestors: null }),
          page('half', { restrictions: { read: { operation: 'read' } } }),
          page('open', { restrictions: { read: restriction([], []) } }),
          page('unreadable', {
            restrictions: { read: restriction([{ type: 'unknown' }], []) },
          }),
          page('cut', {
            restrictions: {
              read: restriction([account('a'), account('b')], [], 2),
            },
          }),
        ],
      },
    });
    const { items } = await clientOf(server).contentByLabel('policy');
    expect(
      Object.fromEntries(items.map(one => [one.id, one.readRestriction])),
    ).toEqual({
      untold: undefined,
      null: undefined,
      half: undefined,
      open: { restricted: false, accountIds: [], groupIds: [], complete: true },
      unreadable: {
        restricted: true,
        accountIds: [],
        groupIds: [],
        complete: false,
      },
      cut: {
        restricted: true,
        accountIds: ['a', 'b'],
        groupIds: [],
        complete: false,
      },
    });
    expect(items.map(one => one.ancestorIds)).toEqual(Array(6).fill(undefined));
  });

  it.each(['', 'x'.repeat(256)])('refuses the label %j', async label => {
    await expect(clientOf(server).contentByLabel(label)).rejects.toThrow(
      'label must be a text of 1 to 255 characters',
    );
  });
});

describe('content by id', () => {
  it('asks once for many, and tells apart restricted, open and not told', async () => {
    server.handle = ({ url }) => ({
      body: {
        results: url.searchParams.has('cursor')
          ? [{ id: 5, type: 'folder', restrictions: { read: 'hidden' } }]
          : [
              {
                id: 1,
                type: 'page',
                status: 'current',
                title: 'Not of interest here',
                restrictions: { read: restriction([], []) },
              },
              {
                id: '2',
                restrictions: {
                  read: restriction([account('a'), account('b')], [], 2),
                },
              },
              {
                id: '3',
                restrictions: {
                  read: restriction([], [{ name: 'no id' }], 25),
                },
              },
            ],
        ...(!url.searchParams.has('cursor') && {
          _links: { next: '/rest/api/content/search?cursor=c1' },
        }),
      },
    });
    const client = clientOf(server);
    const { items, next } = await client.contentByIds(['1', '2', '3', '4']);
    expect(plain(items)).toEqual([
      {
        id: '1',
        type: 'page',
        status: 'current',
        readRestriction: {
          restricted: false,
          accountIds: [],
          groupIds: [],
          complete: true,
        },
      },
      {
        id: '2',
        readRestriction: {
          restricted: true,
          accountIds: ['a', 'b'],
          groupIds: [],
          complete: false,
        },
      },
      {
        id: '3',
        readRestriction: {
          restricted: true,
          accountIds: [],
          groupIds: [],
          complete: false,
        },
      },
    ]);
    const rest = await client.contentByIds(['5'], { cursor: next });
    expect(plain(rest.items)).toEqual([{ id: '5', type: 'folder' }]);
    expect(rest.next).toBeUndefined();
    const { searchParams } = server.seen[0].url;
    expect(searchParams.get('cql')).toBe('id in (1,2,3,4)');
    expect(searchParams.get('limit')).toBe('50');
    expect(server.seen[1].url.searchParams.get('cursor')).toBe('c1');
  });

  it('keeps its address short', async () => {
    server.handle = () => ({ body: { results: [] } });
    const ids = Array.from({ length: 50 }, (_, n) =>
      String(9_000_000_000_000 + n),
    );
    await clientOf(server).contentByIds(ids);
    expect(server.seen[0].url.href.length).toBeLessThan(2000);
  });

  it.each([
    [[], 'ids must be 1 to 50 ids'],
    [Array(51).fill('1'), 'ids must be 1 to 50 ids'],
    [['1', '2) or (id = 3'], 'ids must be numbers of at most 20 digits'],
    [[''], 'ids must be numbers of at most 20 digits'],
  ])('refuses ids that cannot be right, %#', async (ids, message) => {
    await expect(clientOf(server).contentByIds(ids)).rejects.toThrow(message);
    expect(server.seen).toHaveLength(0);
  });
});

describe('the restriction of a page', () => {
  it('is read to its end', async () => {
    const accounts = Array.from({ length: 450 }, (_, n) => account(`a${n}`));
    server.handle = ({ url }) => {
      const start = Number(url.searchParams.get('start'));
      return {
        body: restriction(
          accounts.slice(start, start + 200),
          start === 0 ? [{ id: 'g1' }] : [],
        ),
      };
    };
    const found = await clientOf(server).contentRestriction('42');
    expect(found.accountIds).toHaveLength(450);
    expect(found).toMatchObject({
      restricted: true,
      groupIds: ['g1'],
      complete: true,
    });
    expect(server.seen).toHaveLength(3);
    expect(server.seen[0].url.pathname).toBe(
      '/wiki/rest/api/content/42/restriction/byOperation/read',
    );
  });

  it('is asked for of who may edit, too', async () => {
    server.handle = () => ({ body: restriction([{ accountId: 'a1' }], []) });
    const found = await clientOf(server).contentRestriction('42', {
      operation: 'update',
    });
    expect(found).toMatchObject({ restricted: true, accountIds: ['a1'] });
    expect(server.seen[0].url.pathname).toBe(
      '/wiki/rest/api/content/42/restriction/byOperation/update',
    );
  });

  it('stays incomplete when somebody in it cannot be read, also across answers', async () => {
    server.handle = ({ url }) => ({
      body:
        url.searchParams.get('start') === '0'
          ? restriction(Array(200).fill({ type: 'unknown' }), [])
          : restriction([], []),
    });
    expect(await clientOf(server).contentRestriction('42')).toEqual({
      restricted: true,
      accountIds: [],
      groupIds: [],
      complete: false,
    });
  });

  it('is no open page when the answer is not understood', async () => {
    server.handle = () => ({ body: { operation: 'read' } });
    expect(
      await errorOf(clientOf(server).contentRestriction('42')),
    ).toMatchObject({ kind: 'invalid-response' });
  });
});

describe('content that is not found', () => {
  it.each([
    ['there', [200], true],
    ['there and hidden from us', [403], true],
    ['archived', [404, 200], true],
    ['not there', [404, 404], false],
  ])('is %s', async (_, statuses, exists) => {
    const left = [...statuses];
    server.handle = () => ({
      status: left.shift(),
      body: { contentState: null },
    });
    expect(await clientOf(server).contentExists('42')).toBe(exists);
    expect(server.seen[0].url.pathname).toBe('/wiki/rest/api/content/42/state');
    expect(server.seen).toHaveLength(statuses.length);
  });

  it('is not known to be there when nobody says so', async () => {
    server.handle = () => ({ status: 400, body: {} });
    expect(await errorOf(clientOf(server).contentExists('42'))).toMatchObject({
      kind: 'client',
    });
  });
});

describe('single records', () => {
  it('reads a page in any state', async () => {
    server.handle = () => ({
      body: {
        id: '8',
        status: 'trashed',
        title: 'T',
        spaceId: '9',
        ownerId: null,
        version: { number: 1 },
      },
    });
    const page = await clientOf(server).page('8');
    expect(plain(page)).toEqual({
      id: '8',
      status: 'trashed',
      title: 'T',
      spaceId: '9',
      version: { number: 1 },
    });
    expect(server.seen[0].url.searchParams.getAll('status')).toEqual([
      'current',
      'archived',
      'trashed',
      'deleted',
    ]);
  });

  it('reads a space, a group and labels', async () => {
    const client = clientOf(server);
    server.handle = () => ({ body: { id: '1', key: '~5f', name: 'Jane' } });
    expect(await client.space('1')).toMatchObject({ key: '~5f' });
    server.handle = () => ({ body: { id: 'g', name: 'Ops' } });
    expect(await client.groupById('g&x=1')).toMatchObject({ name: 'Ops' });
    expect(server.seen[1].url.searchParams.get('id')).toBe('g&x=1');
    server.handle = () => ({
      body: { results: [{ id: '3', name: 'policy', prefix: 'global' }] },
    });
    expect((await client.pageLabels('8')).items).toEqual([
      { id: '3', name: 'policy', prefix: 'global' },
    ]);
  });

  it('says by path what does not fit, without the value', async () => {
    server.handle = () => ({ body: { id: '1', key: 5, name: ['Jane Doe'] } });
    const error = await errorOf(clientOf(server).space('1'));
    expect(error).toMatchObject({ kind: 'invalid-response' });
    expect(error.message).toContain(
      'key: expected string; name: expected string',
    );
    expect(error.message).not.toContain('Jane');
  });
});

describe('the text of a page', () => {
  const page = {
    id: '42',
    status: 'current',
    title: 'Rules',
    spaceId: '7',
    version: { number: 4 },
  };

  it('is that of the version that is asked for', async () => {
    server.handle = () => ({
      body: {
        ...page,
        body: { storage: { representation: 'storage', value: '<p>x</p>' } },
      },
    });
    expect(
      plain(await clientOf(server).pageText('42', { version: 3 })),
    ).toMatchObject({
      page: { id: '42', version: { number: 4 } },
      storage: '<p>x</p>',
    });
    const [{ url }] = server.seen;
    expect(url.pathname + url.search).toMatch(
      /\/api\/v2\/pages\/42\?body-format=storage&version=3$/,
    );
  });

  it('is never taken for empty when Confluence sends none', async () => {
    server.handle = () => ({ body: { ...page, body: {} } });
    const error = await errorOf(clientOf(server).pageText('42'));
    expect(error.message).toContain('body.storage');
  });
});
