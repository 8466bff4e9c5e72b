// SPDX-License-Identifier: Apache-2.0
import { digest } from '../world/ids';
import { Account } from '../world/types';

/** Who calls, and what the credential lets through. */
export interface Caller {
  account: Account;
  /** Undefined: an unscoped API token, everything its account may do. */
  scopes: ReadonlySet<string> | undefined;
  /** The service account reads every space that is not hidden from it. */
  seesEverything: boolean;
}

interface Token {
  caller: Caller;
  expiresAt: number;
}

interface Client {
  id: string;
  secret: string;
  account: Account;
  scopes: Set<string>;
}

/** The read-only scopes that a service account gets when none are named. @public */
export const DEFAULT_SCOPES: readonly string[] = [
  'read:space:confluence',
  'read:space.permission:confluence',
  'read:page:confluence',
  'read:content.metadata:confluence',
  'read:user:confluence',
  'read:group:confluence',
  'read:content-details:confluence',
  'read:configuration:confluence',
  'read:audit-log:confluence',
  'read:label:confluence',
];

const HOUR_MS = 3_600_000;

/** Issues and recognises secrets; every one it ever issued stays listed, so that tests can look for leaks. */
export class Credentials {
  readonly #seed: number;
  readonly #now: () => Date;
  readonly #secrets: string[] = [];
  readonly #apiTokens = new Map<
    string,
    { account: Account; scopes: Set<string> | undefined }
  >();
  readonly #clients = new Map<string, Client>();
  readonly #tokens = new Map<string, Token>();
  #organizationKey: string | undefined;

  constructor(seed: number, now: () => Date) {
    this.#seed = seed;
    this.#now = now;
  }

  /** An API token; without scopes it works on the site, with scopes on the gateway only. */
  issueApiToken(account: Account, scopes?: readonly string[]): string {
    const token = this.#secret(scopes ? 'scoped-token' : 'api-token');
    this.#apiTokens.set(`${account.email}:${token}`, {
      account,
      scopes: scopes && new Set(scopes),
    });
    return token;
  }

  /** A client of a service account for the client credentials flow. */
  issueClient(
    account: Account,
    scopes: readonly string[] = DEFAULT_SCOPES,
  ): { clientId: string; clientSecret: string } {
    const id = `sandbox-client-${this.#clients.size + 1}`;
    const secret = this.#secret('client-secret');
    this.#clients.set(id, { id, secret, account, scopes: new Set(scopes) });
    return { clientId: id, clientSecret: secret };
  }

  issueOrganizationKey(): string {
    this.#organizationKey = this.#secret('organization-key');
    return this.#organizationKey;
  }

  /** An access token for a client, or undefined when id and secret do not fit. */
  exchange(
    clientId: unknown,
    clientSecret: unknown,
  ): { token: string; scope: string } | undefined {
    const client = this.#clients.get(String(clientId));
    if (!client || client.secret !== clientSecret) return undefined;
    const token = this.#secret('access');
    this.#tokens.set(token, {
      caller: {
        account: client.account,
        scopes: client.scopes,
        seesEverything: true,
      },
      expiresAt: this.#now().getTime() + HOUR_MS,
    });
    return { token, scope: [...client.scopes].join(' ') };
  }

  /** The caller behind an Authorization header on this channel, or undefined. */
  recognise(
    header: string | undefined,
    channel: 'site' | 'gateway',
  ): Caller | undefined {
    const [kind, value = ''] = (header ?? '').split(' ');
    if (/^bearer$/i.test(kind) && channel === 'gateway') {
      const token = this.#tokens.get(value);
      return token && token.expiresAt > this.#now().getTime()
        ? token.caller
        : undefined;
    }
    if (/^basic$/i.test(kind)) {
      const known = this.#apiTokens.get(
        Buffer.from(value, 'base64').toString('utf8'),
      );
      if (!known || known.account.status !== 'active') return undefined;
      if ((known.scopes !== undefined) !== (channel === 'gateway'))
        return undefined;
      return {
        account: known.account,
        scopes: known.scopes,
        seesEverything: false,
      };
    }
    return undefined;
  }

  isOrganizationKey(header: string | undefined): boolean {
    return (
      this.#organizationKey !== undefined &&
      header === `Bearer ${this.#organizationKey}`
    );
  }

  /** Replaces the scopes of a client, for access tokens already issued too. */
  setScopes(clientId: string, scopes: readonly string[]): void {
    const client = this.#clients.get(clientId);
    if (!client) throw new Error(`There is no client "${clientId}".`);
    client.scopes.clear();
    for (const scope of scopes) client.scopes.add(scope);
  }

  /** Ends every access token now, as if its hour had passed. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Every secret issued so far, ended ones included. */
  secrets(): string[] {
    return [...this.#secrets];
  }

  #secret(kind: string): string {
    const secret = `sandbox-${kind}-${digest(
      `${this.#seed}:${kind}:${this.#secrets.length}`,
    ).slice(0, 40)}`;
    this.#secrets.push(secret);
    return secret;
  }
}
