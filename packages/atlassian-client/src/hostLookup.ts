// SPDX-License-Identifier: Apache-2.0
import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { EnvHttpProxyAgent } from 'undici';
import {
  isLoopbackAddress,
  isPublicAddress,
  literalAddress,
  loopbackHost,
} from './addresses';
import { UpstreamError } from './errors';
import { untilAborted } from './SingleFlight';

/**
 * Finds all addresses of a host name, in the order in which to try them. Rejects when there is none.
 *
 * @public
 */
export type HostLookup = (host: string) => Promise<readonly string[]>;

const systemLookup: HostLookup = async host =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** A connection that was not opened. It names neither the host nor the address. */
export class AddressRefusal extends Error {
  readonly code = 'ERR_ADDRESS_NOT_PUBLIC';

  constructor() {
    super('The host leads to an address that is not public');
    this.name = 'AddressRefusal';
  }
}

/**
 * The lookup of a socket. It judges the very addresses that are connected to, so that a name cannot
 * lead elsewhere after it was looked at.
 */
function guardedLookup(find: HostLookup): LookupFunction {
  return (host, options, callback) => {
    const isAllowed = loopbackHost.test(host)
      ? isLoopbackAddress
      : isPublicAddress;
    find(host).then(
      found => {
        if (!found.every(isAllowed)) {
          callback(new AddressRefusal(), []);
          return;
        }
        const addresses = found.map(address => ({
          address,
          family: address.includes(':') ? 6 : 4,
        }));
        if (addresses.length === 0) {
          const none = new Error('The host has no address');
          callback(Object.assign(none, { code: 'ENOTFOUND' }), []);
        } else if (options.all) {
          callback(null, addresses);
        } else {
          callback(null, addresses[0].address, addresses[0].family);
        }
      },
      error => callback(error, []),
    );
  };
}

/**
 * Where requests go out by default: through the proxies of the environment, which look names up
 * themselves and may stand anywhere, or straight to public addresses.
 */
export function createGuardedDispatcher(
  find: HostLookup = systemLookup,
): EnvHttpProxyAgent {
  // undici uses `connect` for direct connections only, never for those to a proxy.
  return new EnvHttpProxyAgent({ connect: { lookup: guardedLookup(find) } });
}

/**
 * Looks a host up once and refuses it when any of its addresses is not public: one of a private
 * network, of this machine, or of a cloud's metadata. A client looks again at each connection, so
 * this is for an early answer. A host that has no address here passes: a proxy may know it.
 *
 * @param host - a host name, or an IP address with or without brackets
 * @param options - `lookup` instead of the system's own; `signal` ends the wait
 * @throws {@link UpstreamError} of kind `address`; when `signal` aborts, its reason
 * @public
 */
export async function assertPublicHost(
  host: string,
  options: { lookup?: HostLookup; signal?: AbortSignal } = {},
): Promise<void> {
  const { lookup: find = systemLookup, signal } = options;
  signal?.throwIfAborted();
  const literal = literalAddress(host);
  const addresses = literal
    ? [literal]
    : await untilAborted(find(host), signal).catch(() => {
        signal?.throwIfAborted();
        return [];
      });
  if (!addresses.every(isPublicAddress)) {
    throw new UpstreamError('address', { endpoint: 'DNS lookup' });
  }
}
