// SPDX-License-Identifier: Apache-2.0
import { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { SubjectKind } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceAnnotations as names } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { subjectOf } from './refs';

/** A site as far as other entities need it. */
export interface KnownSite {
  name: string;
  url: string;
  /** What its ceiling annotation says. */
  ceilings: string;
}

/** What the catalog holds of ours. */
export interface Held {
  ref: string;
  kind: SubjectKind;
  connection: string;
}

/**
 * Which of our entities there are: those the catalog shows, and those we emitted and it has not
 * processed yet.
 */
export class CatalogView {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #kinds = new Map<string, SubjectKind>();
  readonly #counts = new Map<SubjectKind, number>();
  readonly sites = new Map<string, KnownSite>();

  constructor(deps: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = deps.catalog;
    this.#auth = deps.auth;
  }

  has(ref: string): boolean {
    return this.#kinds.has(ref);
  }

  count(kind: SubjectKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  add(ref: string, kind: SubjectKind): void {
    this.delete(ref);
    this.#kinds.set(ref, kind);
    this.#counts.set(kind, this.count(kind) + 1);
  }

  /** Returns whether it was there. */
  delete(ref: string): boolean {
    const kind = this.#kinds.get(ref);
    if (!kind) {
      return false;
    }
    this.#kinds.delete(ref);
    this.#counts.set(kind, this.count(kind) - 1);
    return true;
  }

  /** Forgets everything; the next `load` finds what the catalog has. */
  reset(): void {
    this.#kinds.clear();
    this.#counts.clear();
    this.sites.clear();
  }

  /** Learns what other replicas emitted and what stood before this start. */
  async load(signal: AbortSignal): Promise<void> {
    for await (const { entity, ref, kind, connection } of this.#stream(
      signal,
    )) {
      this.add(ref, kind);
      if (kind === 'site' && !this.sites.has(connection)) {
        const annotations = entity.metadata.annotations ?? {};
        this.sites.set(connection, {
          name: entity.metadata.name,
          url: annotations[names.site] ?? '',
          ceilings: annotations[names.ceiling] ?? '',
        });
      }
    }
  }

  /** Everything the catalog holds of ours now. */
  async held(signal: AbortSignal): Promise<Held[]> {
    const held: Held[] = [];
    for await (const { ref, kind, connection } of this.#stream(signal)) {
      held.push({ ref, kind, connection });
    }
    return held;
  }

  async *#stream(
    signal: AbortSignal,
  ): AsyncGenerator<Held & { entity: Entity }> {
    const pages = this.#catalog.streamEntities(
      {
        filter: {
          [`metadata.annotations.${names.connection}`]: CATALOG_FILTER_EXISTS,
        },
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal.throwIfAborted();
      for (const entity of page) {
        const subject = subjectOf(entity);
        if (subject) {
          yield { entity, ref: stringifyEntityRef(entity), ...subject };
        }
      }
    }
  }
}
