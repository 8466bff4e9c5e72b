// SPDX-License-Identifier: Apache-2.0
import {
  type Capability,
  type Connection,
  type CredentialState,
  type DatasetName,
  datasetNames,
  type Problem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import type { KnownCapability } from './ConnectionStates';
import type { StoredCredential } from './Credentials';
import { endOf, lastDayIsOver } from './problems';
import type { ConnectionDefinition, CredentialName } from './types';

/** A secret that ends within this time is said to expire. */
const EXPIRING_MS = 14 * 24 * 3_600_000;

export interface Described
  extends Pick<
    Connection,
    | 'id'
    | 'title'
    | 'site'
    | 'origin'
    | 'madeBy'
    | 'madeAt'
    | 'owner'
    | 'purposes'
    | 'methods'
    | 'organization'
    | 'userGroup'
    | 'endedAt'
    | 'cadence'
  > {}

/** A connection in the words of the contract, apart from what its syncs say. */
export function describeConnection(
  definition: ConnectionDefinition,
  stored: readonly StoredCredential[],
  now: Date,
): Described {
  const { id, title, site, origin, madeBy, madeAt, owner, purposes } =
    definition;
  const credential = (name: CredentialName, expiresAt?: string) =>
    credentialState(definition, name, { expiresAt, stored, now });
  return {
    id,
    title,
    site,
    origin,
    madeBy,
    madeAt,
    owner,
    purposes,
    methods: definition.methods.map(({ expiresAt, ...method }) => ({
      ...method,
      credential: credential(method.method, expiresAt),
    })),
    organization: definition.organization && {
      id: definition.organization.id,
      credential: credential('organization', definition.organization.expiresAt),
    },
    userGroup: definition.userGroup,
    endedAt: definition.ended?.at,
    cadence: Object.fromEntries(
      Object.entries(definition.cadence).map(([name, every]) => [
        name,
        Duration.fromObject(every).as('seconds'),
      ]),
    ),
  };
}

/** Whether a person must connect it again. */
export function needsReconnect({ methods }: Pick<Described, 'methods'>) {
  return methods.some(
    ({ method, credential }) =>
      credential.state === 'reconnect' ||
      (method === 'oauth' && credential.state === 'missing'),
  );
}

/** Why a method that has a credential cannot use it: the key that seals it is gone. */
export function lostKeyReason({
  methods,
}: Pick<Described, 'methods'>): Problem | undefined {
  const lost = methods.find(
    ({ credential }) =>
      credential.state === 'missing' && credential.sealedWith !== undefined,
  );
  return (
    lost && {
      code: 'no-credential',
      text: `The credential is sealed with the key '${lost.credential.sealedWith}', which confluenceCompliance.secrets.keys does not have`,
      cure: 'Add the key again, or enter the credential anew: nothing is read until then.',
    }
  );
}

function credentialState(
  { id, origin }: ConnectionDefinition,
  name: CredentialName,
  {
    expiresAt,
    stored,
    now,
  }: { expiresAt?: string; stored: readonly StoredCredential[]; now: Date },
): CredentialState {
  const row = stored.find(
    candidate => candidate.connection === id && candidate.name === name,
  );
  const facts = {
    // Still on its last day, so that whoever takes the day from it gets the same one.
    ...(expiresAt && {
      expiresAt: new Date(endOf(expiresAt) - 1).toISOString(),
    }),
    ...(row && { changedAt: row.changedAt, sealedWith: row.keyId }),
  };
  const configured = origin === 'config' && name !== 'oauth';
  if (!row && !configured) {
    return { ...facts, state: 'missing' };
  }
  if (row?.state === 'reconnect') {
    return { ...facts, state: 'reconnect' };
  }
  if (row?.isLost) {
    return { ...facts, state: 'missing' };
  }
  if (expiresAt && lastDayIsOver(expiresAt, now)) {
    return { ...facts, state: 'expired' };
  }
  const soon = expiresAt && endOf(expiresAt) - now.getTime() < EXPIRING_MS;
  return { ...facts, state: soon ? 'expiring' : 'stored' };
}

/** One row per dataset that was tried or read. */
export function describeCapabilities(
  known: Record<string, KnownCapability>,
  {
    required,
    checksOf,
  }: {
    required: ReadonlySet<string>;
    checksOf(dataset: DatasetName): string[];
  },
): Capability[] {
  return datasetNames
    .filter(dataset => known[dataset])
    .map(dataset => ({
      dataset,
      ...known[dataset],
      required: required.has(dataset),
      checks: checksOf(dataset),
    }));
}
