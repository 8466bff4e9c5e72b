// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  type ConfluenceAuth,
  type ConfluenceClient,
  createConfluenceClient,
  createOAuthApp,
  createOrganizationClient,
  type HttpOptions,
  type OAuthApp,
  type OrganizationClient,
  type RequestEvent,
} from '@confluence-compliance/atlassian-client';
import { type ComplianceConfig, readAllowedSite } from '../config';
import type { Credentials } from './Credentials';
import { NoCredentialError, NoSiteError, SiteRefusedError } from './failures';
import { CannotOpenError } from './Keyring';
import { OAuthTokens } from './OAuthTokens';
import {
  type ConnectionDefinition,
  type CredentialName,
  type Method,
  ORGANIZATION,
} from './types';

/** Requests one connection may have out at the same time. */
const CONCURRENCY = 8;
/** A slice that began with a client may use it for this long. */
const RETIRE_MS = 10 * 60 * 1000;

/** Secrets by name of the credential, as somebody has entered them. */
export type Secrets = Partial<Record<CredentialName, string>>;

/** One method with its client; without one, why there is none. */
export interface Access {
  method: Method;
  client?: ConfluenceClient;
  problem?: NoCredentialError;
  /** Who is behind the credential, once it is known. */
  principal?: Promise<Principal>;
}

/** Who is behind a credential. */
export interface Principal {
  /** Its account id, or what names the credential. */
  name: string;
  /** Absent where the credential may not ask whose it is. */
  accountId?: string;
}

/** The clients of one connection. */
export interface Opened {
  access: Access[];
  organization?: OrganizationClient;
  close(): Promise<void>;
}

export interface ClientsOptions {
  config: Pick<
    ComplianceConfig,
    'allowedSites' | 'atlassian' | 'oauth' | 'connections'
  >;
  credentials: Credentials;
  onRequest(connection: string, event: RequestEvent): void;
  /** Further options of the clients; for tests. */
  clientOptions?: HttpOptions;
}

/** Makes the clients of connections, and keeps them while their credentials stand. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #open = new Map<string, { key: string; opened: Opened }>();
  readonly #opening = new Map<string, Promise<Opened>>();
  readonly #retired = new Set<Opened>();
  readonly oauthApp?: OAuthApp;

  constructor(options: ClientsOptions) {
    this.#options = options;
    const { oauth, atlassian } = options.config;
    this.oauthApp =
      oauth &&
      createOAuthApp({
        clientId: oauth.clientId,
        clientSecret: oauth.clientSecret,
        ...atlassian,
        ...options.clientOptions,
      });
  }

  /** The clients for the credentials that are stored now. */
  async open(definition: ConnectionDefinition): Promise<Opened> {
    const { credentials } = this.#options;
    const stored = await credentials.list(definition.id);
    const key = JSON.stringify([
      definition.id,
      definition.version,
      // Sealing it anew changes the key alone, and may be what makes it open here.
      stored
        .map(({ name, changedAt, keyId }) => [name, changedAt, keyId])
        .sort(),
    ]);
    const known = this.#open.get(definition.id);
    if (known?.key === key) {
      return known.opened;
    }
    return this.#opening.get(key) ?? this.#begin(definition, key);
  }

  /**
   * The cloud id that Atlassian names for the site of a method, whatever was entered.
   *
   * @throws an AtlassianError when it does not say
   */
  async cloudIdOf(
    definition: ConnectionDefinition,
    { cloudId: _entered, ...method }: Method,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const opened = await this.make(
      { ...definition, methods: [method], organization: undefined },
      name => this.#secret(definition, name),
    );
    try {
      return await opened.access[0].client?.cloudId({ signal });
    } finally {
      await opened.close();
    }
  }

  /** A client with an access token that is not stored; the caller closes it. */
  withToken(site: string, cloudId: string, token: string): ConfluenceClient {
    return createConfluenceClient({
      ...this.#options.config.atlassian,
      ...this.#options.clientOptions,
      site,
      auth: {
        method: 'oauth',
        cloudId,
        tokens: { token: async () => token, discard: () => {} },
      },
    });
  }

  /** Gives up the clients of every connection that is not named. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#open.keys()) {
      if (!ids.has(id)) {
        this.#retire(id);
        this.#open.delete(id);
      }
    }
  }

  /** Those opened before. */
  peek(id: string): Opened | undefined {
    return this.#open.get(id)?.opened;
  }

  /**
   * Clients of their own, which the caller closes.
   *
   * @throws TypeError when a value cannot be right; it names the option
   */
  async make(
    definition: ConnectionDefinition,
    secretOf: (name: CredentialName) => Promise<string | undefined>,
  ): Promise<Opened> {
    const { config, clientOptions } = this.#options;
    const { id, site, methods, organization } = definition;
    const common = {
      concurrency: CONCURRENCY,
      onRequest: (event: RequestEvent) => this.#options.onRequest(id, event),
      ...clientOptions,
    };
    const refusal = this.#refusalOf(definition);
    const access = await Promise.all(
      methods.map(async (method): Promise<Access> => {
        if (refusal) {
          return { method, problem: refusal };
        }
        const auth = await this.#auth(id, method, secretOf).catch(error => {
          if (error instanceof CannotOpenError) {
            return new NoCredentialError(error.message);
          }
          throw error;
        });
        if (auth instanceof NoCredentialError) {
          return { method, problem: auth };
        }
        if (!site) {
          const problem = new NoSiteError();
          return { method, problem };
        }
        const client = createConfluenceClient({
          ...config.atlassian,
          ...common,
          site,
          auth,
        });
        return { method, client };
      }),
    );
    const apiKey =
      organization &&
      (await secretOf(ORGANIZATION).catch(error => {
        if (error instanceof CannotOpenError) {
          return undefined;
        }
        throw error;
      }));
    const organizationClient =
      organization && apiKey
        ? createOrganizationClient({
            organizationId: organization.id,
            apiKey,
            apiUrl: config.atlassian.apiUrl,
            ...common,
          })
        : undefined;
    return {
      access,
      organization: organizationClient,
      close: async () => {
        await Promise.all(access.map(({ client }) => client?.close()));
        await organizationClient?.close();
      },
    };
  }

  async close(): Promise<void> {
    const all = [
      ...[...this.#open.values()].map(({ opened }) => opened),
      ...this.#retired,
    ];
    this.#open.clear();
    this.#retired.clear();
    await Promise.all(all.map(opened => opened.close()));
    await this.oauthApp?.close();
  }

  /** Whoever asks meanwhile gets the same clients. */
  #begin(definition: ConnectionDefinition, key: string): Promise<Opened> {
    const { id } = definition;
    const opening = this.make(definition, name =>
      this.#secret(definition, name),
    )
      .then(opened => {
        this.#retire(id);
        this.#open.set(id, { key, opened });
        return opened;
      })
      .finally(() => this.#opening.delete(key));
    this.#opening.set(key, opening);
    return opening;
  }

  /** What was begun with the old clients may come to its end. */
  #retire(id: string): void {
    const old = this.#open.get(id)?.opened;
    if (!old) {
      return;
    }
    this.#retired.add(old);
    const end = () => {
      if (this.#retired.delete(old)) {
        old.close().catch(() => {});
      }
    };
    setTimeout(end, RETIRE_MS).unref();
  }

  /** Why nothing may be sent to the site: the configuration may have changed since it was entered. */
  #refusalOf({
    site,
    origin,
  }: ConnectionDefinition): SiteRefusedError | undefined {
    const { connections, allowedSites } = this.#options.config;
    if (!site || origin === 'config') {
      return undefined;
    }
    const twin = connections.find(other => other.site === site);
    if (twin) {
      return new SiteRefusedError(
        'site-connected',
        `The site is connected by the configuration too, as '${twin.title}'`,
      );
    }
    try {
      readAllowedSite(site, allowedSites);
      return undefined;
    } catch (error) {
      if (error instanceof InputError) {
        return new SiteRefusedError('site-not-allowed', `The ${error.message}`);
      }
      throw error;
    }
  }

  async #auth(
    connection: string,
    { method, email = '', clientId = '', cloudId }: Method,
    secretOf: (name: CredentialName) => Promise<string | undefined>,
  ): Promise<ConfluenceAuth | NoCredentialError> {
    if (method === 'oauth') {
      const { credentials } = this.#options;
      const app = this.oauthApp;
      return app
        ? {
            method,
            cloudId,
            tokens: new OAuthTokens({ connection, credentials, app }),
          }
        : new NoCredentialError(
            'The OAuth app is missing: set confluenceCompliance.oauth',
          );
    }
    const secret = await secretOf(method);
    if (secret === undefined) {
      return new NoCredentialError('The credential is not stored');
    }
    switch (method) {
      case 'api-token':
        return { method, email, token: secret };
      case 'scoped-api-token':
        return { method, email, token: secret, cloudId };
      default:
        return { method, clientId, clientSecret: secret, cloudId };
    }
  }

  /** Secrets of the configuration stay in memory, all others are sealed. */
  async #secret(
    definition: ConnectionDefinition,
    name: CredentialName,
  ): Promise<string | undefined> {
    const { id, origin } = definition;
    if (origin === 'portal') {
      return this.#options.credentials.readFor<string>(definition, name);
    }
    const config = this.#options.config.connections.find(c => c.id === id);
    if (name === ORGANIZATION) {
      return config?.organization?.apiKey;
    }
    const auth = config?.auth.find(({ method }) => method === name);
    if (auth?.method === 'service-account') {
      return auth.clientSecret;
    }
    return auth && 'token' in auth ? auth.token : undefined;
  }
}
