// SPDX-License-Identifier: Apache-2.0
import { Account } from '../world/types';
import { AccessTokens } from './AccessTokens';
import { ClientPair } from './Clients';
import { Secrets } from './Secrets';

const MINUTE_MS = 60_000;
const CODE_LIFE_MS = 5 * MINUTE_MS;
/** A refresh token that nobody uses for so long is dead. */
const IDLE_LIFE_MS = 90 * 24 * 60 * MINUTE_MS;

/** What somebody agreed to on the consent page. */
export interface Consent {
  account: Account;
  scopes: readonly string[];
  cloudIds: readonly string[];
  redirectUri: string;
}

/** Everything that came from one consent, and dies together. */
interface Family {
  consent: Consent;
  alive: boolean;
}

interface Code {
  family: Family;
  expiresAt: number;
}

interface RefreshToken {
  family: Family;
  issuedAt: number;
  /** When it was first used; it works on for the leeway. */
  usedAt?: number;
}

/** The answer of the token endpoint. */
export interface Grant {
  accessToken: string;
  expiresInSeconds: number;
  scope: string;
  refreshToken?: string;
}

/** The 3LO app: codes, access tokens and rotating refresh tokens. */
export class OAuthApp {
  readonly clientId = 'sandbox-oauth-app';
  readonly name = 'Confluence Compliance';
  accessTokenLifeMs = 60 * MINUTE_MS;
  /** How long a refresh token that was used goes on working; 0 makes every second use a late one. */
  leewayMs = 10 * MINUTE_MS;
  refreshes = 0;
  reuses = 0;
  familiesKilled = 0;

  readonly #secrets: Secrets;
  readonly #accessTokens: AccessTokens;
  readonly #now: () => Date;
  readonly #families = new Set<Family>();
  readonly #codes = new Map<string, Code>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  #clientSecret: string | undefined;

  constructor(secrets: Secrets, accessTokens: AccessTokens, now: () => Date) {
    this.#secrets = secrets;
    this.#accessTokens = accessTokens;
    this.#now = now;
  }

  /** A secret for the app; the one before is refused from now on. */
  issueSecret(): ClientPair {
    this.#clientSecret = this.#secrets.issue('client-secret');
    return { clientId: this.clientId, clientSecret: this.#clientSecret };
  }

  isClient(clientId: unknown, clientSecret: unknown): boolean {
    return (
      clientId === this.clientId &&
      this.#clientSecret !== undefined &&
      clientSecret === this.#clientSecret
    );
  }

  /** A code for what was agreed to; good once, for five minutes. */
  issueCode(consent: Consent): string {
    const code = this.#secrets.issue('code');
    const family = { consent, alive: true };
    this.#families.add(family);
    const expiresAt = this.#now().getTime() + CODE_LIFE_MS;
    this.#codes.set(code, { family, expiresAt });
    return code;
  }

  /** Tokens for a code, or undefined when it is not, or no longer, good. */
  redeem(code: unknown, redirectUri: unknown): Grant | undefined {
    const known = this.#codes.get(String(code));
    if (
      !known ||
      known.family.consent.redirectUri !== redirectUri ||
      known.expiresAt <= this.#now().getTime() ||
      !this.#stands(known.family)
    )
      return undefined;
    this.#codes.delete(String(code));
    return this.#grant(known.family);
  }

  /** The next tokens of a family, or undefined; a late reuse kills the family. */
  refresh(refreshToken: unknown): Grant | undefined {
    const known = this.#refreshTokens.get(String(refreshToken));
    if (!known || !this.#stands(known.family)) return undefined;
    const now = this.#now().getTime();
    if (known.usedAt === undefined) {
      if (now - known.issuedAt > IDLE_LIFE_MS) return undefined;
      known.usedAt = now;
    } else if (now - known.usedAt >= this.leewayMs) {
      this.reuses++;
      this.#kill(known.family);
      return undefined;
    }
    this.refreshes++;
    return this.#grant(known.family);
  }

  /** Ends everything that anybody agreed to, as when the app is removed from the account. */
  revokeGrants(): void {
    for (const family of [...this.#families]) this.#kill(family);
    this.#codes.clear();
  }

  #grant(family: Family): Grant {
    const { account, scopes, cloudIds } = family.consent;
    const accessToken = this.#accessTokens.issue(
      {
        account,
        scopes: new Set(scopes.filter(scope => scope !== 'offline_access')),
        seesEverything: false,
        cloudIds: new Set(cloudIds),
      },
      this.accessTokenLifeMs,
      () => this.#stands(family),
    );
    const grant: Grant = {
      accessToken,
      expiresInSeconds: Math.floor(this.accessTokenLifeMs / 1000),
      scope: scopes.join(' '),
    };
    if (!scopes.includes('offline_access')) return grant;
    const refreshToken = this.#secrets.issue('refresh');
    const issuedAt = this.#now().getTime();
    this.#refreshTokens.set(refreshToken, { family, issuedAt });
    return { ...grant, refreshToken };
  }

  #stands(family: Family): boolean {
    return family.alive && family.consent.account.status === 'active';
  }

  #kill(family: Family): void {
    family.alive = false;
    this.#families.delete(family);
    this.familiesKilled++;
  }
}
