// SPDX-License-Identifier: Apache-2.0
import {
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

const removing = async () => {
  const writer = createConfluenceWriter({
    site: server.url,
    auth: { method: 'api-token', email, token },
  });
  try {
    await writer.removeGroupMember('g 1', 'a:1');
  } finally {
    await writer.close();
  }
};

describe('removeGroupMember', () => {
  it('asks for exactly that, and takes 204 for done', async () => {
    server.handle = () => ({ status: 204 });
    await removing();
    expect(server.seen).toHaveLength(1);
    const [{ method, url, headers, body }] = server.seen;
    expect(`${method} ${url.pathname}${url.search}`).toBe(
      'DELETE /wiki/rest/api/group/userByGroupId?groupId=g+1&accountId=a%3A1',
    );
    expect(headers['x-atlassian-token']).toBe('no-check');
    expect(body).toBe('');
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
    ['another answer', 200, {}, UpstreamError],
  ])('is sent once where it is %s', async (_, status, body, kind) => {
    server.handle = () => ({ status, body });
    expect(await errorOf(removing())).toBeInstanceOf(kind);
    expect(server.seen).toHaveLength(1);
  });

  it('is not sent again when the connection breaks before the answer', async () => {
    server.handle = (_, response) => {
      response.destroy();
      return undefined;
    };
    expect(await errorOf(removing())).toMatchObject({ kind: 'network' });
    expect(server.seen).toHaveLength(1);
  });
});
