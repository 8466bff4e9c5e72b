// SPDX-License-Identifier: Apache-2.0
import { ClientCredentialsSource } from './ClientCredentialsSource';
import type { Clock } from './clock';
import { CloudIdLookup } from './CloudIdLookup';
import type { ConfluenceClient } from './ConfluenceClient';
import { ConfluenceReader } from './ConfluenceReader';
import {
  basicCredential,
  bearerCredential,
  type Credential,
} from './credentials';
import { createTransport, readApiUrl, readAuthUrl } from './createTransport';
import type { ConfluenceWriter } from './ConfluenceWriter';
import type { ConfluenceClientOptions } from './options';
import { readSite } from './site';
import type { Transport } from './Transport';

/**
 * Makes a client for one site. Nothing is sent before the first call.
 *
 * @throws TypeError when an option cannot be right; it names the option and never repeats a secret
 * @public
 */
export function createConfluenceClient(
  options: ConfluenceClientOptions,
): ConfluenceClient {
  return connect(options);
}

/**
 * Makes what changes one site. Nothing is sent before the first call.
 *
 * @throws TypeError when an option cannot be right; it names the option and never repeats a secret
 * @public
 */
export function createConfluenceWriter(
  options: ConfluenceClientOptions,
): ConfluenceWriter {
  return connect(options);
}

function connect(options: ConfluenceClientOptions): ConfluenceReader {
  const site = readSite(options.site);
  const authUrl = readAuthUrl(options.authUrl);
  const apiUrl = readApiUrl(options.apiUrl);
  const { transport, clock, close } = createTransport(options);
  const credential = readCredential(options, transport, clock, authUrl);
  return new ConfluenceReader({
    site,
    apiUrl,
    transport,
    credential,
    lookup: new CloudIdLookup(transport, site, apiUrl, credential),
    close,
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
    case 'scoped-api-token':
      return basicCredential(auth);
    case 'service-account':
      return bearerCredential(
        new ClientCredentialsSource(transport, clock, authUrl, auth),
        'some',
        auth.cloudId,
      );
    case 'oauth':
      return bearerCredential(auth.tokens, 'all', auth.cloudId);
    default:
      throw new TypeError(
        'auth.method must be one of api-token, scoped-api-token, service-account, oauth',
      );
  }
}
