// SPDX-License-Identifier: Apache-2.0
import { MissingScopeError, NotVisibleError } from './index';
import {
  clientOf,
  errorOf,
  fakeClock,
  type Handler,
  type Reply,
  startServer,
  stopAll,
  type TestServer,
} from './__testUtils__';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(stopAll);

const noGroups: Reply = { body: { results: [], limit: 200 } };

/** Answers one after the other; the last one stays. */
function script(...replies: Reply[]): Handler {
  return () => (replies.length > 1 ? replies.shift() : replies[0]);
}

describe('failures that pass', () => {
  it.each([500, 502, 503, 504])(
    'tries %i again with growing pauses, four times at most',
    async status => {
      const clock = fakeClock();
      const client = clientOf(server, clock);
      server.handle = script({ status }, { status }, { status }, noGroups);
      await client.groups();
      expect(clock.sleeps).toEqual([2000, 4000, 8000]);

      server.seen.length = 0;
      server.handle = script({ status });
      const error = await errorOf(client.groups());
      expect(error).toMatchObject({ name: 'UpstreamError', kind: 'server' });
      expect(server.seen).toHaveLength(4);
    },
  );

  it('spreads its pauses', async () => {
    for (const [random, pause] of [
      [0, 1400],
      [1, 2600],
    ]) {
      const clock = { ...fakeClock(), random: () => random };
      server.handle = script({ status: 500 }, noGroups);
      await clientOf(server, clock).groups();
      expect(clock.sleeps).toEqual([pause]);
    }
  });

  it('waits as a 503 asks', async () => {
    const clock = fakeClock();
    server.handle = script(
      { status: 503, headers: { 'retry-after': '17' } },
      noGroups,
    );
    await clientOf(server, clock).groups();
    expect(clock.sleeps).toEqual([17_000]);
  });

  it('takes a 503 for no limit, whatever its headers say of the limits', async () => {
    const clock = fakeClock();
    const client = clientOf(server, clock);
    const limits = {
      'x-ratelimit-reset': '2026-11-21T11:00:00Z',
      'x-ratelimit-remaining': '64000',
      'ratelimit-reason': 'confluence-quota-global-based',
    };
    server.handle = script({ status: 503, headers: limits });
    const error = await errorOf(client.groups());
    expect(error).toMatchObject({ name: 'UpstreamError', kind: 'server' });
    expect(clock.sleeps).toEqual([2000, 4000, 8000]);
    expect(client.stats().pausedUntil).toBeUndefined();

    server.handle = script(
      { status: 503, headers: { ...limits, 'retry-after': '9' } },
      noGroups,
    );
    await client.groups();
    expect(clock.sleeps.slice(3)).toEqual([9000]);
  });

  it('tries a broken connection again, also for the one POST it knows', async () => {
    const clock = fakeClock();
    let breaks = 2;
    server.handle = (_, response) => {
      if (breaks > 0) {
        breaks -= 1;
        response.destroy();
        return undefined;
      }
      return { body: { results: [{ accountId: 'a' }] } };
    };
    const { items } = await clientOf(server, clock).usersBulk(['a']);
    expect(items).toHaveLength(1);
    expect(clock.sleeps).toEqual([2000, 4000]);
  });

  it('gives up on a host that is not there', async () => {
    const url = server.url;
    await new Promise(resolve => server.server.close(resolve));
    const clock = fakeClock();
    const error = await errorOf(
      clientOf({ ...server, url }, clock).currentUser(),
    );
    expect(error).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    expect(clock.sleeps).toHaveLength(3);
  });

  it('gives up on a server that never answers', async () => {
    server.handle = () => undefined;
    const clock = fakeClock();
    const error = await errorOf(
      clientOf(server, { ...clock, timeoutMs: 30 }).currentUser(),
    );
    expect(error).toMatchObject({ kind: 'timeout' });
    expect(server.seen).toHaveLength(4);
  });

  it('gives up on an answer that never ends', async () => {
    server.handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
      return undefined;
    };
    const error = await errorOf(
      clientOf(server, { timeoutMs: 30 }).currentUser(),
    );
    expect(error).toMatchObject({ kind: 'timeout' });
  });
});

describe('failures that stay', () => {
  it.each<[string, Reply, object]>([
    ['404', { status: 404 }, { name: 'NotVisibleError' }],
    [
      '403',
      { status: 403 },
      { name: 'CredentialRefusedError', reason: 'forbidden' },
    ],
    [
      '401 as HTML',
      { status: 401, headers: { 'content-type': 'text/html' }, body: '<p>no' },
      { name: 'CredentialRefusedError', reason: 'unauthenticated' },
    ],
    ['400', { status: 400 }, { name: 'UpstreamError', kind: 'client' }],
    ['410', { status: 410 }, { name: 'UpstreamError', kind: 'client' }],
    [
      'HTML',
      { headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' },
      { kind: 'invalid-response' },
    ],
    ['half an answer', { body: '{"results": [' }, { kind: 'invalid-response' }],
    [
      'JSON under another name',
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      { kind: 'invalid-response' },
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://evil.example/' } },
      { kind: 'invalid-response' },
    ],
  ])('does not try again after %s', async (_, reply, expected) => {
    server.handle = script(reply);
    const error = await errorOf(clientOf(server).groups());
    expect(error).toMatchObject(expected);
    expect(server.seen).toHaveLength(1);
  });

  it('never follows a redirect, not even to the same host', async () => {
    const other = await startServer(script(noGroups));
    for (const location of [`${other.url}/wiki/x`, '/wiki/y']) {
      for (const status of [301, 302, 303, 307, 308]) {
        server.handle = script({ status, headers: { location } });
        await expect(clientOf(server).groups()).rejects.toThrow(
          'a redirect, which is never followed',
        );
      }
    }
    expect(other.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(10);
  });

  it('refuses an answer that is too large', async () => {
    server.handle = script({ body: `"${'x'.repeat(5000)}"` });
    const error = await errorOf(
      clientOf(server, { maxResponseBytes: 4096 }).groups(),
    );
    expect(error).toMatchObject({ kind: 'invalid-response' });
    expect(error.message).toContain('more than 4096 bytes');
  });

  it('names the missing scope', async () => {
    server.handle = script({
      status: 401,
      body: { code: 401, message: 'Unauthorized; scope does not match' },
    });
    const error = await errorOf(clientOf(server).groups());
    expect(error).toBeInstanceOf(MissingScopeError);
    expect(error).toMatchObject({
      scopes: {
        granular: ['read:group:confluence'],
        classic: ['read:confluence-groups'],
      },
    });
  });

  it('carries a trace id of a safe shape only', async () => {
    server.handle = script({
      status: 404,
      headers: { 'atl-traceid': 'f0e1d2c3b4a59687' },
    });
    const error = await errorOf(clientOf(server).space('1'));
    expect(error).toBeInstanceOf(NotVisibleError);
    expect(error).toMatchObject({ traceId: 'f0e1d2c3b4a59687' });
    server.handle = script({
      status: 404,
      headers: { 'atl-traceid': 'jane@acme.example <b>' },
    });
    expect(await errorOf(clientOf(server).space('1'))).toMatchObject({
      traceId: undefined,
    });
  });
});

describe('bounds', () => {
  it('never has more requests out than allowed', async () => {
    let out = 0;
    let most = 0;
    server.handle = async () => {
      out += 1;
      most = Math.max(most, out);
      await new Promise(resolve => setImmediate(resolve));
      out -= 1;
      return noGroups;
    };
    const client = clientOf(server, { concurrency: 3 });
    await Promise.all(Array.from({ length: 20 }, () => client.groups()));
    expect(server.seen).toHaveLength(20);
    expect(most).toBeLessThanOrEqual(3);
    expect(most).toBeGreaterThan(1);
  });

  it('ends a request and a place in the queue when its signal aborts', async () => {
    const reason = new Error('stop');
    const controller = new AbortController();
    const arrived = new Promise<void>(resolve => {
      server.handle = () => {
        resolve();
        return undefined;
      };
    });
    const client = clientOf(server, { concurrency: 1 });
    const sent = errorOf(client.groups({ signal: controller.signal }));
    await arrived;
    const queued = errorOf(client.groups({ signal: controller.signal }));
    controller.abort(reason);
    expect(await sent).toBe(reason);
    expect(await queued).toBe(reason);
    expect(await errorOf(client.groups({ signal: controller.signal }))).toBe(
      reason,
    );
    expect(server.seen).toHaveLength(1);

    server.handle = script(noGroups);
    await client.groups();
    expect(server.seen).toHaveLength(2);
  });

  it('fails at once what is under way or begins when the client is closed', async () => {
    const clock = fakeClock();
    const client = clientOf(server, clock);
    const arrived = new Promise<void>(resolve => {
      server.handle = () => {
        resolve();
        return undefined;
      };
    });
    const sent = errorOf(client.groups());
    await arrived;
    await client.close();
    expect(await sent).toMatchObject({ kind: 'network' });
    expect(await errorOf(client.groups())).toMatchObject({ kind: 'network' });
    expect(clock.sleeps).toEqual([]);
  });

  it('ends a pause on the real clock', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    server.handle = script({ status: 500 });
    const call = errorOf(
      clientOf(server, {
        now: undefined,
        sleep: undefined,
        onRequest: () => setImmediate(() => controller.abort(reason)),
      }).groups({ signal: controller.signal }),
    );
    expect(await call).toBe(reason);
    expect(server.seen).toHaveLength(1);
  });
});
