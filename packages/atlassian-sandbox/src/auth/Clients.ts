// SPDX-License-Identifier: Apache-2.0
import { Account } from '../world/types';
import { Secrets } from './Secrets';

/** Id and secret of a client, as whoever uses it needs them. */
export interface ClientPair {
  clientId: string;
  clientSecret: string;
}

export interface Client {
  id: string;
  secret: string;
  account: Account;
  scopes: Set<string>;
}

/** Clients of the client credentials flow. */
export class Clients {
  readonly #secrets: Secrets;
  readonly #clients = new Map<string, Client>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  issue(account: Account, scopes: readonly string[]): ClientPair {
    const id = `sandbox-client-${this.#clients.size + 1}`;
    const secret = this.#secrets.issue('client-secret');
    this.#clients.set(id, { id, secret, account, scopes: new Set(scopes) });
    return { clientId: id, clientSecret: secret };
  }

  /** A new secret; the old one is refused from now on, tokens already issued live on. */
  rotate(clientId: string): ClientPair {
    const client = this.#known(clientId);
    client.secret = this.#secrets.issue('client-secret');
    return { clientId, clientSecret: client.secret };
  }

  /** Replaces the scopes of a client, for access tokens already issued too. */
  setScopes(clientId: string, scopes: readonly string[]): void {
    const client = this.#known(clientId);
    client.scopes.clear();
    for (const scope of scopes) client.scopes.add(scope);
  }

  /** The client whose id and secret these are. */
  find(clientId: unknown, clientSecret: unknown): Client | undefined {
    const client = this.#clients.get(String(clientId));
    return client?.secret === clientSecret ? client : undefined;
  }

  #known(clientId: string): Client {
    const client = this.#clients.get(clientId);
    if (!client) throw new Error(`There is no client "${clientId}".`);
    return client;
  }
}
