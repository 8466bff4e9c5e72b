// SPDX-License-Identifier: Apache-2.0
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { QuotaExceededError } from './index';
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

const tooMany = (headers: Record<string, string> = {}): Reply => ({
  status: 429,
  headers,
  body: { code: 429, message: 'Too many' },
});

describe('too many requests', () => {
  it.each([
    ['seconds', { 'retry-after': '40' }, 40_000],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 10:20:25 GMT' }, 25_000],
    ['a reset', { 'x-ratelimit-reset': '2026-11-21T10:20:30Z' }, 30_000],
    [
      'a reset without seconds',
      { 'x-ratelimit-reset': '2026-11-21T10:21Z' },
      60_000,
    ],
    [
      'a reset without a zone',
      { 'x-ratelimit-reset': '2026-11-21T10:21' },
      60_000,
    ],
    ['nothing', {}, 2000],
    ['nonsense', { 'retry-after': 'soon', 'x-ratelimit-reset': '1' }, 2000],
    [
      'the past',
      { 'retry-after': '0', 'x-ratelimit-reset': '2020-01-01T00:00Z' },
      2000,
    ],
    [
      'quota and both, of which the later counts',
      {
        'retry-after': '5',
        'x-ratelimit-reset': '2026-11-21T10:20:50Z',
        'ratelimit-reason': 'confluence-quota-tenant-based',
      },
      50_000,
    ],
  ])('waits exactly as told by %s', async (_, headers, expected) => {
    const clock = fakeClock();
    server.handle = script(
      tooMany(headers as Record<string, string>),
      noGroups,
    );
    const client = clientOf(server, clock);
    await client.groups();
    expect(clock.sleeps).toEqual([expected]);
    expect(client.stats()).toMatchObject({
      requests: 2,
      retries: 1,
      throttled: 1,
    });
  });

  it('gives up at the fourth, and says when to go on', async () => {
    server.handle = script(tooMany({ 'retry-after': '10' }));
    const error = await errorOf(clientOf(server).groups());
    expect(error).toBeInstanceOf(QuotaExceededError);
    expect(error).toMatchObject({
      resumeAt: new Date('2026-11-21T10:20:40Z'),
      reason: 'unspecified',
    });
    expect(server.seen).toHaveLength(4);
  });

  it.each([
    'confluence-quota-global-based',
    'confluence-quota-tenant-based',
    'conf-global-based',
  ])('lets nothing leave while %s holds', async reason => {
    const clock = fakeClock();
    const client = clientOf(server, clock);
    server.handle = script(tooMany({ 'ratelimit-reason': reason }), noGroups);
    const resumeAt = new Date('2026-11-21T11:00:00Z');
    expect(await errorOf(client.groups())).toMatchObject({
      name: 'QuotaExceededError',
      reason: 'quota',
      resumeAt,
    });
    expect(await errorOf(client.space('1'))).toMatchObject({ resumeAt });
    expect(await errorOf(client.pages())).toMatchObject({ resumeAt });
    expect(server.seen).toHaveLength(1);
    expect(client.stats().pausedUntil).toEqual(resumeAt);
    expect(clock.sleeps).toEqual([]);

    clock.advance(40 * 60_000);
    await client.groups();
    expect(server.seen).toHaveLength(2);
    expect(client.stats().pausedUntil).toBeUndefined();
  });

  it('holds back requests that stand in the queue when a wait begins', async () => {
    const clock = fakeClock();
    const asleep: Array<() => void> = [];
    let allAsleep: () => void;
    const three = new Promise<void>(resolve => {
      allAsleep = resolve;
    });
    const sleep = async (ms: number) => {
      await new Promise<void>(wake => {
        asleep.push(wake);
        if (asleep.length === 3) {
          allAsleep();
        }
      });
      clock.advance(ms);
    };
    const client = clientOf(server, { ...clock, sleep, concurrency: 1 });
    server.handle = script(tooMany({ 'retry-after': '30' }), noGroups);
    const calls = Promise.all([
      client.groups(),
      client.groups(),
      client.groups(),
    ]);
    await three;
    expect(server.seen).toHaveLength(1);
    asleep.forEach(wake => wake());
    await calls;
    expect(server.seen).toHaveLength(4);
  });

  it('slows only the endpoint that burst', async () => {
    const clock = fakeClock();
    const client = clientOf(server, clock);
    server.handle = ({ url }) =>
      url.pathname.endsWith('/group')
        ? tooMany({
            'retry-after': '90',
            'ratelimit-reason': 'confluence-burst-based',
          })
        : noGroups;
    expect(await errorOf(client.groups())).toMatchObject({
      name: 'QuotaExceededError',
      reason: 'burst',
    });
    await client.spaces();
    expect(clock.sleeps).toEqual([]);
    expect(client.stats().pausedUntil).toBeUndefined();
    await errorOf(client.groups());
    expect(server.seen).toHaveLength(2);
  });
});

it('sends the longest walk first, and nobody who waits for one answer after a walk', async () => {
  const client = clientOf(server, { concurrency: 1 });
  server.handle = () => noGroups;
  const ask = (limit: number, toFollow?: number) =>
    client.groups({ limit, toFollow });
  // The first is on its way when the others come.
  await Promise.all([
    ask(10, 0),
    ask(20, 0),
    ask(30, 2),
    ask(40, 7.5),
    ask(50),
    ask(60, 2),
    ask(70),
  ]);
  const sent = server.seen.map(({ url }) => url.searchParams.get('limit'));
  expect(sent).toEqual(['10', '50', '70', '40', '30', '60', '20']);
});

it('has sent what waits before it gives the answer that made place', async () => {
  const client = clientOf(server, { concurrency: 1 });
  server.handle = () => noGroups;
  let sent = 0;
  const count = () => (sent += 1);
  subscribe('undici:client:sendHeaders', count);
  // On a connection that was used before, which undici looks at first.
  await client.groups();
  const sentBefore: number[] = [];
  const ask = () => client.groups().then(() => sentBefore.push(sent));
  await Promise.all([ask(), ask(), ask()]).finally(() =>
    unsubscribe('undici:client:sendHeaders', count),
  );
  expect(sentBefore).toEqual([3, 4, 4]);
});
