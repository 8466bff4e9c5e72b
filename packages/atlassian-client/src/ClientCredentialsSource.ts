// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Clock } from './clock';
import {
  type AccessTokenSource,
  type ServiceAccountAuth,
  readSecret,
} from './credentials';
import { endpointName, platformEndpoints } from './endpoints';
import { CredentialRefusedError, UpstreamError } from './errors';
import { SingleFlight } from './SingleFlight';
import type { Transport } from './Transport';

const tokenSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  expires_in: z.number().positive().catch(3600),
});

/** A token is renewed this long before it ends, or after nine tenths of a shorter life. */
const renewBeforeMs = 120_000;

/**
 * Tokens by the client credentials of a service account: fetched once for everybody who waits, kept
 * in memory only, fetched again a little before they end. There is no refresh token.
 */
export class ClientCredentialsSource implements AccessTokenSource {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #authUrl: string;
  readonly #clientId: string;
  readonly #clientSecret: string;
  readonly #flight = new SingleFlight<string>();
  #kept?: { token: string; renewAt: number };

  constructor(
    transport: Transport,
    clock: Clock,
    authUrl: string,
    auth: ServiceAccountAuth,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#authUrl = authUrl;
    this.#clientId = readSecret(auth.clientId, 'auth.clientId');
    this.#clientSecret = readSecret(auth.clientSecret, 'auth.clientSecret');
  }

  async token(signal?: AbortSignal): Promise<string> {
    if (this.#kept && this.#clock.now() < this.#kept.renewAt) {
      return this.#kept.token;
    }
    return this.#flight.run(shared => this.#fetch(shared), signal);
  }

  discard(token: string) {
    // Another request may have brought a newer token meanwhile, which is to stay.
    if (this.#kept?.token === token) {
      this.#kept = undefined;
    }
  }

  async #fetch(signal: AbortSignal): Promise<string> {
    const endpoint = platformEndpoints.token;
    const asked = this.#clock.now();
    const { json } = await this.#transport
      .ask({
        endpoint,
        base: this.#authUrl,
        path: endpoint.path,
        body: {
          grant_type: 'client_credentials',
          client_id: this.#clientId,
          client_secret: this.#clientSecret,
        },
        signal,
      })
      .catch(error => {
        throw asRefusal(error);
      });
    const parsed = tokenSchema.safeParse(json);
    if (!parsed.success) {
      throw new UpstreamError('invalid-response', {
        endpoint: endpointName(endpoint),
        reason: 'no usable token',
      });
    }
    const lifeMs = parsed.data.expires_in * 1000;
    this.#kept = {
      token: parsed.data.access_token,
      renewAt: asked + lifeMs - Math.min(renewBeforeMs, lifeMs / 10),
    };
    return this.#kept.token;
  }
}

/**
 * The token address answers a wrong client with 400 or 403 as well, which is neither a fault of the
 * request nor about what an account may do.
 */
function asRefusal(error: unknown): unknown {
  return error instanceof CredentialRefusedError ||
    (error instanceof UpstreamError && error.kind === 'client')
    ? new CredentialRefusedError('unauthenticated', {
        endpoint: error.endpoint,
        traceId: error.traceId,
      })
    : error;
}
