// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  type ConfluenceClient,
  type HttpOptions,
  MissingScopeError,
  type OrganizationClient,
  type RequestEvent,
} from '@confluence-compliance/atlassian-client';
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ComplianceConfig } from '../config';
import { migrateDatabase } from '../database';
import { type Access, Clients, type Opened, type Principal } from './Clients';
import { ConnectionRows } from './ConnectionRows';
import { ConnectionState, ConnectionStates } from './ConnectionStates';
import { ReadScopes } from './ReadScopes';
import { Credentials } from './Credentials';
import { fromConfig } from './fromConfig';
import { Keyring } from './Keyring';
import {
  organizationSource,
  type OrganizationSource,
  readerOf,
  resourceOf,
} from './organizations';
import type { Connected, ConnectionDefinition } from './types';

export interface ConnectionsOptions {
  config: Pick<
    ComplianceConfig,
    'allowedSites' | 'atlassian' | 'connections' | 'oauth' | 'sealingKeys'
  >;
  database: DatabaseService;
  logger?: Pick<LoggerService, 'error'>;
  /** Further options of the clients; for tests. */
  clientOptions?: HttpOptions;
}

/** Somebody who is told of changes. */
interface Follower {
  listener(): Promise<void>;
  /** What was known when it last came to its end. */
  told: string;
  isBusy: boolean;
}

export type RequestListener = (id: string, event: RequestEvent) => void;

/**
 * The connections of the configuration and of the portal, with their clients and what is remembered
 * of them. What the portal changes on another replica is known here after `reload`.
 */
export class Connections {
  readonly states: ConnectionStates;
  readonly readScopes: ReadScopes;
  readonly knex: Knex;
  readonly rows: ConnectionRows;
  readonly credentials: Credentials;
  readonly keyring: Keyring;
  readonly clients: Clients;
  readonly #config: ConnectionsOptions['config'];
  readonly #requestListeners = new Set<RequestListener>();
  readonly #followers: Follower[] = [];
  readonly #usage = new Map<string, { requests: number; points: number }>();
  readonly #logger: ConnectionsOptions['logger'];
  #definitions: ConnectionDefinition[] = [];
  /** The definitions in one text, to compare with. */
  #known = '';
  #lastRead: Promise<void> = Promise.resolve();
  #nextRead?: Promise<void>;

  static async create(options: ConnectionsOptions): Promise<Connections> {
    const knex = await migrateDatabase(options.database);
    const connections = new Connections(options, knex);
    await connections.reload();
    return connections;
  }

  private constructor(options: ConnectionsOptions, knex: Knex) {
    this.#config = options.config;
    this.#logger = options.logger;
    this.knex = knex;
    this.states = new ConnectionStates(knex);
    this.readScopes = new ReadScopes(knex);
    this.rows = new ConnectionRows(knex);
    this.keyring = new Keyring(options.config.sealingKeys);
    this.credentials = new Credentials(knex, this.keyring);
    this.clients = new Clients({
      ...options,
      credentials: this.credentials,
      onRequest: (id, event) => this.#count(id, event),
    });
  }

  /** Those that have begun and not ended: what lists, checks and syncs are about. */
  list(): Connected[] {
    return this.#definitions.filter(isConnected);
  }

  /** All of them: also those whose set-up goes on, and those that have ended. */
  all(): ConnectionDefinition[] {
    return this.#definitions;
  }

  /** One of all; a NotFoundError when there is no such connection. */
  get(id: string): ConnectionDefinition {
    const found = this.#definitions.find(c => c.id === id);
    if (!found) {
      throw new NotFoundError(`There is no connection '${id}'`);
    }
    return found;
  }

  /**
   * Reads what the portal has changed, here or on another replica, and tells those who follow.
   * A follower that fails is told again by the next reload.
   */
  async reload(): Promise<void> {
    // One after another, so that none puts back what a later one has read. Whoever asks while one
    // waits to begin shares it.
    this.#nextRead ??= this.#lastRead
      .catch(() => {})
      .then(() => {
        this.#nextRead = undefined;
        return this.#read();
      });
    this.#lastRead = this.#nextRead;
    await this.#lastRead;
    for (const follower of this.#followers) {
      await this.#tell(follower);
    }
  }

  async #read(): Promise<void> {
    const configured = this.#config.connections.map(fromConfig);
    const ids = new Set(configured.map(({ id }) => id));
    const stored = (await this.rows.all()).filter(({ id }) => !ids.has(id));
    const definitions = [...configured, ...stored];
    for (const { id } of definitions) {
      if (!this.#definitions.some(known => known.id === id)) {
        await this.states.ensure(id);
      }
    }
    this.#definitions = definitions;
    const open = definitions.filter(({ ended }) => !ended);
    this.clients.keepOnly(new Set(open.map(({ id }) => id)));
    this.#known = JSON.stringify(definitions);
  }

  /** Never fails, nor waits for a follower that is being told: that one may ask for a reload itself. */
  async #tell(follower: Follower): Promise<void> {
    if (follower.isBusy) {
      return;
    }
    follower.isBusy = true;
    try {
      while (follower.told !== this.#known) {
        const known = this.#known;
        await follower.listener();
        follower.told = known;
      }
    } catch (error) {
      this.#logger?.error(
        'What follows a change of connections failed, and is tried again',
        error instanceof Error ? error : undefined,
      );
    } finally {
      follower.isBusy = false;
    }
  }

  /** Tells whenever a reload has found something new. */
  onChange(listener: () => Promise<void>): void {
    this.#followers.push({ listener, told: this.#known, isBusy: false });
  }

  async state(id: string): Promise<ConnectionState> {
    this.get(id);
    return this.states.get(id);
  }

  /**
   * Opens a connection as it is stored now; `clientFor` gives what comes of it.
   *
   * @throws a ConflictError when it is changed meanwhile
   */
  async prepare(id: string): Promise<Opened> {
    // Another replica may have changed the address together with the secret that goes there.
    await this.reload();
    return this.clients.open(this.get(id));
  }

  /** The client of the method for this purpose, after `prepare`; any method when none names it. */
  clientFor(id: string, purpose?: Purpose): ConfluenceClient {
    const opened = this.clients.peek(id);
    this.get(id);
    if (!opened) {
      throw new Error(`The clients of connection '${id}' are not prepared`);
    }
    return clientOf(accessFor(opened, purpose));
  }

  /** Where the history holds what organizations say of the sites. */
  async organizations(): Promise<OrganizationSource[]> {
    const cloudIds = await this.states.cloudIds();
    return this.#definitions.map(({ id, organization }) => {
      const cloudId = cloudIds.get(id);
      return {
        connection: id,
        source: organization && organizationSource(organization.id),
        resource: cloudId === undefined ? undefined : resourceOf(cloudId),
      };
    });
  }

  /** The source of the organization that a connection reads for; undefined when another one does. */
  readsOrganization(id: string): string | undefined {
    const { organization } = this.get(id);
    return organization && readerOf(organization.id, this.list()) === id
      ? organizationSource(organization.id)
      : undefined;
  }

  /** Keeps the cloud id of a site that has an organization, which names sites by it. */
  async noteCloudId(id: string, signal?: AbortSignal): Promise<void> {
    if (!this.get(id).organization) {
      return;
    }
    const { cloudId } = await this.states.get(id);
    if (cloudId === undefined) {
      const found = await this.clientFor(id).cloudId({ signal });
      await this.states.update(this.knex, id, { cloudId: found });
    }
  }

  /** The client of its organization, after `prepare`; undefined where it has none. */
  organizationOf(id: string): OrganizationClient | undefined {
    return this.clients.peek(id)?.organization;
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
    const access = accessFor(await this.prepare(id), purpose);
    // Purposes that share a method ask at the same time, and once is enough.
    access.principal ??= principalOf(access, signal).catch(error => {
      access.principal = undefined;
      throw error;
    });
    const { name, accountId } = await access.principal;
    const { method } = access.method;
    const scope = createHash('sha256')
      .update(JSON.stringify([this.get(id).site, method, name]))
      .digest('hex')
      .slice(0, 32);
    await this.readScopes.note(id, { scope, method, accountId });
    return scope;
  }

  /** Requests and points of a connection in this process. */
  usage(id: string): { requests: number; points: number } {
    return { ...(this.#usage.get(id) ?? { requests: 0, points: 0 }) };
  }

  /** Tells about every request that leaves. */
  onRequest(listener: RequestListener): void {
    this.#requestListeners.add(listener);
  }

  async close(): Promise<void> {
    await this.clients.close();
  }

  #count(id: string, event: RequestEvent): void {
    const { requests, points } = this.usage(id);
    this.#usage.set(id, {
      requests: requests + 1,
      points: points + event.points,
    });
    this.#requestListeners.forEach(tell => tell(id, event));
  }
}

function isConnected(
  definition: ConnectionDefinition,
): definition is Connected {
  return definition.begun && !definition.ended && definition.site !== undefined;
}

/** The method that serves a purpose; any method when none names it. */
export function accessFor({ access }: Opened, purpose?: Purpose): Access {
  return (
    (purpose &&
      access.find(({ method }) => method.purposes?.includes(purpose))) ??
    access.find(({ method }) => !method.purposes) ??
    access[0]
  );
}

/** The client of a method. @throws NoCredentialError when it has none */
export function clientOf({ client, problem }: Access): ConfluenceClient {
  if (!client) {
    throw problem ?? new Error('A method without client');
  }
  return client;
}

/** The account behind a credential; where the scope to ask is missing, what names the credential. */
async function principalOf(
  access: Access,
  signal?: AbortSignal,
): Promise<Principal> {
  try {
    const { accountId } = await clientOf(access).currentUser({ signal });
    return { name: accountId, accountId };
  } catch (error) {
    const { clientId, email } = access.method;
    if (error instanceof MissingScopeError) {
      return { name: clientId ?? email ?? access.method.method };
    }
    throw error;
  }
}
