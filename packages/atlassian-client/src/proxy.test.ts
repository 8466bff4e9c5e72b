// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { createServer, request as forward, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Agent, request } from 'undici';
import { createGuardedDispatcher } from './hostLookup';
import { clientOf, errorOf, startServer, stopAll } from './__testUtils__';

interface TestProxy {
  url: string;
  /** Targets that went through, and how. */
  passed: string[];
  authorizations: Array<string | undefined>;
}

const proxies: Server[] = [];
const saved = { ...process.env };

/** A proxy that tunnels and forwards, and sends every name to `port` of this machine. */
async function startProxy(port: number): Promise<TestProxy> {
  const passed: string[] = [];
  const authorizations: Array<string | undefined> = [];
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '');
    passed.push(`forward ${target.host}`);
    authorizations.push(incoming.headers['proxy-authorization']);
    const onward = forward(
      {
        port,
        path: target.pathname + target.search,
        headers: incoming.headers,
      },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    passed.push(`tunnel ${incoming.url}`);
    authorizations.push(incoming.headers['proxy-authorization']);
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxies.push(server);
  const address = server.address() as AddressInfo;
  return { url: `127.0.0.1:${address.port}`, passed, authorizations };
}

beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (/^(https?|no)_proxy$/i.test(name)) {
      delete process.env[name];
    }
  }
});

afterEach(async () => {
  process.env = { ...saved };
  await stopAll();
  for (const proxy of proxies.splice(0)) {
    proxy.closeAllConnections();
    proxy.close();
  }
});

const me = () => ({ body: { accountId: 'me' } });

it('goes through the proxy of the environment, with its credentials', async () => {
  const server = await startServer(me);
  const { port } = server.server.address() as AddressInfo;
  const proxy = await startProxy(port);
  process.env.HTTP_PROXY = `http://jane:pr0xy-pass@${proxy.url}`;
  expect(await clientOf(server).currentUser()).toMatchObject({
    accountId: 'me',
  });
  expect(proxy.passed).toHaveLength(1);
  expect(proxy.passed[0]).toContain(`127.0.0.1:${port}`);
  expect(proxy.authorizations).toEqual([
    `Basic ${Buffer.from('jane:pr0xy-pass').toString('base64')}`,
  ]);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0].headers['proxy-authorization']).toBeUndefined();
});

it('goes past the proxy where the environment says so, or a dispatcher is given', async () => {
  const server = await startServer(me);
  const { port } = server.server.address() as AddressInfo;
  const proxy = await startProxy(port);
  process.env.HTTP_PROXY = `http://${proxy.url}`;
  const dispatcher = new Agent();
  await clientOf(server, { dispatcher }).currentUser();
  await dispatcher.close();
  process.env.NO_PROXY = '127.0.0.1';
  await clientOf(server).currentUser();
  expect(proxy.passed).toEqual([]);
  expect(server.seen).toHaveLength(2);
});

it('leaves names to the proxy, which may stand on any address', async () => {
  const server = await startServer(me);
  const { port } = server.server.address() as AddressInfo;
  const proxy = await startProxy(port);
  process.env.HTTP_PROXY = `http://${proxy.url.replace(
    '127.0.0.1',
    'localhost',
  )}`;
  const lookup = jest.fn(async () => ['10.0.0.1']);
  const dispatcher = createGuardedDispatcher(lookup);
  const url = 'http://only-the-proxy-knows.example/x';
  const answer = await request(url, { dispatcher });
  expect(await answer.body.json()).toEqual({ accountId: 'me' });
  expect(proxy.passed).toHaveLength(1);
  expect(proxy.passed[0]).toContain('only-the-proxy-knows.example');
  process.env.NO_PROXY = '.example';
  await expect(request(url, { dispatcher })).rejects.toThrow('not public');
  expect(lookup.mock.calls).toEqual([['only-the-proxy-knows.example']]);
  expect(server.seen).toHaveLength(1);
  await dispatcher.destroy();
});

it('tells a failing proxy as a network failure, without its address and credentials', async () => {
  const server = await startServer(me);
  const proxy = createServer((_, outgoing) => outgoing.destroy());
  proxy.on('connect', (_, socket) =>
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
  );
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  proxies.push(proxy);
  const { port } = proxy.address() as AddressInfo;
  process.env.HTTP_PROXY = `http://jane:pr0xy-pass@127.0.0.1:${port}`;
  const error = await errorOf(clientOf(server).currentUser());
  expect(error).toMatchObject({ name: 'UpstreamError', kind: 'network' });
  expect(error.message).not.toMatch(/pr0xy|jane|127\.0\.0\.1/);
  expect(server.seen).toHaveLength(0);
});
