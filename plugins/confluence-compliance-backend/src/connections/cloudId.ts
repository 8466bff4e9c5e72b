// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { WrongSiteError } from '@confluence-compliance/atlassian-client';
import type { Problem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Access, Clients } from './Clients';
import type { Connections } from './Connections';
import { isFailure, PATIENCE_MS } from './failures';
import { problemOf } from './problems';
import type { ConnectionDefinition } from './types';

/**
 * What is wrong with the cloud id of a method; undefined where none was entered, or it is right. One of
 * another site would show the people of that site under this one's name.
 */
export async function cloudIdProblem(
  clients: Clients,
  definition: ConnectionDefinition,
  { method }: Access,
  now: Date,
  signal?: AbortSignal,
): Promise<Problem | undefined> {
  const { site } = definition;
  if (method.cloudId === undefined || !site) {
    return undefined;
  }
  try {
    const found = await clients.cloudIdOf(definition, method, signal);
    return found === method.cloudId ? undefined : otherCloud(site);
  } catch (error) {
    if (error instanceof WrongSiteError) {
      return otherCloud(site);
    }
    if (isFailure(error)) {
      const { expiresAt } = method;
      const context = { method: method.method, site, expiresAt, now };
      return problemOf(error, context);
    }
    throw error;
  }
}

/**
 * Before anything is read, each method must be of the site that it is named after.
 *
 * @throws an InputError that names the field
 */
export async function assertOwnClouds(
  connections: Connections,
  definition: ConnectionDefinition,
  now: Date,
): Promise<void> {
  const { access } = await connections.prepare(definition.id);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const { clients } = connections;
  for (const [index, of] of access.entries()) {
    const problem = await cloudIdProblem(clients, definition, of, now, signal);
    if (problem) {
      throw new InputError(`auth[${index}].cloudId: ${problem.text}`);
    }
  }
}

function otherCloud(site: string): Problem {
  return {
    code: 'wrong-site',
    text: `The cloud id is not the one of ${site}`,
    cure: `Leave the cloud id out, then it is looked up; or compare it with ${site}/_edge/tenant_info.`,
  };
}
