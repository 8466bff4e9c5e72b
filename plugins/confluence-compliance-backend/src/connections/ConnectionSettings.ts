// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError } from '@backstage/errors';
import type {
  createConnectionSchema,
  updateConnectionSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { z } from 'zod';
import { type ComplianceConfig, STANDARD_CADENCE } from '../config';
import type { History } from '../history';
import type { Authorizations } from './Authorizations';
import type { Secrets } from './Clients';
import { assertOwnClouds } from './cloudId';
import { accessFor, clientOf, type Connections } from './Connections';
import { EnteredSecrets, namesOf } from './EnteredSecrets';
import * as input from './input';
import { problemOf } from './problems';
import {
  assertSameCloud,
  changesOf,
  isSameOwner,
  readsOtherwise,
} from './sameness';
import {
  type ConnectionDefinition,
  type CredentialName,
  type Ending,
  ORGANIZATION,
} from './types';

export interface ConnectionSettingsOptions {
  config: Pick<ComplianceConfig, 'allowedSites' | 'oauth'>;
  connections: Connections;
  authorizations: Authorizations;
  history: Pick<History, 'containers' | 'ledger'>;
  now?: () => Date;
}

type Created = z.output<typeof createConnectionSchema>;
type Changes = z.output<typeof updateConnectionSchema>;

/** Makes, changes and ends the connections of the portal. */
export class ConnectionSettings {
  readonly #options: ConnectionSettingsOptions;
  readonly #now: () => Date;
  readonly #secrets: EnteredSecrets;

  constructor(options: ConnectionSettingsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
    this.#secrets = new EnteredSecrets(options.connections, this.#now);
  }

  /** Stores a connection that reads nothing yet. */
  async create(entered: Created, actor: string): Promise<ConnectionDefinition> {
    const { connections, config, history } = this.#options;
    await connections.reload();
    const others = connections.all();
    const purposes = [...new Set(entered.purposes)];
    const auth = input.readMethods(purposes, entered.auth, config);
    const organization =
      entered.organization && input.readOrganization(entered.organization);
    const site =
      entered.site === undefined
        ? undefined
        : await input.readSite(entered.site, config, others);
    if (!site && !auth.value.every(({ method }) => method === 'oauth')) {
      throw new InputError('site is missing: enter the address of the site');
    }
    const title =
      entered.title ?? (site ? new URL(site).hostname : 'Confluence');
    const definition: ConnectionDefinition = {
      id: input.readId(entered.id, title, await this.#takenIds()),
      title,
      site,
      origin: 'portal',
      owner:
        entered.owner === undefined
          ? undefined
          : input.readOwner(entered.owner),
      purposes,
      methods: auth.value,
      organization: organization?.value,
      cadence: STANDARD_CADENCE,
      enabled: false,
      begun: false,
      madeBy: actor,
      madeAt: this.#now().toISOString(),
      version: 1,
    };
    const secrets = { ...auth.secrets, ...organization?.secrets };
    await this.#secrets.assertWhole(definition, secrets, []);
    await connections.knex.transaction(async tx => {
      await connections.rows.insert(tx, definition);
      // Nothing of an earlier one may come to it.
      await this.#removeTraces(tx, definition.id);
      await this.#writeSecrets(tx, definition.id, secrets);
      await history.ledger.append(tx, {
        kind: 'connection.created',
        actor,
        subject: definition.id,
        payload: {
          ...(site && { site }),
          purposes,
          methods: auth.value.map(({ method }) => method),
          adminConfirmed: entered.adminConfirmed,
        },
      });
    });
    await connections.reload();
    return connections.get(definition.id);
  }

  /** Changes what is given; new secrets are tried before they replace those that work. */
  async update(
    id: string,
    changes: Changes,
    actor: string,
  ): Promise<ConnectionDefinition> {
    const { connections, config, history } = this.#options;
    await connections.reload();
    const before = this.#changeable(id);
    const others = connections.all().filter(other => other.id !== id);
    const secrets: Secrets = {};
    const next: ConnectionDefinition = { ...before };
    if (changes.title !== undefined) {
      next.title = changes.title;
    }
    if (changes.owner !== undefined) {
      next.owner =
        changes.owner === null ? undefined : input.readOwner(changes.owner);
    }
    if (changes.site !== undefined) {
      next.site = await input.readSite(changes.site, config, others);
      if (next.site !== before.site) {
        // A group of another site says nothing of this one.
        next.userGroup = undefined;
      }
      if (before.begun && next.site !== before.site) {
        throw new InputError(
          'site cannot be changed any more, since its history is of the old one: connect the new site beside it',
        );
      }
    }
    next.purposes = [...new Set(changes.purposes ?? before.purposes)];
    if (changes.auth) {
      const auth = input.readMethods(next.purposes, changes.auth, config);
      next.methods = auth.value;
      Object.assign(secrets, auth.secrets);
    } else {
      input.assertMethods(next.purposes, next.methods);
    }
    if (changes.organization !== undefined) {
      const organization =
        changes.organization && input.readOrganization(changes.organization);
      next.organization = organization?.value;
      Object.assign(secrets, organization?.secrets);
    }
    if (changes.userGroup !== undefined) {
      next.userGroup =
        changes.userGroup === null
          ? undefined
          : await this.#groupOf(before, changes.userGroup);
    }
    if (changes.enabled !== undefined) {
      next.enabled = changes.enabled;
      next.begun = before.begun || changes.enabled;
    }
    if (before.begun) {
      assertSameCloud(before, next);
    }
    const onlyOAuth = next.methods.every(({ method }) => method === 'oauth');
    if (!next.site && (next.begun || !onlyOAuth)) {
      throw new InputError('site is missing: enter the address of the site');
    }
    const stored = await connections.credentials.list(id);
    const kept = stored
      .map(({ name }) => name)
      .filter(name => isSameOwner(before, next, name));
    await this.#secrets.assertWhole(next, secrets, kept);
    if (before.begun) {
      const added = next.methods.findIndex(({ method }) => method === 'oauth');
      if (added >= 0 && !stored.some(({ name }) => name === 'oauth')) {
        throw new InputError(
          `auth[${added}].method: nobody has granted access yet, and what is read now would stop. End this connection and connect the site anew by OAuth`,
        );
      }
      await this.#secrets.assertWork(next, secrets);
    } else if (next.begun) {
      await assertOwnClouds(connections, before, this.#now());
    }
    const given = namesOf(secrets);
    await connections.knex.transaction(async tx => {
      await connections.rows.update(tx, next);
      const names: CredentialName[] = [
        ...next.methods.map(({ method }) => method),
        ...(next.organization ? [ORGANIZATION as CredentialName] : []),
      ];
      await connections.credentials.remove(tx, id, names);
      await this.#writeSecrets(tx, id, secrets);
      if (readsOtherwise(before, next) || given.length > 0) {
        await connections.states.startAnew(tx, id, this.#now().toISOString());
      }
      await history.ledger.append(tx, {
        kind: 'connection.changed',
        actor,
        subject: id,
        payload: { ...changesOf(before, next), credentials: given },
      });
    });
    await connections.reload();
    return connections.get(id);
  }

  /** Ends a connection; one that has never begun leaves nothing. Its secrets go at once. */
  async end(
    id: string,
    ending: Omit<Ending, 'at'>,
    actor: string,
  ): Promise<void> {
    const { connections, history } = this.#options;
    // Another replica may have begun it.
    await connections.reload();
    const before = this.#portalMade(id);
    if (before.ended?.history === 'delete' && ending.history === 'keep') {
      throw new ConflictError(
        `The history of the connection '${id}' is being deleted already`,
      );
    }
    await connections.knex.transaction(async tx => {
      if (before.begun) {
        const at = before.ended?.at ?? this.#now().toISOString();
        await connections.rows.update(tx, {
          ...before,
          enabled: false,
          ended: {
            ...ending,
            at,
            revision: before.ended?.revision ?? ending.revision,
          },
        });
      } else {
        await connections.rows.remove(tx, before);
        await this.#removeTraces(tx, id);
      }
      await connections.credentials.remove(tx, id);
      await history.ledger.append(tx, {
        kind: 'connection.ended',
        actor,
        subject: id,
        payload: { history: ending.history, entities: ending.entities },
      });
    });
    await connections.reload();
  }

  /** Ids of connections, also of those that only history knows any more. */
  async #takenIds(): Promise<Set<string>> {
    const { connections, history } = this.#options;
    return new Set([
      ...connections.all().map(({ id }) => id),
      ...(await history.containers()).map(({ source }) => source),
    ]);
  }

  async #removeTraces(tx: Knex, id: string): Promise<void> {
    const { connections, authorizations } = this.#options;
    await connections.credentials.remove(tx, id);
    await connections.states.remove(tx, id);
    await connections.readScopes.remove(tx, id);
    await authorizations.forget(tx, id);
  }

  #portalMade(id: string): ConnectionDefinition {
    const found = this.#options.connections.get(id);
    if (found.origin === 'config') {
      throw new ConflictError(
        `The connection '${id}' comes from the configuration: change it there`,
      );
    }
    return found;
  }

  #changeable(id: string): ConnectionDefinition {
    const found = this.#portalMade(id);
    if (found.ended) {
      throw new ConflictError(
        `The connection '${id}' has ended: connect the site again`,
      );
    }
    return found;
  }

  async #writeSecrets(tx: Knex, id: string, secrets: Secrets): Promise<void> {
    for (const name of namesOf(secrets)) {
      const { credentials } = this.#options.connections;
      await credentials.write(tx, id, name, secrets[name]);
    }
  }

  /** A group by its id, as Confluence knows it now. */
  async #groupOf(definition: ConnectionDefinition, groupId: string) {
    const opened = await this.#options.connections.prepare(definition.id);
    try {
      const client = clientOf(accessFor(opened, 'access-review'));
      const { id, name } = await client.groupById(groupId);
      return { id, name };
    } catch (error) {
      const { text } = problemOf(error, { now: this.#now() });
      throw new InputError(`userGroup: this group could not be read: ${text}`);
    }
  }
}
