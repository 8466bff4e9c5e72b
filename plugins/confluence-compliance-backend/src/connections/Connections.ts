// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { DatabaseService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AtlassianError,
  type ConfluenceClient,
  type ConfluenceClientOptions,
  createConfluenceClient,
  MissingScopeError,
  type RequestEvent,
} from '@confluence-compliance/atlassian-client';
import type {
  Purpose,
  Reason,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { AuthConfig, ComplianceConfig, ConnectionConfig } from '../config';
import { migrateDatabase } from '../database';
import { ConnectionState, ConnectionStates } from './ConnectionStates';
import { reasonOf } from './failures';

/** Requests one connection may have out at the same time. */
const CONCURRENCY = 8;

export interface ConnectionsOptions {
  config: ComplianceConfig;
  database: DatabaseService;
  /** Further options of the clients; for tests. */
  clientOptions?: Partial<ConfluenceClientOptions>;
}

/** How one credential of a connection answered. Never carries a secret. */
export interface CredentialReport {
  method: AuthConfig['method'];
  /** Purposes the method is kept to; absent: all of the connection. */
  purposes?: Purpose[];
  ok: boolean;
  accountId?: string;
  reason?: Reason;
}

interface Access {
  auth: AuthConfig;
  client: ConfluenceClient;
  /** Account id behind the credential, once it is known. */
  principal?: string;
}

export type RequestListener = (id: string, event: RequestEvent) => void;

/**
 * The connections of the configuration with their clients and what is
 * remembered of them. Secrets stay in memory, inside the clients.
 */
export class Connections {
  readonly states: ConnectionStates;
  readonly knex: Knex;
  readonly #config: ComplianceConfig;
  readonly #clientOptions: Partial<ConfluenceClientOptions>;
  readonly #access = new Map<string, Access[]>();
  readonly #listeners = new Set<RequestListener>();

  static async create(options: ConnectionsOptions): Promise<Connections> {
    const knex = await migrateDatabase(options.database);
    const connections = new Connections(options, knex);
    for (const { id } of connections.list()) {
      await connections.states.ensure(id);
    }
    return connections;
  }

  private constructor(options: ConnectionsOptions, knex: Knex) {
    this.#config = options.config;
    this.#clientOptions = options.clientOptions ?? {};
    this.knex = knex;
    this.states = new ConnectionStates(knex);
  }

  list(): ConnectionConfig[] {
    return this.#config.connections;
  }

  /** A NotFoundError when there is no such connection. */
  get(id: string): ConnectionConfig {
    const found = this.#config.connections.find(c => c.id === id);
    if (!found) {
      throw new NotFoundError(`There is no connection '${id}'`);
    }
    return found;
  }

  async state(id: string): Promise<ConnectionState> {
    this.get(id);
    return this.states.get(id);
  }

  /** The client of the method for this purpose; any method when none names it. */
  clientFor(id: string, purpose?: Purpose): ConfluenceClient {
    return this.#accessFor(id, purpose).client;
  }

  /**
   * Fingerprint of method and principal: what a read could see at all. It is
   * the same after a token of the same account was exchanged. Asks Confluence
   * once per process; throws the errors of the client.
   */
  async scopeOf(
    id: string,
    purpose?: Purpose,
    signal?: AbortSignal,
  ): Promise<string> {
    const access = this.#accessFor(id, purpose);
    access.principal ??= await principalOf(access, signal);
    return createHash('sha256')
      .update(
        JSON.stringify([
          this.get(id).site,
          access.auth.method,
          access.principal,
        ]),
      )
      .digest('hex')
      .slice(0, 32);
  }

  /** Asks Confluence who each credential is. Failures are answers, not errors. */
  async test(id: string, signal?: AbortSignal): Promise<CredentialReport[]> {
    return Promise.all(
      this.#accessOf(id).map(async ({ auth, client }) => {
        const { method, purposes } = auth;
        try {
          const { accountId } = await client.currentUser({ signal });
          return { method, purposes, ok: true, accountId };
        } catch (error) {
          if (!(error instanceof AtlassianError)) {
            throw error;
          }
          const reason = reasonOf(error);
          return { method, purposes, ok: false, reason };
        }
      }),
    );
  }

  /** Requests and points of all clients of a connection in this process. */
  usage(id: string): { requests: number; points: number } {
    const all = this.#accessOf(id).map(({ client }) => client.stats());
    return {
      requests: all.reduce((sum, stats) => sum + stats.requests, 0),
      points: all.reduce((sum, stats) => sum + stats.points, 0),
    };
  }

  /** Tells about every request that leaves. */
  onRequest(listener: RequestListener): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    const all = [...this.#access.values()].flat();
    this.#access.clear();
    await Promise.all(all.map(({ client }) => client.close()));
  }

  #accessFor(id: string, purpose?: Purpose): Access {
    const all = this.#accessOf(id);
    return (
      (purpose && all.find(({ auth }) => auth.purposes?.includes(purpose))) ??
      all.find(({ auth }) => !auth.purposes) ??
      all[0]
    );
  }

  #accessOf(id: string): Access[] {
    const known = this.#access.get(id);
    if (known) {
      return known;
    }
    const { site, auth } = this.get(id);
    const made = auth.map(method => ({
      auth: method,
      client: createConfluenceClient({
        site,
        auth: withoutPurposes(method),
        authUrl: this.#config.atlassian.authUrl,
        apiUrl: this.#config.atlassian.apiUrl,
        concurrency: CONCURRENCY,
        onRequest: event => this.#listeners.forEach(tell => tell(id, event)),
        ...this.#clientOptions,
      }),
    }));
    this.#access.set(id, made);
    return made;
  }
}

function withoutPurposes({ purposes: _, ...auth }: AuthConfig) {
  return auth;
}

/** The account behind a credential; where the scope to ask is missing, what names the credential. */
async function principalOf(
  { auth, client }: Access,
  signal?: AbortSignal,
): Promise<string> {
  try {
    return (await client.currentUser({ signal })).accountId;
  } catch (error) {
    if (error instanceof MissingScopeError) {
      return auth.method === 'service-account' ? auth.clientId : auth.email;
    }
    throw error;
  }
}
