// SPDX-License-Identifier: Apache-2.0
import { type RequestEvent, UpstreamError } from './index';
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

describe('what is told', () => {
  it('tells each request by its template, with points by the price list', async () => {
    const events: RequestEvent[] = [];
    const client = clientOf(server, { onRequest: event => events.push(event) });
    server.handle = ({ url }) => {
      if (url.pathname.includes('/group/')) {
        return { body: { results: [{ accountId: 'a' }, { accountId: 'b' }] } };
      }
      return url.pathname.includes('/spaces/')
        ? { body: { id: '7', key: 'K', name: 'N' } }
        : { status: 404 };
    };
    await client.groupMembers('secret-group');
    await client.space('7');
    await errorOf(client.page('8'));
    expect(events).toEqual([
      {
        method: 'GET',
        endpoint: '/rest/api/group/{groupId}/membersByGroupId',
        status: 200,
        durationMs: 0,
        points: 5,
        attempt: 1,
      },
      expect.objectContaining({
        endpoint: '/api/v2/spaces/{spaceId}',
        points: 2,
      }),
      expect.objectContaining({ status: 404, points: 1 }),
    ]);
    expect(client.stats()).toEqual({
      requests: 3,
      retries: 0,
      throttled: 0,
      points: 8,
    });
  });

  it('counts the points of single answers by what they are about', async () => {
    const client = clientOf(server);
    const cost = async (body: object, call: () => Promise<unknown>) => {
      const before = client.stats().points;
      server.handle = () => ({ body });
      await call();
      return client.stats().points - before;
    };
    const list = (results: object[]) => ({ results, limit: 200 });
    const restriction = (users: object[], groups: object[]) => ({
      restrictions: { user: list(users), group: list(groups) },
    });
    const ask = () => client.contentRestriction('1');
    expect(await cost(restriction([], []), ask)).toBe(1);
    expect(
      await cost(
        restriction([{ accountId: 'a' }, { accountId: 'b' }], [{ id: 'g' }]),
        ask,
      ),
    ).toBe(7);
    expect(
      await cost({ accountId: 'a', type: 'known' }, () => client.currentUser()),
    ).toBe(3);
    expect(await cost({ cloudId: 'c' }, () => client.systemInfo())).toBe(1);
    expect(
      await cost(
        {
          results: [
            {
              id: '1',
              restrictions: { read: restriction([{ accountId: 'a' }], []) },
            },
          ],
        },
        () => client.contentByIds(['1']),
      ),
    ).toBe(2);
  });

  it('is not disturbed by an observer that throws', async () => {
    server.handle = () => ({ body: { results: [], limit: 200 } });
    const client = clientOf(server, {
      onRequest: () => {
        throw new Error('observer');
      },
    });
    expect((await client.groups()).items).toEqual([]);
  });

  it('never gives a status number away', async () => {
    for (const status of [400, 401, 403, 404, 410, 429, 500, 503]) {
      server.handle = () => ({ status });
      const error = await errorOf(clientOf(server).groups());
      expect(error).not.toHaveProperty('status');
      expect(error).not.toHaveProperty('statusCode');
      expect(error).not.toHaveProperty('cause');
      expect(error.message).not.toContain(String(status));
    }
    expect(new UpstreamError('server', { endpoint: 'GET /x' }).name).toBe(
      'UpstreamError',
    );
  });
});
