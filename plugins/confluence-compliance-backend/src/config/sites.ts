// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { mistake } from './mistakes';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is this machine itself. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

interface Addresses {
  connections: Array<{ id: string; site: string }>;
  atlassian: { authUrl: string; apiUrl: string };
  allowedSites: string[];
}

/**
 * Checks every address that requests will go to, and that ids and sites are named once.
 *
 * @returns the origins of the sites in the order of the connections, and the addresses of the
 * gateway without a slash at their end
 */
export function readSites({ connections, atlassian, allowedSites }: Addresses) {
  const ids = new Set<string>();
  const sites = new Map<string, string>();
  return {
    connections: connections.map(({ id, site }, index) => {
      const path = ['connections', index];
      if (ids.has(id)) {
        throw mistake(
          [...path, 'id'],
          `'${id}' is used twice: give each connection an id of its own`,
        );
      }
      ids.add(id);
      const origin = at([...path, 'site'], () => readSite(site, allowedSites));
      const twin = sites.get(origin);
      if (twin) {
        throw mistake(
          [...path, 'site'],
          `is the site of the connection '${twin}' too: keep one of them`,
        );
      }
      sites.set(origin, id);
      return origin;
    }),
    atlassian: {
      authUrl: at(['atlassian', 'authUrl'], () =>
        readGateway(atlassian.authUrl, allowedSites),
      ),
      apiUrl: at(['atlassian', 'apiUrl'], () =>
        readGateway(atlassian.apiUrl, allowedSites),
      ),
    },
  };
}

/** What is wrong with an address, without saying where it stands. */
class WrongAddress extends Error {}

/** Says where the address stands that is wrong. */
function at<T>(path: PropertyKey[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof WrongAddress ? mistake(path, error.message) : error;
  }
}

/**
 * The origin of a site that may be connected.
 *
 * @throws an `InputError` that names the field `site`
 */
export function readAllowedSite(value: string, allowed: string[]): string {
  try {
    return readSite(value, allowed);
  } catch (error) {
    throw error instanceof WrongAddress
      ? new InputError(`site ${error.message}`)
      : error;
  }
}

function readSite(value: string, allowed: string[]): string {
  const url = readUrl(value, allowed);
  if (!/^\/(wiki\/?)?$/.test(url.pathname)) {
    throw new WrongAddress('must be the address of a site without a path');
  }
  if (!isAllowed(url.hostname, allowed)) {
    throw new WrongAddress(
      `is on a host that confluenceCompliance.allowedSites (${allowed.join(
        ', ',
      )}) does not name: correct the site or add its host there`,
    );
  }
  return url.origin;
}

function readGateway(value: string, allowed: string[]) {
  const url = readUrl(value, allowed);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readUrl(value: string, allowed: string[]): URL {
  const url = tryUrl(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`,
  );
  if (!url || !url.hostname) {
    throw new WrongAddress(
      'must be an address such as https://acme.atlassian.net',
    );
  }
  // Letters of other alphabets look like ours.
  if (!/^[\x21-\x7e]+$/.test(value) || /(^|\.)xn--/.test(url.hostname)) {
    throw new WrongAddress('must be written in plain ASCII letters');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new WrongAddress(
      'must not contain credentials, a query or a fragment',
    );
  }
  if (url.protocol === 'http:' && loopback.test(url.hostname)) {
    if (!allowed.includes(url.hostname)) {
      throw new WrongAddress(
        `may only use http when confluenceCompliance.allowedSites names the host '${url.hostname}': add it there`,
      );
    }
    return url;
  }
  if (url.protocol !== 'https:') {
    throw new WrongAddress(
      'must begin with https:// (http is only for this machine itself)',
    );
  }
  return url;
}

function tryUrl(value: string): URL | undefined {
  try {
    return new URL(value);
  } catch {
    return undefined;
  }
}

function isAllowed(host: string, allowed: string[]): boolean {
  return allowed.some(entry =>
    entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry,
  );
}
