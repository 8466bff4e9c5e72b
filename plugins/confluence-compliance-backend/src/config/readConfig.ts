// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type {
  DatasetName,
  Purpose,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { HumanDuration } from '@backstage/types';
import { oneLine } from './mistakes';
import { PolicyConfig, readPolicies } from './policies';
import { configurationSchema } from './schema';
import { readSites } from './sites';
import { CriticalSystemConfig, readCriticalSystems } from './systems';

/** How a connection proves itself to Atlassian. */
export type AuthConfig = { purposes?: Purpose[] } & (
  | { method: 'api-token'; email: string; token: string }
  | {
      method: 'service-account';
      clientId: string;
      clientSecret: string;
      cloudId?: string;
    }
);

/** One Confluence site from the configuration. */
export interface ConnectionConfig {
  id: string;
  title: string;
  /** Origin of the site, without a trailing slash. */
  site: string;
  owner?: string;
  purposes: Purpose[];
  auth: AuthConfig[];
  /** Per dataset; `pagesFull` is the cadence of whole reads of pages. */
  cadence: Record<Cadence, HumanDuration>;
}

export type Cadence =
  | Extract<
      DatasetName,
      | 'accounts'
      | 'groups'
      | 'memberships'
      | 'spaces'
      | 'grants'
      | 'labels'
      | 'pages'
    >
  | 'pagesFull';

/** Where personnel records come from. */
export interface PeopleSourceConfig {
  source: 'catalog';
  /** Filter of the catalog API; by default the entities of namespace `default`. */
  filter: Record<string, string | string[]>;
}

export interface ComplianceConfig {
  atlassian: { authUrl: string; apiUrl: string };
  connections: ConnectionConfig[];
  /** Labels whose pages are read whole on every run: those the catalog shows and those policies name. */
  labels: string[];
  /** Whether every page is a subject of the changes feed, or only labelled ones. */
  pageSubjects: 'labelled' | 'all';
  people: PeopleSourceConfig[];
  /** Service principals that may read the changes feed, such as `plugin:catalog`. */
  services: Array<{ subject: string; permissions: string[] }>;
  permissionsEnabled: boolean;
  allowWithoutPermissions: boolean;
  schedule: {
    /** How often due work is looked for. */
    every: HumanDuration;
    /** How long one slice of work may take, and when it is aborted. */
    slice: HumanDuration;
    timeout: HumanDuration;
    /** How often the checks run on their own, besides after each publish. */
    checks: HumanDuration;
    /** How often personnel sources are read. */
    people: HumanDuration;
  };
  /** Parameters by check id. */
  checks: Record<string, Record<string, unknown>>;
  /** Where the catalog module puts its entities, and which pages become one: needed to link to them. */
  catalog: {
    namespace: string;
    accounts: 'user' | 'resource' | 'none';
    labels: string[];
  };
  /** Besides the sites that are critical by themselves. */
  criticalSystems: CriticalSystemConfig[];
  policies: PolicyConfig[];
}

/**
 * Reads the configuration of the plugin once.
 *
 * @throws an `InputError` of one line that names the first wrong key and its cure; it never
 * contains a value of the configuration that could be a secret.
 */
export function readConfig(rootConfig: Config): ComplianceConfig {
  const parsed = configurationSchema.safeParse(
    rootConfig.getOptional('confluenceCompliance') ?? {},
  );
  if (!parsed.success) {
    throw oneLine(parsed.error);
  }
  const { catalog, connections, atlassian, allowedSites, ...rest } =
    parsed.data;
  const policies = readPolicies(rest.policies, connections);
  const sites = readSites({ connections, atlassian, allowedSites });
  return {
    ...rest,
    atlassian: sites.atlassian,
    connections: connections.map((connection, index) => ({
      ...connection,
      site: sites.connections[index],
      title: connection.title ?? connection.id,
    })),
    labels: [...new Set([...catalog.pages.labels, ...labelsOf(policies)])],
    pageSubjects: catalog.pages.all ? 'all' : 'labelled',
    permissionsEnabled:
      rootConfig.getOptionalBoolean('permission.enabled') ?? false,
    catalog: {
      namespace: catalog.namespace,
      accounts: catalog.accounts,
      labels: [...new Set(catalog.pages.labels)],
    },
    criticalSystems: readCriticalSystems(rest.criticalSystems, connections),
    policies,
  };
}

function labelsOf(policies: PolicyConfig[]): string[] {
  return policies.flatMap(({ page }) =>
    page.by === 'label' ? [page.label] : [],
  );
}
