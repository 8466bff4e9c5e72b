// SPDX-License-Identifier: Apache-2.0
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { OrganizationSource } from '../connections';
import { PEOPLE } from '../people';

/** The container of a dataset that one read covers. */
export const SITE = 'site';

/** Why nothing that only an organization says can be known. */
export const NO_ORGANIZATION = 'no-organization-key';

/** What an organization says, and in which containers. */
const OF_ORGANIZATION: Partial<Record<CheckDataset, string[]>> = {
  directory: ['all'],
  credentials: ['api-tokens', 'service-accounts'],
};

/** Where the organizations of connections stand in the history, by connection. */
export type Organizations = ReadonlyMap<string, OrganizationSource>;

/** Where the history holds a dataset of a connection. */
export interface Place {
  /** Absent for what only an organization says, where the connection has none. */
  source?: string;
  /** The containers that one read each covers. */
  keys: string[];
}

/** Where to look for a dataset of a connection. */
export function placeOf(
  dataset: CheckDataset,
  connection: string,
  organizations: Organizations,
): Place {
  const keys = OF_ORGANIZATION[dataset];
  if (keys) {
    return { source: organizations.get(connection)?.source, keys };
  }
  return dataset === 'people'
    ? { source: PEOPLE.source, keys: [PEOPLE.key] }
    : { source: connection, keys: [SITE] };
}

/** Whether a connection has an organization. */
export function hasOrganization(
  organizations: Organizations,
  connection: string,
): boolean {
  return organizations.get(connection)?.source !== undefined;
}
