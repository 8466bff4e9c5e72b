// SPDX-License-Identifier: Apache-2.0
import { ClientPair } from '../auth/Clients';
import { Credentials } from '../auth/Credentials';
import { ADMIN_NAME, SERVICE_NAME } from '../world/demo/people';
import { World } from '../world/World';
import { Changes } from './Changes';

/** @public */
export interface ApiTokenArgs {
  /** Whose token: id, email or demo name; the administrator when it is left out. */
  account?: string;
  /** Without scopes the token works on the sites, with scopes on the gateway only. */
  scopes?: readonly string[];
  /** When the token ends; never when it is left out. */
  expiresAt?: string | Date;
}

/** @public */
export interface ClientArgs {
  /** The read-only scopes when they are left out. */
  scopes?: readonly string[];
  /** Whose client; the service account when it is left out. */
  account?: string;
}

function timeOf(moment: string | Date | undefined): number | undefined {
  if (moment === undefined) return undefined;
  const time = new Date(moment).getTime();
  if (Number.isNaN(time))
    throw new Error(`expiresAt must be an ISO time, not "${moment}".`);
  return time;
}

function scopesOf(scopes: unknown): string[] | undefined {
  if (scopes === undefined) return undefined;
  if (!Array.isArray(scopes)) throw new Error('scopes must be a list.');
  return scopes.map(String);
}

/** Issues and ends credentials while the sandbox runs. */
export class CredentialControl {
  readonly #credentials: Credentials;
  readonly #changes: Changes;
  readonly #world: World;

  constructor(credentials: Credentials, changes: Changes, world: World) {
    this.#credentials = credentials;
    this.#changes = changes;
    this.#world = world;
  }

  issueApiToken(args: ApiTokenArgs = {}): { email: string; token: string } {
    const account = this.#changes.account(args.account ?? ADMIN_NAME);
    const token = this.#credentials.apiTokens.issue(
      account,
      scopesOf(args.scopes),
      timeOf(args.expiresAt),
    );
    return { email: account.email, token };
  }

  revokeToken(token: string): void {
    this.#credentials.apiTokens.revoke(token);
  }

  issueClient(args: ClientArgs = {}): ClientPair {
    const account = this.#changes.account(args.account ?? SERVICE_NAME);
    return this.#credentials.issueClient(account, scopesOf(args.scopes));
  }

  rotateClient(clientId: string): ClientPair {
    return this.#credentials.rotateClient(clientId);
  }

  issueOrganizationKey(args: { scopes?: readonly string[] } = {}): {
    id: string;
    apiKey: string;
  } {
    const apiKey = this.#credentials.issueOrganizationKey(
      scopesOf(args.scopes),
    );
    return { id: this.#world.orgId, apiKey };
  }

  revokeOrganizationKeys(): void {
    this.#credentials.revokeOrganizationKeys();
  }
}
