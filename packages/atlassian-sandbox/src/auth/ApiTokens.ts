// SPDX-License-Identifier: Apache-2.0
import { Account } from '../world/types';
import { Caller } from './AccessTokens';
import { Secrets } from './Secrets';

interface ApiToken {
  email: string;
  account: Account;
  scopes: Set<string> | undefined;
  expiresAt: number;
}

/** API tokens; without scopes they work on a site, with scopes on the gateway only. */
export class ApiTokens {
  readonly #secrets: Secrets;
  readonly #now: () => Date;
  readonly #tokens = new Map<string, ApiToken>();

  constructor(secrets: Secrets, now: () => Date) {
    this.#secrets = secrets;
    this.#now = now;
  }

  issue(
    account: Account,
    scopes?: readonly string[],
    expiresAt: number = Infinity,
  ): string {
    const token = this.#secrets.issue(scopes ? 'scoped-token' : 'api-token');
    this.#tokens.set(token, {
      email: account.email,
      account,
      scopes: scopes && new Set(scopes),
      expiresAt,
    });
    return token;
  }

  revoke(token: string): void {
    // The message does not repeat what was asked: it may be a secret of something else.
    if (!this.#tokens.delete(token))
      throw new Error('There is no such API token.');
  }

  /** The caller behind `email:token` on this channel, or undefined. */
  callerOf(pair: string, channel: 'site' | 'gateway'): Caller | undefined {
    const colon = pair.indexOf(':');
    const known = this.#tokens.get(pair.slice(colon + 1));
    if (!known || known.email !== pair.slice(0, colon)) return undefined;
    if (known.expiresAt <= this.#now().getTime()) return undefined;
    if (known.account.status !== 'active') return undefined;
    if ((known.scopes !== undefined) !== (channel === 'gateway'))
      return undefined;
    const { account, scopes } = known;
    return { account, scopes, seesEverything: false };
  }
}
