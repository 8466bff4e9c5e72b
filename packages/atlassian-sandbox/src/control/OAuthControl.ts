// SPDX-License-Identifier: Apache-2.0
import { OAuthApp } from '../auth/OAuthApp';
import { isLoopback } from '../routes/authorize';
import { Site } from '../sites';
import { ADMIN_NAME } from '../world/demo/people';
import { Changes } from './Changes';

/** What somebody agrees to; the administrator and every site when nothing else is said. @public */
export interface AuthorizeArgs {
  scopes: readonly string[];
  redirectUri: string;
  /** Cloud ids or addresses of the granted sites. */
  sites?: readonly string[];
  /** Who consents: id, email or demo name. */
  account?: string;
}

const DAY_MS = 86_400_000;

function duration(name: string, ms: unknown): number {
  if (typeof ms !== 'number' || !(ms >= 0 && ms <= 365 * DAY_MS))
    throw new Error(
      `${name} must be a number of milliseconds from 0 to a year, not "${ms}".`,
    );
  return ms;
}

/** Steers the 3LO app without a browser. @public */
export class OAuthControl {
  readonly #app: OAuthApp;
  readonly #changes: Changes;
  readonly #sites: () => readonly Site[];

  constructor(app: OAuthApp, changes: Changes, sites: () => readonly Site[]) {
    this.#app = app;
    this.#changes = changes;
    this.#sites = sites;
  }

  /** Consents as the page would, and returns the code. */
  authorize(args: AuthorizeArgs): string {
    const { scopes, redirectUri, sites, account = ADMIN_NAME } = args;
    if (!Array.isArray(scopes) || scopes.length === 0)
      throw new Error('scopes must be a list that is not empty.');
    if (!isLoopback(redirectUri))
      throw new Error(
        `redirectUri "${redirectUri}" must lead to this machine.`,
      );
    const all = this.#sites();
    const cloudIds = (sites ?? all.map(({ cloudId }) => cloudId)).map(name => {
      const site = all.find(({ cloudId, url }) =>
        [cloudId, url].includes(name),
      );
      if (!site) throw new Error(`There is no site "${name}" in the sandbox.`);
      return site.cloudId;
    });
    if (cloudIds.length === 0) throw new Error('sites must not be empty.');
    return this.#app.issueCode({
      account: this.#changes.account(account),
      scopes: scopes.map(String),
      cloudIds,
      redirectUri,
    });
  }

  /** How long access tokens live that the app gets from now on; an hour at the start. */
  setAccessTokenLife(ms: number): void {
    this.#app.accessTokenLifeMs = duration('accessTokenLifeMs', ms);
  }

  /** How long a refresh token works on after its first use; ten minutes at the start, 0 makes every second use a late one. */
  setLeeway(ms: number): void {
    this.#app.leewayMs = duration('leewayMs', ms);
  }

  /** Ends everything that anybody agreed to, access tokens included. */
  revokeGrants(): void {
    this.#app.revokeGrants();
  }

  /** Refreshes that were answered with new tokens. */
  get refreshes(): number {
    return this.#app.refreshes;
  }

  /** Uses of an old refresh token after the leeway; each one killed its family. */
  get reuses(): number {
    return this.#app.reuses;
  }

  /** Families of tokens that ended, by late reuse or because grants were revoked. */
  get familiesKilled(): number {
    return this.#app.familiesKilled;
  }
}
