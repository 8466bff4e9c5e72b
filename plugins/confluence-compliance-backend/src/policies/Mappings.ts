// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { policyPageRuleSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import {
  type ComplianceConfig,
  DOCUMENTS,
  type PageRule,
  type PolicyConfig,
} from '../config';
import type { Connected } from '../connections';
import { migrateDatabase } from '../database';
import { databaseTime, type History, type Lookups } from '../history';
import { newSalt, saltedHash } from '../ledger';
import { frameworkDocuments } from './frameworkDocuments';

const TABLE = 'policy_mappings';

/** Which page a policy has and whom it concerns, as somebody chose it in the portal. */
export type Mapping = Pick<
  PolicyConfig,
  'connection' | 'page' | 'acknowledgedBy'
>;

interface Row {
  policy: string;
  connection: string;
  /** JSON of `PageRule`. */
  page: string;
  /** JSON of refs of groups; null: it concerns nobody. */
  acknowledged_by: string | null;
  salt: string;
  mapped_by: string;
  mapped_at: string;
}

export interface MappingsOptions {
  config: Pick<
    ComplianceConfig,
    'frameworks' | 'policies' | 'documentsNotNeeded' | 'policyStructure'
  >;
  database: DatabaseService;
  history: Pick<History, 'change' | 'head' | 'ledger'>;
  lookups: Pick<Lookups, 'space'>;
  /** The connections there are. */
  connections: () => Pick<Connected, 'id' | 'purposes'>[];
}

/** The pages of documents of frameworks that somebody chose in the portal. */
export class Mappings {
  readonly #options: MappingsOptions;
  readonly #knex: Knex;

  static async create(options: MappingsOptions): Promise<Mappings> {
    return new Mappings(options, await migrateDatabase(options.database));
  }

  private constructor(options: MappingsOptions, knex: Knex) {
    this.#options = options;
    this.#knex = knex;
  }

  /** Those of documents that are asked for and of connections that are read, in the order of documents. */
  async list(): Promise<PolicyConfig[]> {
    const { policyStructure: structure } = this.#options.config;
    const connections = this.#connections();
    const rows: Row[] = await this.#knex(TABLE).whereIn(
      'policy',
      DOCUMENTS.map(({ id }) => id),
    );
    return this.#documents().flatMap(({ id, title }) => {
      const row = rows.find(({ policy }) => policy === id);
      return row && connections.includes(row.connection)
        ? [
            {
              id,
              title,
              connection: row.connection,
              page: policyPageRuleSchema.parse(JSON.parse(row.page)),
              fulfils: [id],
              ...(structure && { structure }),
              ...(row.acknowledged_by !== null && {
                acknowledgedBy: JSON.parse(row.acknowledged_by) as string[],
              }),
            },
          ]
        : [];
    });
  }

  /** Labels by which pages are found. */
  async labels(): Promise<string[]> {
    return (await this.list()).flatMap(({ page }) =>
      page.by === 'label' ? [page.label] : [],
    );
  }

  /**
   * Maps a document to a page, or to another one. Throws a NotFoundError for what is no document of
   * the chosen frameworks, a ConflictError where the configuration has it, an InputError for a
   * connection that reads no policies and a space that is not seen.
   */
  async map(id: string, mapping: Mapping, actor: string): Promise<void> {
    this.#refuseConfigured(id);
    if (!this.#documents().some(document => document.id === id)) {
      throw new NotFoundError(
        `There is no document '${id}' that the chosen frameworks ask for: see confluenceCompliance.policies.frameworks and documentsNotNeeded`,
      );
    }
    await this.check(mapping);
    const { connection, acknowledgedBy = [] } = mapping;
    const page = JSON.stringify(mapping.page);
    const salt = newSalt();
    await this.#record(async tx => {
      await tx(TABLE)
        .insert({
          policy: id,
          connection,
          page,
          acknowledged_by:
            acknowledgedBy.length > 0 ? JSON.stringify(acknowledgedBy) : null,
          salt,
          mapped_by: actor,
          mapped_at: await databaseTime(tx),
        })
        .onConflict('policy')
        .merge();
      await this.#options.history.ledger.append(tx, {
        kind: 'policy.mapped',
        actor,
        subject: id,
        payload: {
          connection,
          by: mapping.page.by,
          ...(mapping.page.by === 'id' && { pageId: mapping.page.id }),
          // Titles and labels are what somebody wrote.
          pageHash: saltedHash(salt, page),
          ...(acknowledgedBy.length > 0 && { acknowledgedBy }),
        },
      });
    });
  }

  /** Takes a mapping off. Throws a NotFoundError where there is none, a ConflictError as `map` does. */
  async unmap(id: string, actor: string): Promise<void> {
    await this.#record(async tx => {
      // One that the configuration outweighs can be cleared away.
      if ((await tx(TABLE).where({ policy: id }).delete()) === 0) {
        this.#refuseConfigured(id);
        throw new NotFoundError(`No page was chosen for '${id}' in the portal`);
      }
      await this.#options.history.ledger.append(tx, {
        kind: 'policy.unmapped',
        actor,
        subject: id,
        payload: {},
      });
    });
  }

  /** Throws an InputError for a connection that reads no policies and a space that is not seen. */
  async check({ connection, page }: Mapping): Promise<void> {
    const connections = this.#connections();
    if (!connections.includes(connection)) {
      throw new InputError(
        `connection: there is no connection '${connection}' that is used for policy, use one of ${connections.join(
          ', ',
        )}`,
      );
    }
    if (page.by === 'title') {
      await this.#checkSpace(connection, page);
    }
  }

  /** Deletes the mappings of a connection whose history goes. */
  async forget(connection: string): Promise<void> {
    await this.#knex(TABLE).where({ connection }).delete();
  }

  async #checkSpace(
    connection: string,
    { space }: Extract<PageRule, { by: 'title' }>,
  ): Promise<void> {
    const { history, lookups } = this.#options;
    const revision = await history.head();
    const found = await lookups.space(connection, space, revision);
    if (!found?.stands) {
      throw new InputError(
        `page.space: the connection '${connection}' sees no space '${space}', use the key of one that it sees`,
      );
    }
  }

  #connections(): string[] {
    return this.#options
      .connections()
      .filter(({ purposes }) => purposes.includes('policy'))
      .map(({ id }) => id);
  }

  #documents() {
    return frameworkDocuments(this.#options.config);
  }

  #refuseConfigured(id: string): void {
    const { policies } = this.#options.config;
    const place = policies.findIndex(policy => isNamed(policy, id));
    if (place >= 0) {
      const key = policies[place].id === id ? 'page' : 'fulfils';
      throw new ConflictError(
        `The configuration names '${id}' in confluenceCompliance.policies.required[${place}].${key}, which wins: change it there`,
      );
    }
  }

  async #record(record: (tx: Knex.Transaction) => Promise<void>) {
    await this.#options.history.change({ record }, async () => {});
  }
}

/** Whether a policy of the configuration is the one of this id, or is that document. */
export function isNamed(
  policy: Pick<PolicyConfig, 'id' | 'fulfils'>,
  id: string,
): boolean {
  return policy.id === id || (policy.fulfils ?? []).includes(id);
}
