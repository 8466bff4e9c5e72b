// SPDX-License-Identifier: Apache-2.0
import { ConflictError, InputError } from '@backstage/errors';
import type {
  createConnectionSchema,
  updateConnectionSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { isEqual, pickBy } from 'lodash';
import type { z } from 'zod';
import { type ComplianceConfig, STANDARD_CADENCE } from '../config';
import type { Ledger } from '../ledger';
import type { Opened, Secrets } from './Clients';
import { accessFor, clientOf, type Connections } from './Connections';
import * as input from './input';
import { organizationProblem, problemOf } from './problems';
import {
  type ConnectionDefinition,
  type CredentialName,
  type Ending,
  ORGANIZATION,
} from './types';

export interface ConnectionSettingsOptions {
  config: Pick<ComplianceConfig, 'allowedSites' | 'oauth'>;
  connections: Connections;
  ledger: Ledger;
  now?: () => Date;
}

type Created = z.output<typeof createConnectionSchema>;
type Changes = z.output<typeof updateConnectionSchema>;

/** Makes, changes and ends the connections of the portal. */
export class ConnectionSettings {
  readonly #options: ConnectionSettingsOptions;
  readonly #now: () => Date;

  constructor(options: ConnectionSettingsOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  /** Stores a connection that reads nothing yet. */
  async create(entered: Created, actor: string): Promise<ConnectionDefinition> {
    const { connections, config, ledger } = this.#options;
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
      id: input.readId(entered.id, title, others),
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
    await this.#assertSecrets(definition, secrets, []);
    await connections.knex.transaction(async tx => {
      await connections.rows.insert(tx, definition);
      await this.#writeSecrets(tx, definition.id, secrets);
      await ledger.append(tx, {
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
    const { connections, config, ledger } = this.#options;
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
      .filter(name => isSame(before, next, name));
    await this.#assertSecrets(next, secrets, kept);
    if (before.begun) {
      const added = next.methods.findIndex(({ method }) => method === 'oauth');
      if (added >= 0 && !stored.some(({ name }) => name === 'oauth')) {
        throw new InputError(
          `auth[${added}].method: nobody has granted access yet, and what is read now would stop. End this connection and connect the site anew by OAuth`,
        );
      }
      await this.#assertWorks(next, secrets);
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
      await ledger.append(tx, {
        kind: 'connection.changed',
        actor,
        subject: id,
        payload: { changed: changedKeys(before, next), credentials: given },
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
    const { connections, ledger } = this.#options;
    // Another replica may have begun it.
    await connections.reload();
    const before = this.#portalMade(id);
    const { history, entities, revision } = ending;
    await connections.knex.transaction(async tx => {
      if (before.begun) {
        const at = before.ended?.at ?? this.#now().toISOString();
        await connections.rows.update(tx, {
          ...before,
          enabled: false,
          ended: {
            ...ending,
            at,
            revision: before.ended?.revision ?? revision,
          },
        });
      } else {
        await connections.rows.removeDraft(tx, before);
      }
      await connections.credentials.remove(tx, id);
      await ledger.append(tx, {
        kind: 'connection.ended',
        actor,
        subject: id,
        payload: { history, entities },
      });
    });
    await connections.reload();
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

  /** Every credential is stored or entered, and could be right. */
  async #assertSecrets(
    definition: ConnectionDefinition,
    secrets: Secrets,
    kept: readonly CredentialName[],
  ): Promise<void> {
    const { connections } = this.#options;
    const has = (name: CredentialName) =>
      secrets[name] !== undefined || kept.includes(name);
    definition.methods.forEach(({ method }, index) => {
      if (method !== 'oauth' && !has(method)) {
        throw new InputError(
          `${input.secretField(
            definition.methods,
            index,
          )} is missing: enter it`,
        );
      }
    });
    if (definition.organization && !has(ORGANIZATION)) {
      throw new InputError('organization.apiKey is missing: enter it');
    }
    if (
      namesOf(secrets).length > 0 &&
      connections.keyring.current === undefined
    ) {
      // Says what to configure.
      await connections.keyring.seal('', '');
    }
    try {
      const made = await this.#make(definition, secrets);
      await made.close();
    } catch (error) {
      // The client names the option and never its value.
      throw error instanceof TypeError ? new InputError(error.message) : error;
    }
  }

  /** What replaces a credential that works must work itself, or nothing changes. */
  async #assertWorks(
    next: ConnectionDefinition,
    secrets: Secrets,
  ): Promise<void> {
    const opened = await this.#make(next, secrets);
    const now = this.#now();
    try {
      for (const [index, access] of opened.access.entries()) {
        const { method, expiresAt } = access.method;
        if (secrets[method] !== undefined) {
          await clientOf(access)
            .currentUser()
            .catch(error => {
              const context = { method, site: next.site, expiresAt, now };
              const { code, text, cure } = problemOf(error, context);
              if (code !== 'scope-missing') {
                const field = input.secretField(next.methods, index);
                throw new InputError(
                  `${field}: ${text}. Nothing was changed. ${
                    cure ?? ''
                  }`.trim(),
                );
              }
            });
        }
      }
      if (secrets[ORGANIZATION] !== undefined) {
        await opened.organization?.organization().catch(error => {
          const { text, cure } = organizationProblem(error, { now });
          throw new InputError(
            `organization.apiKey: ${text}. Nothing was changed. ${cure ?? ''}`,
          );
        });
      }
    } finally {
      await opened.close();
    }
  }

  #make(definition: ConnectionDefinition, secrets: Secrets): Promise<Opened> {
    const { clients } = this.#options.connections;
    return clients.make(definition, async name => secrets[name]);
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

function namesOf(secrets: Secrets): CredentialName[] {
  return Object.keys(
    pickBy(secrets, value => value !== undefined),
  ) as CredentialName[];
}

/** A cloud id is another site, whatever the address says. */
function assertSameCloud(
  before: ConnectionDefinition,
  next: ConnectionDefinition,
): void {
  next.methods.forEach(({ method, cloudId }, index) => {
    const known = before.methods.find(other => other.method === method);
    if (cloudId !== undefined && cloudId !== known?.cloudId) {
      throw new InputError(
        `auth[${index}].cloudId cannot be changed any more, since the history is of the site as it was: leave it as it is, or out`,
      );
    }
  });
}

/** Whether a stored secret is still of whoever it is used for. */
function isSame(
  before: ConnectionDefinition,
  next: ConnectionDefinition,
  name: CredentialName,
): boolean {
  if (name === ORGANIZATION) {
    return before.organization?.id === next.organization?.id;
  }
  const identity = ({ methods, site }: ConnectionDefinition) => {
    const method = methods.find(candidate => candidate.method === name);
    // It is sent to the site itself, so another site must not get it.
    const goesTo = name === 'api-token' ? site : undefined;
    return method && [method.email, method.clientId, method.cloudId, goesTo];
  };
  return isEqual(identity(before), identity(next));
}

function changedKeys(
  before: ConnectionDefinition,
  next: ConnectionDefinition,
): string[] {
  const keys = Object.keys(next) as Array<keyof ConnectionDefinition>;
  return keys.filter(key => !isEqual(before[key], next[key])).sort();
}
