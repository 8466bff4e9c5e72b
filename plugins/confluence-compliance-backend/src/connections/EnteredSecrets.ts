// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { pickBy } from 'lodash';
import type { Opened, Secrets } from './Clients';
import { clientOf, type Connections } from './Connections';
import { PATIENCE_MS } from './failures';
import { secretField } from './input';
import { organizationProblem, problemOf } from './problems';
import {
  type ConnectionDefinition,
  type CredentialName,
  ORGANIZATION,
} from './types';

/** Judges secrets that somebody has entered, before they are stored. */
export class EnteredSecrets {
  readonly #connections: Connections;
  readonly #now: () => Date;

  constructor(connections: Connections, now: () => Date) {
    this.#connections = connections;
    this.#now = now;
  }

  /**
   * Every credential is stored or entered, and could be right.
   *
   * @throws an InputError that names the field
   */
  async assertWhole(
    definition: ConnectionDefinition,
    secrets: Secrets,
    kept: readonly CredentialName[],
  ): Promise<void> {
    const has = (name: CredentialName) =>
      secrets[name] !== undefined || kept.includes(name);
    definition.methods.forEach(({ method }, index) => {
      if (method !== 'oauth' && !has(method)) {
        const field = secretField(definition.methods, index);
        throw new InputError(`${field} is missing: enter it`);
      }
    });
    if (definition.organization && !has(ORGANIZATION)) {
      throw new InputError('organization.apiKey is missing: enter it');
    }
    if (namesOf(secrets).length > 0) {
      this.#connections.keyring.assertCanSeal();
    }
    try {
      const made = await this.#make(definition, secrets);
      await made.close();
    } catch (error) {
      // The client names the option and never its value.
      throw error instanceof TypeError ? new InputError(error.message) : error;
    }
  }

  /**
   * What replaces a credential that works must work itself, or nothing changes.
   *
   * @throws an InputError that names the field
   */
  async assertWork(
    next: ConnectionDefinition,
    secrets: Secrets,
  ): Promise<void> {
    const opened = await this.#make(next, secrets);
    const now = this.#now();
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      for (const [index, access] of opened.access.entries()) {
        const { method, expiresAt } = access.method;
        if (secrets[method] !== undefined) {
          await clientOf(access)
            .currentUser({ signal })
            .catch(error => {
              const context = { method, site: next.site, expiresAt, now };
              const { code, text, cure } = problemOf(error, context);
              if (code !== 'scope-missing') {
                refuse(secretField(next.methods, index), text, cure);
              }
            });
        }
      }
      if (secrets[ORGANIZATION] !== undefined) {
        await opened.organization?.organization({ signal }).catch(error => {
          const { text, cure } = organizationProblem(error, { now });
          refuse('organization.apiKey', text, cure);
        });
      }
    } finally {
      await opened.close();
    }
  }

  #make(definition: ConnectionDefinition, secrets: Secrets): Promise<Opened> {
    const { clients } = this.#connections;
    return clients.make(definition, async name => secrets[name]);
  }
}

/** The credentials that were entered. */
export function namesOf(secrets: Secrets): CredentialName[] {
  const entered = pickBy(secrets, value => value !== undefined);
  return Object.keys(entered) as CredentialName[];
}

function refuse(field: string, text: string, cure = ''): never {
  throw new InputError(
    `${field}: ${text}. Nothing was changed. ${cure}`.trim(),
  );
}
