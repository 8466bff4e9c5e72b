// SPDX-License-Identifier: Apache-2.0
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  KubernetesValidatorFunctions,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';

const root = 'confluenceCompliance.catalog';

/** Which names pass: any of `include`, none of `exclude`. */
export interface NameFilter {
  include?: string[];
  exclude?: string[];
}

export const ceilingKeys = ['users', 'groups', 'spaces', 'pages'] as const;

export type CeilingKey = (typeof ceilingKeys)[number];

/** What decides which entities there are and how they look. */
export interface EntityOptions {
  /** Full entity ref of the owner where nothing better is known. */
  owner: string;
  namespace: string;
  accounts: 'user' | 'resource' | 'none';
  pages: { all: boolean; labels: string[] };
  groups: NameFilter;
  spaces: NameFilter;
  personalSpaces: boolean;
  ceilings: Record<CeilingKey, number>;
}

/** The block `confluenceCompliance.catalog`. */
export interface CatalogOptions {
  entities: EntityOptions;
  schedule: SchedulerServiceTaskScheduleDefinition;
  /** How often everything is compared with the whole snapshot. */
  reconcile: HumanDuration;
}

/** Throws an error of one line that names the key and the cure. */
export function readCatalogOptions(config: RootConfigService): CatalogOptions {
  const catalog = config.getOptionalConfig(root);
  return {
    entities: {
      owner: readOwner(catalog),
      namespace: readNamespace(catalog),
      accounts: readAccounts(catalog),
      pages: {
        all: catalog?.getOptionalBoolean('pages.all') ?? false,
        labels: catalog?.getOptionalStringArray('pages.labels') ?? [],
      },
      groups: readFilter(catalog, 'groups'),
      spaces: readFilter(catalog, 'spaces'),
      personalSpaces: catalog?.getOptionalBoolean('personalSpaces') ?? false,
      ceilings: {
        users: readCeiling(catalog, 'users', 5000),
        groups: readCeiling(catalog, 'groups', 2000),
        spaces: readCeiling(catalog, 'spaces', 2000),
        pages: readCeiling(catalog, 'pages', 2000),
      },
    },
    schedule: catalog?.has('schedule')
      ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
          catalog.getConfig('schedule'),
        )
      : {
          frequency: { seconds: 30 },
          timeout: { minutes: 3 },
          initialDelay: { seconds: 5 },
        },
    reconcile: catalog?.has('reconcile')
      ? readDurationFromConfig(catalog, { key: 'reconcile' })
      : { hours: 24 },
  };
}

function readOwner(catalog: Config | undefined): string {
  const owner = catalog?.getOptionalString('owner');
  if (!owner) {
    throw new InputError(
      `Missing config '${root}.owner': name the entity that owns what comes from Confluence, such as group:default/security`,
    );
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: DEFAULT_NAMESPACE,
      }),
    );
  } catch {
    throw new InputError(
      `Invalid config '${root}.owner': '${owner}' is not an entity ref, such as group:default/security`,
    );
  }
}

function readNamespace(catalog: Config | undefined): string {
  const namespace = catalog?.getOptionalString('namespace') ?? 'confluence';
  if (!KubernetesValidatorFunctions.isValidNamespace(namespace)) {
    throw new InputError(
      `Invalid config '${root}.namespace': '${namespace}' is not a namespace; use at most 63 of a-z, 0-9 and -`,
    );
  }
  if (namespace === DEFAULT_NAMESPACE) {
    throw new InputError(
      `Invalid config '${root}.namespace': sign-in looks people up in '${DEFAULT_NAMESPACE}'; choose another, such as confluence`,
    );
  }
  return namespace;
}

function readAccounts(catalog: Config | undefined): EntityOptions['accounts'] {
  const accounts = catalog?.getOptionalString('accounts') ?? 'user';
  if (accounts !== 'user' && accounts !== 'resource' && accounts !== 'none') {
    throw new InputError(
      `Invalid config '${root}.accounts': '${accounts}' is not one of user, resource, none`,
    );
  }
  return accounts;
}

function readFilter(catalog: Config | undefined, key: string): NameFilter {
  return {
    include: catalog?.getOptionalStringArray(`${key}.include`),
    exclude: catalog?.getOptionalStringArray(`${key}.exclude`),
  };
}

function readCeiling(
  catalog: Config | undefined,
  key: CeilingKey,
  fallback: number,
): number {
  const ceiling = catalog?.getOptionalNumber(`ceilings.${key}`) ?? fallback;
  if (!Number.isInteger(ceiling) || ceiling < 0) {
    throw new InputError(
      `Invalid config '${root}.ceilings.${key}': '${ceiling}' is not a whole number of 0 or more`,
    );
  }
  return ceiling;
}
