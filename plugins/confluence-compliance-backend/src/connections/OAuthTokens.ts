// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccessTokenSource,
  GrantRefusedError,
  type OAuthApp,
} from '@confluence-compliance/atlassian-client';
import type { Credentials, StoredCredential } from './Credentials';
import { NotConnectedError, ReconnectError } from './failures';

/** What is sealed of a grant. */
export interface GrantSecret {
  accessToken: string;
  /** Milliseconds since the epoch. */
  accessExpiresAt: number;
  refreshToken: string;
}

/** A renewal takes seconds; whoever has not ended by then was killed. */
const CLAIM_MS = 30_000;
/** An access token is renewed this long before it ends, or after nine tenths of a shorter life. */
const RENEW_BEFORE_MS = 120_000;
const POLL_MS = 100;
const PATIENCE_MS = 2 * CLAIM_MS;

export interface OAuthTokensOptions {
  connection: string;
  credentials: Credentials;
  app: Pick<OAuthApp, 'refresh'>;
  /** How long a renewal may take before another takes over, in milliseconds; for tests. */
  claimMs?: number;
  now?: () => number;
}

/**
 * The access tokens of an OAuth grant that all replicas share. Its refresh token works once, so one
 * of them at a time renews: it claims the row, asks Atlassian, stores, and only then uses what it
 * got. One that is killed between leaves the old refresh token, which Atlassian takes for ten
 * minutes more.
 */
export class OAuthTokens implements AccessTokenSource {
  readonly #options: OAuthTokensOptions;
  readonly #now: () => number;
  #kept?: { token: string; renewAt: number };
  #refused?: string;
  #flight?: Promise<string>;

  constructor(options: OAuthTokensOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async token(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    if (this.#kept && this.#now() < this.#kept.renewAt) {
      return this.#kept.token;
    }
    // Not ended by one caller's signal: what Atlassian answers must be stored.
    this.#flight ??= this.#obtain().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  discard(token: string): void {
    this.#refused = token;
    if (this.#kept?.token === token) {
      this.#kept = undefined;
    }
  }

  async #obtain(): Promise<string> {
    const { connection, credentials, claimMs = CLAIM_MS } = this.#options;
    const ends = Date.now() + PATIENCE_MS;
    for (;;) {
      const stored = await credentials.read<GrantSecret>(connection, 'oauth');
      if (!stored) {
        throw new NotConnectedError(connection);
      }
      if (stored.state === 'reconnect') {
        throw new ReconnectError(connection, stored.refusedAt);
      }
      const { accessToken, accessExpiresAt } = stored.secret;
      const renewAt = renewalOf(this.#now(), accessExpiresAt);
      if (renewAt !== undefined && accessToken !== this.#refused) {
        this.#kept = { token: accessToken, renewAt };
        return accessToken;
      }
      const claim = randomUUID();
      const now = this.#now();
      if (await credentials.claim(stored, claim, now, now + claimMs)) {
        const renewed = await this.#renew(stored, claim);
        if (renewed !== undefined) {
          return renewed;
        }
      } else if (Date.now() > ends) {
        throw new Error(
          `Nobody renews the grant of connection '${connection}'; try again`,
        );
      } else {
        await sleep(POLL_MS);
      }
    }
  }

  /** Undefined when another value stands there by now. */
  async #renew(
    stored: StoredCredential & { secret: GrantSecret },
    claim: string,
  ): Promise<string | undefined> {
    const { connection, credentials, app } = this.#options;
    const { refreshToken } = stored.secret;
    try {
      const asked = this.#now();
      const grant = await app.refresh({ refreshToken });
      const accessExpiresAt = grant.expiresAt.getTime();
      const kept = await credentials.replace(stored, {
        accessToken: grant.accessToken,
        accessExpiresAt,
        refreshToken: grant.refreshToken ?? refreshToken,
      } satisfies GrantSecret);
      if (!kept) {
        return undefined;
      }
      this.#kept = {
        token: grant.accessToken,
        renewAt: renewalOf(asked, accessExpiresAt) ?? asked,
      };
      return grant.accessToken;
    } catch (error) {
      if (!(error instanceof GrantRefusedError)) {
        await credentials.release(stored, claim);
        throw error;
      }
      const at = new Date(this.#now()).toISOString();
      // Somebody may have connected anew meanwhile.
      if (await credentials.refuse(stored, at)) {
        throw new ReconnectError(connection, at);
      }
      return undefined;
    }
  }
}

/** When to renew a token that is good now; undefined when it is not. */
function renewalOf(now: number, expiresAt: number): number | undefined {
  const left = expiresAt - now;
  const renewAt = expiresAt - Math.min(RENEW_BEFORE_MS, left / 10);
  return left > 0 && renewAt > now ? renewAt : undefined;
}
