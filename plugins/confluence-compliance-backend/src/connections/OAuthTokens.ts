// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccessTokenSource,
  GrantRefusedError,
  type OAuthApp,
  UpstreamError,
} from '@confluence-compliance/atlassian-client';
import type { Credentials, StoredCredential } from './Credentials';
import {
  NoCredentialError,
  NotConnectedError,
  ReconnectError,
} from './failures';
import { CannotOpenError } from './Keyring';

/** What is sealed of a grant. Times are milliseconds since the epoch. */
export interface GrantSecret {
  accessToken: string;
  accessExpiresAt: number;
  /** When to renew it; absent before the first renewal. */
  renewAt?: number;
  refreshToken: string;
}

type StoredGrant = StoredCredential & { secret: GrantSecret };

/** Whoever renews says so again and again; who has not for so long was killed. */
const CLAIM_MS = 30_000;
/** An access token is renewed this long before it ends, or after nine tenths of a shorter life. */
const RENEW_BEFORE_MS = 120_000;
/** A token that is due for renewal, and was not renewed, is used for this long before the next try. */
const SPARE_MS = 5_000;
const POLL_MS = 100;
const PATIENCE_MS = 2 * CLAIM_MS;
const STORE_TRIES = 4;

export interface OAuthTokensOptions {
  connection: string;
  credentials: Credentials;
  app: Pick<OAuthApp, 'refresh'>;
  /** After how long without a sign another takes a renewal over, in milliseconds; for tests. */
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
  /** More than one: who asked with an older token may say so later than who asked with the newer. */
  readonly #refused = new Set<string>();
  #kept?: { token: string; until: number };
  #flight?: Promise<string>;

  constructor(options: OAuthTokensOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async token(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    if (this.#kept && this.#now() < this.#kept.until) {
      return this.#kept.token;
    }
    // Goes on when its callers leave: what Atlassian answers must be stored.
    this.#flight ??= this.#obtain().finally(() => {
      this.#flight = undefined;
    });
    return untilAborted(this.#flight, signal);
  }

  discard(token: string): void {
    this.#refused.add(token);
    if (this.#kept?.token === token) {
      this.#kept = undefined;
    }
  }

  async #obtain(): Promise<string> {
    const { credentials, claimMs = CLAIM_MS } = this.#options;
    const ends = Date.now() + PATIENCE_MS;
    for (;;) {
      const stored = await this.#read();
      const { secret } = stored;
      const { renewAt = secret.accessExpiresAt - RENEW_BEFORE_MS } = secret;
      const now = this.#now();
      if (this.#isGood(secret) && now < renewAt) {
        return this.#keep(secret.accessToken, renewAt);
      }
      const claim = randomUUID();
      if (await credentials.claim(stored, claim, now, now + claimMs)) {
        const renewed = await this.#renew(stored, claim, claimMs);
        if (renewed !== undefined) {
          return renewed;
        }
      } else if (this.#isGood(secret)) {
        return this.#spare(secret);
      } else if (Date.now() > ends) {
        throw new UpstreamError('timeout', {
          endpoint: 'POST /oauth/token',
          reason: 'another process is still waiting for its answer',
        });
      } else {
        await sleep(POLL_MS);
      }
    }
  }

  async #read(): Promise<StoredGrant> {
    const { connection, credentials } = this.#options;
    const stored = await credentials
      .read<GrantSecret>(connection, 'oauth')
      .catch(error => {
        throw error instanceof CannotOpenError
          ? new NoCredentialError(error.message)
          : error;
      });
    if (!stored) {
      throw new NotConnectedError(connection);
    }
    if (stored.state === 'reconnect') {
      throw new ReconnectError(connection, stored.refusedAt);
    }
    return stored;
  }

  /** Undefined when another value stands there by now. */
  async #renew(
    stored: StoredGrant,
    claim: string,
    claimMs: number,
  ): Promise<string | undefined> {
    const { connection, credentials, app } = this.#options;
    const { refreshToken } = stored.secret;
    // A slow answer must not bring another to use the refresh token too.
    const signs = setInterval(() => {
      credentials
        .extend(stored, claim, this.#now() + claimMs)
        .catch(() => undefined);
    }, claimMs / 3);
    try {
      const asked = this.#now();
      const grant = await app.refresh({ refreshToken });
      const accessExpiresAt = grant.expiresAt.getTime();
      const tenth = (accessExpiresAt - asked) / 10;
      const renewAt = accessExpiresAt - Math.min(RENEW_BEFORE_MS, tenth);
      const isStored = await this.#store(stored, {
        accessToken: grant.accessToken,
        accessExpiresAt,
        renewAt,
        refreshToken: grant.refreshToken ?? refreshToken,
      });
      return isStored ? this.#keep(grant.accessToken, renewAt) : undefined;
    } catch (error) {
      if (error instanceof GrantRefusedError) {
        const at = new Date(this.#now()).toISOString();
        // Somebody may have connected anew meanwhile.
        if (await credentials.refuse(stored, claim, at)) {
          throw new ReconnectError(connection, at);
        }
        return undefined;
      }
      // When this fails too, the claim ends by itself.
      await credentials.release(stored, claim).catch(() => undefined);
      if (this.#isGood(stored.secret)) {
        return this.#spare(stored.secret);
      }
      throw error;
    } finally {
      clearInterval(signs);
    }
  }

  /** What Atlassian has given must not be lost to a database that is away for a moment. */
  async #store(stored: StoredGrant, secret: GrantSecret): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#options.credentials.replace(stored, secret);
      } catch (error) {
        if (attempt === STORE_TRIES) {
          throw error;
        }
        await sleep(attempt * POLL_MS);
      }
    }
  }

  #isGood({ accessToken, accessExpiresAt }: GrantSecret): boolean {
    return this.#now() < accessExpiresAt && !this.#refused.has(accessToken);
  }

  /** A token that is due for renewal and still good, while it cannot be renewed. */
  #spare({ accessToken, accessExpiresAt }: GrantSecret): string {
    const until = Math.min(accessExpiresAt, this.#now() + SPARE_MS);
    return this.#keep(accessToken, until);
  }

  #keep(token: string, until: number): string {
    this.#kept = { token, until };
    this.#refused.clear();
    return token;
  }
}

/** Waits for a promise no longer than the signal allows; it then throws the signal's reason. */
function untilAborted<T>(promise: Promise<T>, signal?: AbortSignal) {
  if (!signal) {
    return promise;
  }
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
