// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceWriter,
  CredentialRefusedError,
  createConfluenceWriter,
  MissingScopeError,
  NotVisibleError,
  QuotaExceededError,
  UpstreamError,
} from './index';
import {
  email,
  errorOf,
  startServer,
  stopAll,
  type TestServer,
  token,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const writing = async (write: (writer: ConfluenceWriter) => Promise<void>) => {
  const writer = createConfluenceWriter({
    site: server.url,
    auth: { method: 'api-token', email, token },
  });
  try {
    await write(writer);
  } finally {
    await writer.close();
  }
};

describe.each([
  {
    name: 'removeGroupMember',
    write: (writer: ConfluenceWriter) => writer.removeGroupMember('g 1', 'a:1'),
    sent: 'DELETE /wiki/rest/api/group/userByGroupId?groupId=g+1&accountId=a%3A1',
    body: '',
    good: { status: 204 },
    another: 200,
  },
  {
    name: 'removeSpacePermission',
    write: (writer: ConfluenceWriter) =>
      writer.removeSpacePermission('~a/b', '77'),
    sent: 'DELETE /wiki/rest/api/space/~a%2Fb/permission/77',
    body: '',
    good: { status: 204 },
    another: 200,
  },
  {
    name: 'removeSpaceRole',
    write: (writer: ConfluenceWriter) => writer.removeSpaceRole('98305', 'a:1'),
    sent: 'POST /wiki/api/v2/spaces/98305/role-assignments',
    body: '[{"principal":{"principalType":"USER","principalId":"a:1"}}]',
    good: { status: 200, body: { results: [], _links: {} } },
    another: 204,
  },
])('$name', ({ write, sent, body: sentBody, good, another }) => {
  it('asks for exactly that, and takes only its own answer for done', async () => {
    server.handle = () => good;
    await writing(write);
    expect(server.seen).toHaveLength(1);
    const [{ method, url, headers, body }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(sent);
    expect(headers['x-atlassian-token']).toBe(
      method === 'DELETE' ? 'no-check' : undefined,
    );
    expect(body).toBe(sentBody);
  });

  it.each([
    ['not there', 404, {}, NotVisibleError],
    ['refused', 403, {}, CredentialRefusedError],
    [
      'without a scope',
      401,
      { message: 'Unauthorized; scope does not match' },
      MissingScopeError,
    ],
    ['too much', 429, {}, QuotaExceededError],
    ['broken', 500, {}, UpstreamError],
    ['another answer', another, {}, UpstreamError],
  ])('is sent once where it is %s', async (_, status, body, kind) => {
    server.handle = () => (status === 204 ? { status } : { status, body });
    expect(await errorOf(writing(write))).toBeInstanceOf(kind);
    expect(server.seen).toHaveLength(1);
  });

  it('is not sent again when the connection breaks before the answer', async () => {
    server.handle = (_, response) => {
      response.destroy();
      return undefined;
    };
    expect(await errorOf(writing(write))).toMatchObject({ kind: 'network' });
    expect(server.seen).toHaveLength(1);
  });
});

it('sends nothing for a permission that is not named by a number', async () => {
  for (const id of ['', '1/../2', 'x', '1'.repeat(20)]) {
    expect(
      await errorOf(writing(writer => writer.removeSpacePermission('ENG', id))),
    ).toBeInstanceOf(TypeError);
  }
  expect(server.seen).toEqual([]);
});
