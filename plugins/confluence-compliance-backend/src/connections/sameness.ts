// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import { isEqual, pickBy } from 'lodash';
import {
  type ConnectionDefinition,
  type CredentialName,
  ORGANIZATION,
} from './types';

/**
 * A cloud id is another site, whatever the address says.
 *
 * @throws an InputError that names the field
 */
export function assertSameCloud(
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
export function isSameOwner(
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

/** Whether other credentials read it, or another site. */
export function readsOtherwise(
  before: ConnectionDefinition,
  next: ConnectionDefinition,
): boolean {
  const reads = ({ methods, site, organization }: ConnectionDefinition) => [
    methods,
    site,
    organization,
  ];
  return !isEqual(reads(before), reads(next));
}

/** What a change has changed, and what was decided by it, for the ledger. */
export function changesOf(
  before: ConnectionDefinition,
  next: ConnectionDefinition,
) {
  const keys = Object.keys(next) as Array<keyof ConnectionDefinition>;
  const changed = keys.filter(key => !isEqual(before[key], next[key])).sort();
  const decided = {
    owner: next.owner ?? null,
    userGroup: next.userGroup?.id ?? null,
    purposes: next.purposes,
    site: next.site ?? null,
    enabled: next.enabled,
  };
  return {
    changed,
    ...pickBy(decided, (_value, key) => changed.some(name => name === key)),
  };
}
