// SPDX-License-Identifier: Apache-2.0
import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  RootConfigService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import {
  CompoundEntityRef,
  DEFAULT_NAMESPACE,
  KubernetesValidatorFunctions,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError, toError } from '@backstage/errors';
import { HumanDuration } from '@backstage/types';

const root = 'confluenceCompliance.catalog';

/** Which names pass: any of `include`, none of `exclude`. */
export interface NameFilter {
  include?: string[];
  exclude?: string[];
}

/** What a ceiling is set for. */
export type CeilingKey = 'users' | 'groups' | 'spaces' | 'pages';

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

/** The keys that exist. A schedule is checked by Backstage's own reader. */
const KEYS = [
  'owner',
  'namespace',
  'accounts',
  'pages',
  'groups',
  'spaces',
  'personalSpaces',
  'ceilings',
  'schedule',
  'reconcile',
];
const KEYS_BELOW: Record<string, string[]> = {
  pages: ['labels', 'all'],
  groups: ['include', 'exclude'],
  spaces: ['include', 'exclude'],
  ceilings: ['users', 'groups', 'spaces', 'pages'],
};

/** Throws an error of one line that names the key and the cure. */
export function readCatalogOptions(config: RootConfigService): CatalogOptions {
  const catalog = config.getOptionalConfig(root);
  refuseUnknownKeys(catalog);
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
    schedule: readSchedule(catalog),
    reconcile: readReconcile(catalog),
  };
}

/** A misspelt `exclude` would otherwise show what it was to leave out. */
function refuseUnknownKeys(catalog: Config | undefined): void {
  refuseOthers(catalog, '', KEYS);
  for (const [key, known] of Object.entries(KEYS_BELOW)) {
    refuseOthers(catalog?.getOptionalConfig(key), `${key}.`, known);
  }
}

function refuseOthers(
  block: Config | undefined,
  prefix: string,
  known: string[],
): void {
  const unknown = block?.keys().find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `Unknown config '${root}.${prefix}${unknown}': use one of ${known.join(
        ', ',
      )}`,
    );
  }
}

function readSchedule(
  catalog: Config | undefined,
): SchedulerServiceTaskScheduleDefinition {
  const config = catalog?.getOptionalConfig('schedule');
  if (!config) {
    return {
      frequency: { seconds: 30 },
      timeout: { minutes: 3 },
      initialDelay: { seconds: 5 },
    };
  }
  try {
    return readSchedulerServiceTaskScheduleDefinitionFromConfig(config);
  } catch (error) {
    throw invalid('schedule', error);
  }
}

function readReconcile(catalog: Config | undefined): HumanDuration {
  if (!catalog?.has('reconcile')) {
    return { hours: 24 };
  }
  try {
    return readDurationFromConfig(catalog, { key: 'reconcile' });
  } catch (error) {
    throw invalid('reconcile', error);
  }
}

/** The readers of Backstage name the last part of the key only. */
function invalid(key: string, error: unknown): InputError {
  const why = toError(error).message.replace(/\s+/g, ' ');
  return new InputError(`Invalid config '${root}.${key}': ${why}`);
}

function readOwner(catalog: Config | undefined): string {
  const owner = catalog?.getOptionalString('owner');
  if (!owner) {
    throw new InputError(
      `Missing config '${root}.owner': name the entity that owns what comes from Confluence, such as group:default/security`,
    );
  }
  const ref = parseOwner(owner);
  if (!ref) {
    throw new InputError(
      `Invalid config '${root}.owner': '${owner}' is not an entity ref, such as group:default/security`,
    );
  }
  return stringifyEntityRef(ref);
}

function parseOwner(owner: string): CompoundEntityRef | undefined {
  try {
    const ref = parseEntityRef(owner, {
      defaultKind: 'group',
      defaultNamespace: DEFAULT_NAMESPACE,
    });
    const isValid =
      KubernetesValidatorFunctions.isValidKind(ref.kind) &&
      KubernetesValidatorFunctions.isValidNamespace(ref.namespace) &&
      KubernetesValidatorFunctions.isValidObjectName(ref.name);
    return isValid ? ref : undefined;
  } catch {
    return undefined;
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
