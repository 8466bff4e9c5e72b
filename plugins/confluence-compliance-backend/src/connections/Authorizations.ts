// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  GrantRefusedError,
  type OAuthApp,
  type OAuthTokens as OAuthGrant,
} from '@confluence-compliance/atlassian-client';
import type { GrantedSite } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { ComplianceConfig } from '../config';
import type { Ledger } from '../ledger';
import type { Connections } from './Connections';
import { isFailure, PATIENCE_MS } from './failures';
import { readSite } from './input';
import type { GrantSecret } from './OAuthTokens';
import { problemOf, siteCures } from './problems';
import { neededScopes, oauthScopes } from './scopes';
import type { ConnectionDefinition } from './types';

/** Time for a person to accept at Atlassian. */
const STATE_MS = 10 * 60 * 1000;

const TABLE = 'connection_authorizations';

export interface AuthorizationsOptions {
  config: Pick<ComplianceConfig, 'allowedSites' | 'oauth'>;
  connections: Connections;
  ledger: Ledger;
  now?: () => Date;
}

/** Sends people to Atlassian to grant access, and takes over what they come back with. */
export class Authorizations {
  readonly #options: AuthorizationsOptions;
  readonly #now: () => Date;

  constructor(options: AuthorizationsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Where to send the person. What is remembered works once, for ten minutes, for this person. */
  async start(id: string, person: string): Promise<string> {
    const { connections } = this.#options;
    await connections.reload();
    const { app, callbackUrl } = this.#app(id);
    // Before anybody grants anything.
    connections.keyring.assertCanSeal();
    const state = `${randomBytes(32).toString('base64url')}.${id}`;
    const now = this.#now();
    await connections
      .knex(TABLE)
      .where('expires_at', '<', now.toISOString())
      .delete();
    await connections.knex(TABLE).insert({
      state_hash: hash(state),
      connection: id,
      person,
      expires_at: new Date(now.getTime() + STATE_MS).toISOString(),
    });
    return app.authorizeUrl({
      scopes: oauthScopes(purposesOf(connections.get(id))),
      state,
      redirectUri: callbackUrl,
    });
  }

  /** Whoever was sent for a connection of this id before cannot come back with a grant. */
  async forget(tx: Knex, id: string): Promise<void> {
    await tx(TABLE).where({ connection: id }).delete();
  }

  /**
   * Exchanges the code and stores the grant.
   *
   * @returns the sites it opens
   */
  async complete(
    id: string,
    { code, state }: { code: string; state: string },
    person: string,
  ): Promise<GrantedSite[]> {
    const { connections } = this.#options;
    await connections.reload();
    const { app, callbackUrl } = this.#app(id);
    await this.#use(id, state, person);
    const grant = await app
      .exchangeCode({ code, redirectUri: callbackUrl })
      .catch(error => {
        // A TypeError: no code of Atlassian's looks like this.
        throw error instanceof GrantRefusedError || error instanceof TypeError
          ? new InputError(
              'code: Atlassian does not accept it, or it was used before: start again',
            )
          : error;
      });
    const { accessToken, refreshToken, expiresAt } = grant;
    if (!refreshToken) {
      throw new InputError(
        'code: the grant would end within the hour, since the app may not ask for offline_access: allow it in the developer console and start again',
      );
    }
    const granted = await app.sites(accessToken);
    // It may have been changed or ended while Atlassian was asked.
    await connections.reload();
    this.#app(id);
    const definition = connections.get(id);
    const sites = await Promise.all(
      granted.map(site => this.#judge(definition, site)),
    );
    if (definition.begun) {
      await this.#assertWorks(definition, sites, grant);
    }
    await this.#store(
      definition,
      sites,
      { accessToken, accessExpiresAt: expiresAt.getTime(), refreshToken },
      person,
    );
    return sites;
  }

  /** What takes the place of a grant that works must work itself, or nothing changes. */
  async #assertWorks(
    definition: ConnectionDefinition,
    sites: GrantedSite[],
    { accessToken, scopes }: Pick<OAuthGrant, 'accessToken' | 'scopes'>,
  ): Promise<void> {
    const { clients, credentials } = this.#options.connections;
    const granted = sites.find(({ site }) => site === definition.site);
    if (!granted) {
      // It is refused when it is to be stored, in its own words.
      return;
    }
    const needed = neededScopes(purposesOf(definition));
    const missing = needed.filter(scope => !scopes.includes(scope));
    // One that has died is replaced by whatever works. Where Atlassian does not say what was granted,
    // asking must do.
    const stored = await credentials.list(definition.id);
    const works = stored.some(
      ({ name, state }) => name === 'oauth' && state === 'stored',
    );
    if (works && scopes.length > 0 && missing.length > 0) {
      throw new InputError(
        `code: the grant lacks ${missing.join(
          ', ',
        )}: start again and accept everything. Nothing was changed`,
      );
    }
    const client = clients.withToken(
      granted.site,
      granted.cloudId,
      accessToken,
    );
    try {
      await client.currentUser({ signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      const context = { method: 'oauth' as const, site: granted.site };
      const { text } = problemOf(error, { ...context, now: this.#now() });
      throw new InputError(`code: ${text}. Nothing was changed`);
    } finally {
      await client.close();
    }
  }

  async #store(
    definition: ConnectionDefinition,
    sites: GrantedSite[],
    secret: GrantSecret,
    person: string,
  ): Promise<void> {
    const { connections, ledger } = this.#options;
    const { id, site } = definition;
    if (site && !sites.some(granted => granted.site === site)) {
      throw new InputError(
        `code: the grant does not open ${site}: start again and choose it at Atlassian. Nothing was changed`,
      );
    }
    const possible = sites.filter(({ problem }) => !problem);
    const chosen =
      site === undefined && possible.length === 1 ? possible[0] : undefined;
    await connections.knex.transaction(async tx => {
      // Also without a change: whoever has changed or ended it meanwhile wins.
      if (definition.origin === 'portal') {
        await connections.rows.update(tx, {
          ...definition,
          site: chosen?.site ?? site,
        });
      }
      await connections.credentials.write(tx, id, 'oauth', secret);
      await connections.states.startAnew(tx, id, this.#now().toISOString());
      await ledger.append(tx, {
        kind: 'connection.authorized',
        actor: person,
        subject: id,
        payload: { sites: sites.map(({ cloudId }) => cloudId) },
      });
    });
    await connections.reload();
  }

  async #judge(
    definition: ConnectionDefinition,
    { site, name, cloudId }: { site: string; name: string; cloudId: string },
  ): Promise<GrantedSite> {
    const { connections, config } = this.#options;
    const others = connections.all().filter(({ id }) => id !== definition.id);
    try {
      await readSite(site, config, others);
      return { site, name, cloudId };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const code =
        error instanceof InputError ? 'site-not-allowed' : 'site-connected';
      const problem = { code, text, cure: siteCures[code] };
      return { site, name, cloudId, problem };
    }
  }

  /** Whatever comes of it, a state is used up. */
  async #use(id: string, state: string, person: string): Promise<void> {
    const { knex } = this.#options.connections;
    const found = { state_hash: hash(state) };
    const used = await knex(TABLE).where(found).first();
    const isFirst = (await knex(TABLE).where(found).delete()) === 1;
    if (
      !used ||
      !isFirst ||
      used.connection !== id ||
      used.expires_at < this.#now().toISOString()
    ) {
      throw new InputError(
        'state is not known any more: it works once and for ten minutes, start again',
      );
    }
    if (used.person !== person) {
      throw new NotAllowedError(
        'Another person was sent to Atlassian: start again yourself',
      );
    }
  }

  #app(id: string): { app: OAuthApp; callbackUrl: string } {
    const { connections, config } = this.#options;
    const { methods, ended } = connections.get(id);
    const app = connections.clients.oauthApp;
    if (ended || !methods.some(({ method }) => method === 'oauth')) {
      throw new InputError(`The connection '${id}' does not use OAuth`);
    }
    if (!app || !config.oauth) {
      throw new InputError(
        'The OAuth app is missing: set confluenceCompliance.oauth',
      );
    }
    return { app, callbackUrl: config.oauth.callbackUrl };
  }
}

/** What the grant is used for: another method may serve the rest. */
function purposesOf({ methods, purposes }: ConnectionDefinition) {
  const oauth = methods.find(({ method }) => method === 'oauth');
  return oauth?.purposes ?? purposes;
}

function hash(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
