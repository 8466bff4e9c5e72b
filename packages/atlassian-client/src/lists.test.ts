// SPDX-License-Identifier: Apache-2.0
import {
  cursorBehind,
  listPages,
  RepeatedCursorError,
  UpstreamError,
} from './index';
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

/** Serves `rows` by position, as v1 does. */
function serveByStart(
  rows: unknown[],
  options: { cap?: number; links?: boolean; lie?: boolean } = {},
) {
  const { cap = 200, links = true, lie = false } = options;
  server.handle = ({ url }) => {
    const start = Number(url.searchParams.get('start'));
    const asked = Number(url.searchParams.get('limit'));
    const limit = Math.min(asked, cap);
    const results = rows.slice(start, start + limit);
    const more = start + results.length < rows.length;
    return {
      body: {
        results,
        start,
        limit: lie ? asked : limit,
        size: results.length,
        ...(url.searchParams.get('shouldReturnTotalSize') === 'true' && {
          totalSize: rows.length,
        }),
        _links: {
          base: 'https://elsewhere.example/wiki',
          ...(more &&
            links && {
              next: `/rest/api/group/g/membersByGroupId?next=true&limit=${limit}&start=${
                start + limit
              }`,
            }),
        },
      },
    };
  };
}

async function collect<T>(pages: AsyncIterable<{ items: T[] }>) {
  const items: T[] = [];
  for await (const { items: some } of pages) {
    items.push(...some);
  }
  return items;
}

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `u${index}`);

describe('lists by position', () => {
  it('reads to the end, with the total, and goes on in another client', async () => {
    serveByStart(ids(431).map(user));
    const first = await clientOf(server).groupMembers('g', { total: true });
    expect(first).toMatchObject({ total: 431, limit: 200, malformed: [] });
    expect(first.items).toHaveLength(200);

    const client = clientOf(server);
    const rest = await collect(
      listPages(cursor => client.groupMembers('g', { cursor }), {
        cursor: first.next,
      }),
    );
    expect([...first.items, ...rest].map(one => one.accountId)).toEqual(
      ids(431),
    );
    expect(server.seen.map(({ url }) => url.searchParams.get('start'))).toEqual(
      ['0', '200', '400'],
    );
    expect(server.seen[0].url.pathname).toBe(
      '/wiki/rest/api/group/g/membersByGroupId',
    );
  });

  it.each([
    ['says so', { cap: 50 }],
    ['says so but gives no link', { cap: 50, links: false }],
  ])(
    'advances by what came when the limit is lowered: it %s',
    async (_, how) => {
      serveByStart(ids(120).map(user), how);
      const client = clientOf(server);
      const read = await collect(
        listPages(cursor => client.groupMembers('g', { cursor })),
      );
      expect(read.map(one => one.accountId)).toEqual(ids(120));
    },
  );

  it('reads on up to a known total when the lowered limit is hidden', async () => {
    serveByStart(ids(120).map(user), { cap: 50, links: false, lie: true });
    const client = clientOf(server);
    const read = await collect(
      listPages(cursor => client.groupMembers('g', { cursor, total: true })),
    );
    expect(read).toHaveLength(120);
    expect(server.seen).toHaveLength(3);
  });

  it('asks once for an exactly full page when the total is known, else looks behind it', async () => {
    serveByStart(ids(200).map(user));
    const client = clientOf(server);
    await collect(
      listPages(cursor => client.groupMembers('g', { cursor, total: true })),
    );
    expect(server.seen).toHaveLength(1);
    await collect(listPages(cursor => client.groupMembers('g', { cursor })));
    expect(server.seen).toHaveLength(3);
  });

  it('ends on an empty page and refuses one that would go on at the same place', async () => {
    const client = clientOf(server);
    server.handle = () => ({
      body: { results: [], start: 0, limit: 200, size: 0 },
    });
    expect(await client.groups()).toEqual({
      items: [],
      malformed: [],
      limit: 200,
    });
    server.handle = () => ({
      body: {
        results: [],
        limit: 200,
        _links: { next: '/rest/api/group?start=0' },
      },
    });
    await expect(client.groups()).rejects.toThrow(RepeatedCursorError);
    server.handle = () => ({
      body: {
        results: [],
        limit: 200,
        _links: { next: '/rest/api/group?start=200' },
      },
    });
    expect((await client.groups()).next).toBe('start:200');
  });

  it('follows a cursor where a list by position has one, and ends there', async () => {
    server.handle = ({ url }) =>
      url.searchParams.get('cursor') === 'c1'
        ? { body: { results: [{ user: user('b') }], totalSize: 2, limit: 1 } }
        : {
            body: {
              results: [{ user: user('a') }],
              totalSize: 2,
              limit: 1,
              _links: { next: '/rest/api/search/user?cursor=c1&start=1' },
            },
          };
    const client = clientOf(server);
    const read = await collect(
      listPages(cursor => client.searchUsers({ cursor })),
    );
    expect(read.map(one => one.accountId)).toEqual(['a', 'b']);
    expect(server.seen[1].url.searchParams.has('start')).toBe(false);
  });
});

describe('a cursor behind another', () => {
  it('asks for the records after so many more, where there are positions', async () => {
    server.handle = () => ({
      body: { results: [user('a')], limit: 1, totalSize: 9, _links: {} },
    });
    const client = clientOf(server);
    const { next = '' } = await client.groupMembers('g', { total: true });
    await client.groupMembers('g', { cursor: cursorBehind(next, 4) });
    expect(server.seen.at(-1)?.url.searchParams.get('start')).toBe('5');
  });

  it('is not known of a list with cursors of its own', async () => {
    server.handle = () => ({
      body: { results: [page('1')], _links: { next: '/x?cursor=abc' } },
    });
    const { next = '' } = await clientOf(server).pagesInSpace('9');
    expect(next).toBe('abc');
    expect(cursorBehind(next, 4)).toBeUndefined();
  });
});

describe('lists by cursor', () => {
  const cursor = 'eyJpZCI6Ijki+/=fQ==';
  const query = new URLSearchParams({ limit: '250', cursor, after: '1' });

  it.each([
    ['a relative link', `/wiki/api/v2/pages?${query}`, undefined],
    ['a link without /wiki', `/api/v2/pages?${query}`, undefined],
    ['a foreign link', `https://evil.example/steal?${query}`, undefined],
    ['a link to another port', `http://127.0.0.1:1/x?${query}`, undefined],
    [
      'a header',
      undefined,
      `</wiki/api/v2/pages?${query}>; rel="next", <https://x.example/wiki>; rel="base"`,
    ],
    [
      'a header behind another',
      undefined,
      `<https://x.example/wiki>; rel="base", </wiki/api/v2/pages?${query}>; rel="next"`,
    ],
  ])('takes nothing but the cursor from %s', async (_, next, link) => {
    server.handle = ({ url }) =>
      url.searchParams.has('cursor')
        ? { body: { results: [page('2')], _links: {} } }
        : {
            headers: { ...(link !== undefined && { link }) },
            body: { results: [page('1')], _links: { next } },
          };
    const client = clientOf(server);
    const read = await collect(
      listPages(at =>
        client.pages({ cursor: at, status: ['current', 'trashed'] }),
      ),
    );
    expect(read.map(one => one.id)).toEqual(['1', '2']);
    const [, second] = server.seen;
    expect(second.url.pathname).toBe('/wiki/api/v2/pages');
    expect([...second.url.searchParams]).toEqual([
      ['status', 'current'],
      ['status', 'trashed'],
      ['sort', '-modified-date'],
      ['limit', '250'],
      ['cursor', cursor],
    ]);
    expect(server.seen).toHaveLength(2);
  });

  it('stops a list that repeats its cursor, at once or later', async () => {
    const client = clientOf(server);
    const give = (next: string) => ({
      body: { results: [], _links: { next: `/x?cursor=${next}` } },
    });
    server.handle = () => give('same');
    await expect(client.spaces({ cursor: 'same' })).rejects.toThrow(
      RepeatedCursorError,
    );
    const ring: Record<string, string> = { '': 'a', a: 'b', b: 'a' };
    server.handle = ({ url }) =>
      give(ring[url.searchParams.get('cursor') ?? '']);
    const before = server.seen.length;
    await expect(
      collect(listPages(at => client.spaces({ cursor: at }))),
    ).rejects.toThrow(RepeatedCursorError);
    expect(server.seen.length - before).toBe(3);
  });

  it.each([
    [
      'a link without a cursor',
      { results: [], _links: { next: '/x?start=5' } },
    ],
    ['a link that is no text', { results: [], _links: { next: { a: 1 } } }],
    ['no results', { values: [] }],
    ['results that are no list', { results: {} }],
  ])('does not take %s for the end of a list', async (_, body) => {
    server.handle = () => ({ body });
    const error = await errorOf(clientOf(server).spaces());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ kind: 'invalid-response' });
  });

  it('refuses cursors that cannot be its own', async () => {
    const client = clientOf(server);
    await expect(client.spaces({ cursor: 'start:5' })).rejects.toThrow(
      'cursor must be the "next" of an earlier answer',
    );
    await expect(client.groups({ cursor: '' })).rejects.toThrow(TypeError);
    expect(server.seen).toHaveLength(0);
  });

  it('says when a cursor is not accepted any more', async () => {
    server.handle = () => ({
      status: 400,
      body: { errors: [{ code: 'INVALID_REQUEST_PARAMETER' }] },
    });
    const client = clientOf(server);
    const withCursor = await errorOf(client.spaces({ cursor: 'old' }));
    expect(withCursor.name).toBe('CursorRefusedError');
    expect(withCursor).toMatchObject({ kind: 'client' });
    expect((await errorOf(client.spaces())).name).toBe('UpstreamError');
  });
});
