// SPDX-License-Identifier: Apache-2.0
import ipaddr from 'ipaddr.js';

/** Names of this machine itself, as a URL writes them. Nothing else may lead to it. */
export const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Today's global addresses. What lies outside is special, or belongs to nobody yet. */
const globalUnicast = ipaddr.IPv6.parse('2000::');
/** The prefix by which networks without IPv4 write the IPv4 addresses of others (RFC 6052). */
const translated = ipaddr.IPv6.parse('64:ff9b::');

/**
 * Whether an address is one that everybody on the internet may have: no private network, no link, no
 * machine of our own, no cloud's metadata, and none of them written as an IPv6 address.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && isPublic(ipaddr.process(address));
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if ('octets' in address) {
    return address.range() === 'unicast';
  }
  if (address.match(translated, 96)) {
    return isPublicAddress(address.toByteArray().slice(-4).join('.'));
  }
  // This leaves out 6to4 and Teredo too, tunnels that hide an IPv4 address and are out of use.
  return address.match(globalUnicast, 3) && address.range() === 'unicast';
}

/** Whether an address is of this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return (
    ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
  );
}

/** The address that the host of a URL is by itself, without any lookup. */
export function literalAddress(host: string): string | undefined {
  const text = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(text) ? text : undefined;
}
