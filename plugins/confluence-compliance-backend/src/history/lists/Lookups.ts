// SPDX-License-Identifier: Apache-2.0
import { DatabaseService } from '@backstage/backend-plugin-api';
import type {
  CheckCounts,
  PageRecord,
  Resource,
  TrendPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { migrateDatabase } from '../../database';
import type { Revision } from '../words';
import type { Organizations } from './directory';
import { CatalogOptions } from './entities';
import { countVerdicts } from './findings';
import { lastGroupNames } from './memberships';
import {
  firstRevision,
  NamedPage,
  namedPages,
  NamedSpace,
  namedSpace,
  PageName,
} from './named';
import { describePages } from './pages';
import { keyOf } from './refs';
import { describeResources, ResourceRef } from './resources';
import { SiteReach, siteReach } from './siteReach';
import { readTrend, TrendOptions } from './trend';

export interface LookupsOptions {
  database: DatabaseService;
  catalog: CatalogOptions;
  /** Where the organizations of the connections stand. Default nowhere. */
  organizations?: Organizations;
}

/** Finds and describes what configuration and results name. */
export class Lookups {
  readonly #knex: Knex;
  readonly #catalog: CatalogOptions;
  readonly #organizations: Organizations;

  static async create(options: LookupsOptions): Promise<Lookups> {
    return new Lookups(await migrateDatabase(options.database), options);
  }

  private constructor(knex: Knex, options: LookupsOptions) {
    this.#knex = knex;
    this.#catalog = options.catalog;
    this.#organizations = options.organizations ?? (async () => []);
  }

  /** The space of a key, or the last that had it. */
  async space(
    connection: string,
    key: string,
    revision: Revision,
  ): Promise<NamedSpace | undefined> {
    return namedSpace(this.#knex, connection, key, revision);
  }

  /** The pages that a name finds, whatever their status; at most a hundred. */
  async pages(
    connection: string,
    name: PageName,
    revision: Revision,
  ): Promise<NamedPage[]> {
    return namedPages(this.#knex, connection, name, revision);
  }

  /** Pages as the lists show them; one of which only a label was read is left out. */
  async describePages(
    connection: string,
    pages: NamedPage[],
    revision: Revision,
  ): Promise<PageRecord[]> {
    const rows = pages.flatMap(({ id, payload }) =>
      payload ? [{ connection, id, payload: JSON.stringify(payload) }] : [],
    );
    return describePages(this.#knex, this.#catalog, rows, revision);
  }

  /** The first revision that spoke of a space, or of anything of a site. */
  async firstRevision(
    connection: string,
    spaceId?: string,
  ): Promise<Revision | undefined> {
    return firstRevision(this.#knex, connection, spaceId);
  }

  /** Names of groups by their ids: those in force at a revision, or the last before it. */
  async groupNames(
    connection: string,
    ids: string[],
    revision: Revision,
  ): Promise<Map<string, string>> {
    return lastGroupNames(this.#knex, connection, ids, revision);
  }

  /** What a ref of a resource stands for; for each asked one that is well-formed. */
  async resources(
    refs: ResourceRef[],
    revision: Revision,
  ): Promise<(connection: string, ref: string) => Resource | undefined> {
    const found = await describeResources(
      this.#knex,
      this.#catalog,
      refs,
      revision,
    );
    return (connection, ref) => found.get(keyOf(connection, ref));
  }

  /** Active accounts that a site lists, by class. */
  async siteReach(connection: string, revision: Revision): Promise<SiteReach> {
    return siteReach(this.#knex, this.#organizations, connection, revision);
  }

  /** How many results of a check about one resource have each verdict at a revision. */
  async countAbout(
    checkId: string,
    about: { connection: string; resource: string },
    revision: Revision,
  ): Promise<CheckCounts> {
    const { connection, resource } = about;
    return countVerdicts(this.#knex, checkId, [connection], {
      resource,
      revision,
    });
  }

  /** Findings that stood at the end of each day. */
  async trend(options: TrendOptions): Promise<TrendPoint[]> {
    return readTrend(this.#knex, options);
  }
}
