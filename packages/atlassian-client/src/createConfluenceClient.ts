// SPDX-License-Identifier: Apache-2.0
import { EnvHttpProxyAgent } from 'undici';
import { ClientCredentialsSource } from './ClientCredentialsSource';
import { type Clock, systemClock } from './clock';
import { CloudIdLookup } from './CloudIdLookup';
import type { ConfluenceClient } from './ConfluenceClient';
import { ConfluenceReader } from './ConfluenceReader';
import {
  basicCredential,
  bearerCredential,
  type Credential,
  readSecret,
} from './credentials';
import type { ConfluenceClientOptions } from './options';
import { readBaseUrl, readSite } from './site';
import { Transport } from './Transport';

/**
 * Makes a client for one site. Nothing is sent before the first call.
 *
 * @throws TypeError when an option cannot be right; it names the option and never repeats a secret
 * @public
 */
export function createConfluenceClient(
  options: ConfluenceClientOptions,
): ConfluenceClient {
  const site = readSite(options.site);
  const authUrl = readBaseUrl(
    options.authUrl ?? 'https://auth.atlassian.com',
    'authUrl',
  );
  const apiUrl = readBaseUrl(
    options.apiUrl ?? 'https://api.atlassian.com',
    'apiUrl',
  );
  const clock: Clock = {
    now: options.now ?? systemClock.now,
    sleep: options.sleep ?? systemClock.sleep,
    random: options.random ?? systemClock.random,
  };
  const dispatcher = options.dispatcher ?? new EnvHttpProxyAgent();
  const transport = new Transport({
    dispatcher,
    clock,
    concurrency: readNumber(options.concurrency ?? 6, 'concurrency', 1, 50),
    maxWaitMs: readNumber(options.maxWaitMs ?? 60_000, 'maxWaitMs', 0, 3.6e6),
    timeoutMs: readNumber(options.timeoutMs ?? 90_000, 'timeoutMs', 1, 3.6e6),
    maxResponseBytes: readNumber(
      options.maxResponseBytes ?? 32 * 1024 * 1024,
      'maxResponseBytes',
      1024,
      256 * 1024 * 1024,
    ),
    userAgent: readSecret(
      options.userAgent ?? 'confluence-compliance',
      'userAgent',
    ),
    onRequest: options.onRequest,
  });
  const credential = readCredential(options, transport, clock, authUrl);
  return new ConfluenceReader({
    site,
    apiUrl,
    transport,
    credential,
    lookup: new CloudIdLookup(transport, site, apiUrl, credential),
    close: async () => {
      if (!options.dispatcher) {
        await dispatcher.destroy();
      }
    },
  });
}

/** The one place that knows the methods; whoever reads knows only the credential. */
function readCredential(
  { auth }: ConfluenceClientOptions,
  transport: Transport,
  clock: Clock,
  authUrl: string,
): Credential {
  switch (auth.method) {
    case 'api-token':
      return basicCredential(auth);
    case 'service-account':
      return bearerCredential(
        new ClientCredentialsSource(transport, clock, authUrl, auth),
        auth.cloudId,
      );
    default:
      throw new TypeError(
        'auth.method must be one of api-token, service-account',
      );
  }
}

function readNumber(value: number, name: string, min: number, max: number) {
  if (!Number.isFinite(value) || value < min || value > max) {
    throw new TypeError(`${name} must be a number from ${min} to ${max}`);
  }
  return Math.floor(value);
}
