// SPDX-License-Identifier: Apache-2.0
import type { Scopes } from '../api';
import { Account } from '../world/types';
import { AccessTokens, Caller } from './AccessTokens';
import { ApiTokens } from './ApiTokens';
import { ClientPair, Clients } from './Clients';
import { OAuthApp } from './OAuthApp';
import { Secrets } from './Secrets';

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

export function isServiceAccount(account: Account): boolean {
  return account.email.endsWith('@serviceaccount.atlassian.com');
}

/** Issues and recognises every kind of credential. */
export class Credentials {
  readonly apiTokens: ApiTokens;
  readonly oauth: OAuthApp;
  readonly #secrets: Secrets;
  readonly #accessTokens: AccessTokens;
  readonly #clients: Clients;
  /** The scopes of each key; none when it may read everything. */
  readonly #organizationKeys = new Map<
    string,
    ReadonlySet<string> | undefined
  >();

  constructor(seed: number, now: () => Date) {
    this.#secrets = new Secrets(seed);
    this.#accessTokens = new AccessTokens(this.#secrets, now);
    this.#clients = new Clients(this.#secrets);
    this.apiTokens = new ApiTokens(this.#secrets, now);
    this.oauth = new OAuthApp(this.#secrets, this.#accessTokens, now);
  }

  /** A client for the client credentials flow. */
  issueClient(
    account: Account,
    scopes: readonly string[] = DEFAULT_SCOPES,
  ): ClientPair {
    return this.#clients.issue(account, scopes);
  }

  /** A new secret for a client or for the 3LO app. */
  rotateClient(clientId: string): ClientPair {
    return clientId === this.oauth.clientId
      ? this.oauth.issueSecret()
      : this.#clients.rotate(clientId);
  }

  /** An access token for a client, or undefined when id and secret do not fit. */
  exchange(
    clientId: unknown,
    clientSecret: unknown,
  ): { token: string; scope: string } | undefined {
    const client = this.#clients.find(clientId, clientSecret);
    if (!client) return undefined;
    const { account, scopes } = client;
    const token = this.#accessTokens.issue(
      { account, scopes, seesEverything: isServiceAccount(account) },
      HOUR_MS,
    );
    return { token, scope: [...scopes].join(' ') };
  }

  /** The caller behind an Authorization header on this channel, or undefined. */
  recognise(
    header: string | undefined,
    channel: 'site' | 'gateway',
  ): Caller | undefined {
    const [kind, value = ''] = (header ?? '').split(' ');
    if (/^bearer$/i.test(kind) && channel === 'gateway')
      return this.#accessTokens.callerOf(value);
    if (/^basic$/i.test(kind))
      return this.apiTokens.callerOf(
        Buffer.from(value, 'base64').toString('utf8'),
        channel,
      );
    return undefined;
  }

  /** A key that reads everything, or what these scopes open. */
  issueOrganizationKey(scopes?: readonly string[]): string {
    const key = this.#secrets.issue('organization-key');
    this.#organizationKeys.set(key, scopes && new Set(scopes));
    return key;
  }

  /** Every key of the organization is refused from now on. */
  revokeOrganizationKeys(): void {
    this.#organizationKeys.clear();
  }

  /** Whether a key opens what needs any of these lists of scopes; undefined when it is no key. */
  organizationKeyOpens(
    header: string | undefined,
    needed: Scopes | undefined,
  ): boolean | undefined {
    const key = header?.startsWith('Bearer ')
      ? header.slice('Bearer '.length)
      : undefined;
    if (key === undefined || !this.#organizationKeys.has(key)) return undefined;
    const scopes = this.#organizationKeys.get(key);
    return (
      !scopes ||
      !needed ||
      needed.some(all => all.every(scope => scopes.has(scope)))
    );
  }

  /** Replaces the scopes of a client, for access tokens already issued too. */
  setScopes(clientId: string, scopes: readonly string[]): void {
    this.#clients.setScopes(clientId, scopes);
  }

  /** Ends every access token now, as if its life had passed. */
  expireTokens(): void {
    this.#accessTokens.expire();
  }

  /** Every secret issued so far, ended ones included. */
  secrets(): string[] {
    return this.#secrets.list();
  }
}
