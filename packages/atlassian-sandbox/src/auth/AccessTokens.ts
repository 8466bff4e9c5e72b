// SPDX-License-Identifier: Apache-2.0
import { Account } from '../world/types';
import { Secrets } from './Secrets';

/** Who calls, and what the credential lets through. */
export interface Caller {
  account: Account;
  /** Undefined: an unscoped API token, everything its account may do. */
  scopes: ReadonlySet<string> | undefined;
  /** The service account reads every space that is not hidden from it. */
  seesEverything: boolean;
  /** An OAuth client calls, as some resources do not allow. */
  app?: true;
  /** The sites that were granted; undefined: every site. */
  cloudIds?: ReadonlySet<string>;
}

interface AccessToken {
  caller: Caller;
  expiresAt: number;
  /** Whether what the token came from still stands. */
  stands: () => boolean;
}

/** The bearer tokens of the gateway. */
export class AccessTokens {
  readonly #secrets: Secrets;
  readonly #now: () => Date;
  readonly #tokens = new Map<string, AccessToken>();

  constructor(secrets: Secrets, now: () => Date) {
    this.#secrets = secrets;
    this.#now = now;
  }

  issue(
    caller: Caller,
    lifeMs: number,
    stands: () => boolean = () => true,
  ): string {
    const token = this.#secrets.issue('access');
    const expiresAt = this.#now().getTime() + lifeMs;
    this.#tokens.set(token, {
      caller: { ...caller, app: true },
      expiresAt,
      stands,
    });
    return token;
  }

  callerOf(token: string): Caller | undefined {
    const known = this.#tokens.get(token);
    if (!known || !known.stands()) return undefined;
    return known.expiresAt > this.#now().getTime() ? known.caller : undefined;
  }

  /** Ends every access token now, as if its life had passed. */
  expire(): void {
    this.#tokens.clear();
  }
}
