// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type {
  DatasetName,
  Purpose,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { HumanDuration } from '@backstage/types';
import type { z } from 'zod';
import type { methodSchema } from './connections';
import type { ExceptionsConfig } from './exceptions';
import type { FindingsConfig } from './findings';
import type { FrameworkId } from './frameworks';
import { mistake, oneLine } from './mistakes';
import type { CatalogSourceConfig, FileSourceConfig } from './people';
import { PolicyConfig, readPolicies } from './policies';
import type { StructureRule } from './policyStructure';
import type { RetentionConfig } from './retention';
import { readReviews, type ReviewsConfig } from './reviews';
import { configurationSchema } from './schema';
import type { oauthSchema, SealingKey } from './secrets';
import { readSites } from './sites';
import { CriticalSystemConfig, readCriticalSystems } from './systems';

/** How a connection proves itself to Atlassian, with its secret. */
export type AuthConfig = z.output<typeof methodSchema>;

/** One Confluence site from the configuration. */
export interface ConnectionConfig {
  id: string;
  title: string;
  /** Origin of the site, without a trailing slash. */
  site: string;
  owner?: string;
  purposes: Purpose[];
  /** Name of the group that holds its licensed population. */
  userGroup?: string;
  /** Each method at most once. */
  auth: AuthConfig[];
  organization?: { id: string; apiKey: string; expiresAt?: string };
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
      | 'directory'
    >
  | 'pagesFull';

/** What is configured of one check. */
export interface CheckConfig {
  /** How often it runs on its own. Default as all checks. */
  schedule?: HumanDuration;
  /** The check itself knows which ones it has. */
  [parameter: string]: unknown;
}

export interface ComplianceConfig {
  atlassian: { authUrl: string; apiUrl: string };
  /** Hosts that a connection may point to. */
  allowedSites: string[];
  /** Seal credentials; the first one seals, all of them open. */
  sealingKeys: SealingKey[];
  /** The OAuth app, and where Atlassian sends people back to. */
  oauth?: { clientId: string; clientSecret: string; callbackUrl: string };
  connections: ConnectionConfig[];
  /** Labels whose pages are read whole on every run: those the catalog shows and those policies name. */
  labels: string[];
  /** Whether every page is a subject of the changes feed, or only labelled ones. */
  pageSubjects: 'labelled' | 'all';
  /** Where personnel records come from. */
  people: Array<CatalogSourceConfig | FileSourceConfig>;
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
    /** How often checks run on their own that have no schedule, besides after each publish. */
    checks: HumanDuration;
    /** How often personnel sources are read. */
    people: HumanDuration;
  };
  /** Schedules and parameters by check id. */
  checks: Record<string, CheckConfig>;
  /** Where the catalog module puts its entities, and which pages become one: needed to link to them. */
  catalog: {
    namespace: string;
    accounts: 'user' | 'resource' | 'none';
    labels: string[];
  };
  /** Besides the sites that are critical by themselves. */
  criticalSystems: CriticalSystemConfig[];
  policies: PolicyConfig[];
  /** What is looked for in the text of every policy; nothing where it is absent. */
  policyStructure?: StructureRule;
  /** The frameworks whose controls are shown and whose documents are asked for. */
  frameworks: FrameworkId[];
  /** Ids of documents of frameworks that this organization does without, or keeps elsewhere. Default none. */
  documentsNotNeeded?: string[];
  retention: RetentionConfig;
  exceptions: ExceptionsConfig;
  findings: FindingsConfig;
  reviews: ReviewsConfig;
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
  const { catalog, connections, atlassian, allowedSites, secrets, ...rest } =
    parsed.data;
  const policies = readPolicies(rest.policies, connections);
  const sites = readSites({ connections, atlassian, allowedSites });
  return {
    ...rest,
    allowedSites,
    sealingKeys: secrets.keys,
    oauth: readOAuth(rest.oauth, connections, rootConfig),
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
    reviews: readReviews(rest.reviews, connections),
    policies,
    policyStructure: rest.policies.structure,
    frameworks: rest.policies.frameworks,
    documentsNotNeeded: rest.policies.documentsNotNeeded,
  };
}

/** Where Atlassian sends people back to, below the address of the portal. */
const CALLBACK_PATH = '/confluence-compliance/connections/authorized';

function readOAuth(
  oauth: z.output<typeof oauthSchema>,
  connections: ReadonlyArray<{ auth: AuthConfig[] }>,
  rootConfig: Config,
): ComplianceConfig['oauth'] {
  if (!oauth) {
    connections.forEach(({ auth }, index) => {
      const place = auth.findIndex(({ method }) => method === 'oauth');
      if (place >= 0) {
        throw mistake(
          ['connections', index, 'auth', place, 'method'],
          'needs an OAuth app: add confluenceCompliance.oauth with its clientId and clientSecret',
        );
      }
    });
    return undefined;
  }
  const base = rootConfig.getOptionalString('app.baseUrl');
  const callbackUrl =
    oauth.callbackUrl ?? (base && base.replace(/\/+$/, '') + CALLBACK_PATH);
  if (!callbackUrl) {
    throw mistake(
      ['oauth', 'callbackUrl'],
      'is missing: set it, or app.baseUrl that it is made of',
    );
  }
  return { ...oauth, callbackUrl };
}

function labelsOf(policies: PolicyConfig[]): string[] {
  return policies.flatMap(({ page }) =>
    page.by === 'label' ? [page.label] : [],
  );
}
