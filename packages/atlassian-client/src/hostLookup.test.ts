// SPDX-License-Identifier: Apache-2.0
import dns from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import { assertPublicHost, type HostLookup } from './index';
import { createGuardedDispatcher } from './hostLookup';
import {
  clientOf,
  errorOf,
  fakeClock,
  startServer,
  stopAll,
} from './__testUtils__';

afterEach(stopAll);

/** Answers the lists in turn, the last one for good. */
function lookupOf(...lists: string[][]) {
  const hosts: string[] = [];
  const lookup: HostLookup = async host => {
    hosts.push(host);
    return lists[Math.min(hosts.length, lists.length) - 1];
  };
  return { lookup, hosts };
}

const me = () => ({ body: { accountId: 'me' } });

describe('a client', () => {
  it.each([
    ['a private address', ['10.0.0.1']],
    ["a cloud's metadata", ['169.254.169.254']],
    ['this machine', ['127.0.0.1', '::1']],
    ['one private address among public ones', ['8.8.8.8', 'fd00::1']],
  ])('does not connect to a host that leads to %s', async (_, addresses) => {
    const server = await startServer(me);
    const { port } = server.server.address() as AddressInfo;
    const { lookup, hosts } = lookupOf(addresses);
    const dispatcher = createGuardedDispatcher(lookup);
    const clock = fakeClock();
    const site = `https://acme.example:${port}`;
    const client = clientOf(server, { site, dispatcher, ...clock });
    const error = await errorOf(client.currentUser());
    expect(error).toMatchObject({ name: 'UpstreamError', kind: 'address' });
    expect(error.message).toContain('leads to an address that is not public');
    expect(error.message).not.toMatch(/acme|\d\.\d|::/);
    expect(error).not.toHaveProperty('cause');
    expect(hosts).toEqual(['acme.example']);
    expect(clock.sleeps).toEqual([]);
    expect(client.stats().requests).toBe(1);
    expect(server.seen).toHaveLength(0);
    await dispatcher.destroy();
  });

  it('judges a host at each connection, whatever was found before', async () => {
    const server = await startServer(me);
    const { port } = server.server.address() as AddressInfo;
    const { lookup, hosts } = lookupOf(['8.8.8.8'], ['127.0.0.1']);
    await assertPublicHost('rebound.example', { lookup });
    const dispatcher = createGuardedDispatcher(lookup);
    const site = `https://rebound.example:${port}`;
    const error = await errorOf(
      clientOf(server, { site, dispatcher }).currentUser(),
    );
    expect(error).toMatchObject({ kind: 'address' });
    expect(hosts).toEqual(['rebound.example', 'rebound.example']);
    expect(server.seen).toHaveLength(0);
    await dispatcher.destroy();
  });

  it('reaches this machine by its own name, and nothing else by that', async () => {
    const server = await startServer(me);
    const { port } = server.server.address() as AddressInfo;
    const site = `http://localhost:${port}`;
    const own = createGuardedDispatcher(lookupOf(['127.0.0.1']).lookup);
    await clientOf(server, { site, dispatcher: own }).currentUser();
    expect(server.seen).toHaveLength(1);
    for (const address of ['8.8.8.8', '10.0.0.1', '0.0.0.0']) {
      const other = createGuardedDispatcher(lookupOf([address]).lookup);
      const error = await errorOf(
        clientOf(server, { site, dispatcher: other }).currentUser(),
      );
      expect(error).toMatchObject({ kind: 'address' });
      await other.destroy();
    }
    await own.destroy();
  });

  it('guards by default, with the lookup of the system', async () => {
    const server = await startServer(me);
    const { port } = server.server.address() as AddressInfo;
    const lookup = jest
      .spyOn(dns, 'lookup')
      .mockResolvedValue([{ address: '127.0.0.1', family: 4 }] as never);
    const site = `https://acme.example:${port}`;
    const error = await errorOf(clientOf(server, { site }).currentUser());
    expect(error).toMatchObject({ kind: 'address' });
    expect(lookup).toHaveBeenCalledWith('acme.example', { all: true });
    expect(server.seen).toHaveLength(0);
    lookup.mockRestore();
  });

  it.each([
    ['nothing is found', async () => []],
    [
      'the lookup fails',
      async () => {
        throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
      },
    ],
  ])('fails as the network does when %s', async (_, lookup) => {
    const server = await startServer(me);
    const dispatcher = createGuardedDispatcher(lookup);
    const site = 'https://acme.example';
    const error = await errorOf(
      clientOf(server, { site, dispatcher }).currentUser(),
    );
    expect(error).toMatchObject({ kind: 'network', code: 'ENOTFOUND' });
    await dispatcher.destroy();
  });
});

describe('assertPublicHost', () => {
  it('passes a host whose addresses are all public', async () => {
    const { lookup, hosts } = lookupOf(['8.8.8.8', '2401:1d80::1']);
    await assertPublicHost('acme.example', { lookup });
    expect(hosts).toEqual(['acme.example']);
  });

  it('refuses a host with any other address', async () => {
    const { lookup } = lookupOf(['8.8.8.8', '192.168.0.1']);
    const error = await errorOf(assertPublicHost('acme.example', { lookup }));
    expect(error).toMatchObject({ name: 'UpstreamError', kind: 'address' });
    expect(error.message).not.toMatch(/acme|192/);
  });

  it.each([
    '127.0.0.1',
    '[::1]',
    '::ffff:10.0.0.1',
    '169.254.169.254',
    '127.1',
  ])('refuses %s without a lookup', async host => {
    const { lookup, hosts } = lookupOf(['8.8.8.8']);
    const error = await errorOf(assertPublicHost(host, { lookup }));
    expect(error).toMatchObject({ kind: 'address' });
    expect(hosts).toEqual([]);
  });

  it('refuses this machine by its name, with the lookup of the system', async () => {
    const error = await errorOf(assertPublicHost('localhost'));
    expect(error).toMatchObject({ kind: 'address' });
  });

  it('says nothing of a host that is not found', async () => {
    const failing = async () => {
      throw new Error('not found');
    };
    for (const lookup of [failing, lookupOf([]).lookup]) {
      await expect(
        assertPublicHost('only-the-proxy-knows.example', { lookup }),
      ).resolves.toBeUndefined();
    }
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const lookup = () => new Promise<string[]>(() => {});
    const { signal } = controller;
    const waiting = errorOf(
      assertPublicHost('slow.example', { lookup, signal }),
    );
    const reason = new Error('stop');
    controller.abort(reason);
    expect(await waiting).toBe(reason);
    expect(
      await errorOf(assertPublicHost('slow.example', { lookup, signal })),
    ).toBe(reason);
  });
});
