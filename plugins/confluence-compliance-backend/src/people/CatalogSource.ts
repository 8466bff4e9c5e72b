// SPDX-License-Identifier: Apache-2.0
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { confluenceAnnotations } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ComplianceConfig } from '../config';
import { parseDate, PersonFacts } from './employment';
import { employmentTypeOf } from './record';

const STATUS = 'atlassian.net/employment-status';
const START = 'atlassian.net/employment-start';
const END = 'atlassian.net/employment-end';
const MANAGER = 'atlassian.net/manager';
const EMPLOYMENT_TYPE = 'atlassian.net/employment-type';
const ORPHAN = 'backstage.io/orphan';

/** Annotations that only the catalog module of this plugin writes. */
const MIRROR_SIGNS = [
  confluenceAnnotations.connection,
  confluenceAnnotations.person,
];

const FIELDS = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.annotations',
  'metadata.title',
  'spec.profile',
  'spec.manager',
];

/** One record of a personnel source. */
export interface PersonRecord {
  /** Entity ref, the key of the person in this source. */
  ref: string;
  name?: string;
  email?: string;
  facts: PersonFacts;
}

/** Reads people from the catalog's own `User` entities, never from our mirrors of accounts. */
export class CatalogSource {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #config: Pick<ComplianceConfig, 'people' | 'catalog'>;
  readonly #logger: LoggerService;
  readonly #logged = new Set<string>();

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    config: Pick<ComplianceConfig, 'people' | 'catalog'>;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  /** Says which people a read covers; another scope must not make anybody absent. */
  get scope(): string {
    return JSON.stringify({
      filters: this.#filters,
      mirrors: this.#config.catalog.namespace,
    });
  }

  get #filters() {
    return this.#config.people.flatMap(source =>
      source.source === 'catalog' ? [source.filter] : [],
    );
  }

  /** All people, page by page. Throws when the catalog cannot be read. */
  async *read(signal: AbortSignal): AsyncIterable<PersonRecord[]> {
    if (this.#filters.length === 0) {
      return;
    }
    const pages = this.#catalog.streamEntities(
      {
        filter: this.#filters.map(filter => ({
          ...filter,
          kind: 'User',
        })),
        fields: FIELDS,
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal.throwIfAborted();
      yield page
        .filter(entity => this.#isPerson(entity))
        .map(entity => this.#toRecord(entity));
    }
  }

  #isPerson(entity: Entity): boolean {
    const annotations = entity.metadata.annotations ?? {};
    const isMirror =
      sameText(
        entity.metadata.namespace ?? 'default',
        this.#config.catalog.namespace,
      ) ||
      [ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION].some(key =>
        annotations[key]?.startsWith('confluence:'),
      ) ||
      MIRROR_SIGNS.some(key => key in annotations);
    // The catalog keeps an orphan although its own source does not know it any more.
    return !isMirror && annotations[ORPHAN] !== 'true';
  }

  #toRecord(entity: Entity): PersonRecord {
    const ref = stringifyEntityRef(entity);
    const annotations = entity.metadata.annotations ?? {};
    const profile = asObject(entity.spec?.profile);
    return {
      ref,
      name: asText(profile?.displayName) ?? entity.metadata.title,
      email: asText(profile?.email)?.trim(),
      facts: {
        departed: this.#departed(ref, annotations[STATUS]),
        startDate: this.#date(ref, START, annotations[START]),
        endDate: this.#date(ref, END, annotations[END]),
        managerRef: this.#manager(
          ref,
          asText(entity.spec?.manager) ?? annotations[MANAGER],
        ),
        employmentType: employmentTypeOf(annotations[EMPLOYMENT_TYPE]),
        accountIds: accountIdsOf(annotations[confluenceAnnotations.accountId]),
      },
    };
  }

  #departed(ref: string, value: string | undefined): boolean {
    const status = value?.trim().toLowerCase();
    if (status && !['departed', 'employed', 'active'].includes(status)) {
      this.#logOnce(ref, STATUS, 'is not a known status');
    }
    return status === 'departed';
  }

  #date(ref: string, annotation: string, value: string | undefined) {
    if (!value?.trim()) {
      return null;
    }
    const parsed = parseDate(value);
    if (!parsed) {
      this.#logOnce(ref, annotation, 'is not an ISO date');
    }
    return parsed ?? null;
  }

  #manager(ref: string, value: string | undefined) {
    if (!value?.trim()) {
      return null;
    }
    try {
      return stringifyEntityRef(
        parseEntityRef(value.trim(), {
          defaultKind: 'user',
          defaultNamespace: 'default',
        }),
      );
    } catch {
      this.#logOnce(ref, MANAGER, 'is not an entity ref');
      return null;
    }
  }

  #logOnce(ref: string, annotation: string, what: string) {
    const message = `Annotation ${annotation} of ${ref} ${what} and is ignored`;
    if (!this.#logged.has(message)) {
      this.#logged.add(message);
      this.#logger.warn(message);
    }
  }
}

function accountIdsOf(value: string | undefined): string[] {
  const ids = (value ?? '').split(',').map(id => id.trim());
  return [...new Set(ids.filter(Boolean))].sort();
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : undefined;
}
