// SPDX-License-Identifier: Apache-2.0
import { isPublicAddress, literalAddress, loopbackHost } from './addresses';

/**
 * Reads a base address. Only `https` is accepted, and `http` for this machine itself. The host is
 * plain ASCII, and no IP address of a network that is not public.
 *
 * @param value - an address, or a bare domain
 * @param name - how to call it in the error
 * @returns the address without a slash at its end
 */
export function readBaseUrl(value: string, name: string): string {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
    ? value
    : `https://${value}`;
  // The parser would turn many a letter into another host than the one that was read.
  if (/[^\x20-\x7e]/.test(text) || /^[a-z][^/]*:\/\/[^/]*%/i.test(text)) {
    throw new TypeError(`${name} must be written in plain ASCII letters`);
  }
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError(
      `${name} must be an address such as https://acme.atlassian.net`,
    );
  }
  const safe =
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && loopbackHost.test(url.hostname));
  if (!safe) {
    throw new TypeError(`${name} must begin with https://`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError(
      `${name} must not contain credentials, a query or a fragment`,
    );
  }
  assertPlainHost(url.hostname, name);
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** A literal address is never looked up, so it is judged here; any other when it is connected to. */
function assertPlainHost(host: string, name: string) {
  if (/(^|\.)xn--/.test(host)) {
    throw new TypeError(`${name} must not be an internationalized host name`);
  }
  const address = literalAddress(host);
  if (address && !loopbackHost.test(host) && !isPublicAddress(address)) {
    throw new TypeError(`${name} must not be an address that is not public`);
  }
}

/**
 * Reads the address of a site, with or without `/wiki` at its end.
 *
 * @returns the origin of the site, such as `https://acme.atlassian.net`
 */
export function readSite(value: string): string {
  const base = readBaseUrl(value, 'site').replace(/\/wiki$/, '');
  if (base !== new URL(base).origin) {
    throw new TypeError('site must be the address of a site without a path');
  }
  return base;
}

/** Fills a path template, refusing whatever could lead to another path. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (!value || value.length > 255 || /^\.+$/.test(value)) {
      throw new TypeError(`${name} must be an id of 1 to 255 characters`);
    }
    return encodeURIComponent(value);
  });
}

/** Query values; a list is sent as a repeated parameter, `undefined` is left out. */
export type Query = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** Appends a query to an address. */
export function withQuery(address: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (one !== undefined) {
        parameters.append(name, String(one));
      }
    }
  }
  const text = parameters.toString();
  return text ? `${address}?${text}` : address;
}
