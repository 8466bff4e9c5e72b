// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { accessRuleSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import type { CriticalSystemConfig } from '../config';
import { migrateDatabase } from '../database';
import { databaseTime, type History } from '../history';
import { sha256 } from '../ledger';

interface Row {
  connection: string;
  /** Key; empty for the site. */
  space: string;
  owner: string | null;
  review_every: string;
  /** JSON of `AccessRule`. */
  rule: string;
  marked_by: string;
  marked_at: string;
}

const TABLE = 'critical_systems';

/** A site, or a space by its key. */
export type MarkedPlace = Pick<CriticalSystemConfig, 'connection' | 'space'>;

export interface MarkingsOptions {
  database: DatabaseService;
  history: Pick<History, 'change' | 'ledger'>;
}

/** The sites and spaces that somebody marked as critical in the portal. */
export class Markings {
  readonly #knex: Knex;
  readonly #history: MarkingsOptions['history'];

  static async create(options: MarkingsOptions): Promise<Markings> {
    return new Markings(
      await migrateDatabase(options.database),
      options.history,
    );
  }

  private constructor(knex: Knex, history: MarkingsOptions['history']) {
    this.#knex = knex;
    this.#history = history;
  }

  /** All of them, by connection and key. */
  async list(): Promise<CriticalSystemConfig[]> {
    const rows: Row[] = await this.#knex(TABLE)
      .orderBy('connection')
      .orderBy('space');
    return rows.map(row => ({
      connection: row.connection,
      ...(row.space !== '' && { space: row.space }),
      ...(row.owner !== null && { owner: row.owner }),
      reviewEvery: row.review_every,
      rule: accessRuleSchema.parse(JSON.parse(row.rule)),
    }));
  }

  /** Marks a system, or changes how it is marked; `ref` names it in the ledger. */
  async mark(
    system: CriticalSystemConfig,
    ref: string,
    actor: string,
  ): Promise<void> {
    const rule = JSON.stringify(system.rule);
    await this.#record(async tx => {
      await tx(TABLE)
        .insert({
          ...placeOf(system),
          owner: system.owner ?? null,
          review_every: system.reviewEvery,
          rule,
          marked_by: actor,
          marked_at: await databaseTime(tx),
        })
        .onConflict(['connection', 'space'])
        .merge();
      await this.#history.ledger.append(tx, {
        kind: 'critical-system.marked',
        actor,
        subject: ref,
        payload: {
          connection: system.connection,
          ...(system.owner !== undefined && { owner: system.owner }),
          reviewEvery: system.reviewEvery,
          rule: system.rule.kind,
          // Groups have the names that somebody gave them.
          ruleHash: sha256(rule),
        },
      });
    });
  }

  /** Takes a mark away. Throws a NotFoundError where there is none. */
  async unmark(place: MarkedPlace, ref: string, actor: string): Promise<void> {
    await this.#record(async tx => {
      if ((await tx(TABLE).where(placeOf(place)).delete()) === 0) {
        throw new NotFoundError(`${ref} is not marked as a critical system`);
      }
      await this.#history.ledger.append(tx, {
        kind: 'critical-system.unmarked',
        actor,
        subject: ref,
        payload: { connection: place.connection },
      });
    });
  }

  /** Deletes the marks of a connection whose history goes. */
  async forget(connection: string): Promise<void> {
    await this.#knex(TABLE).where({ connection }).delete();
  }

  async #record(record: (tx: Knex.Transaction) => Promise<void>) {
    await this.#history.change({ record }, async () => {});
  }
}

function placeOf({ connection, space = '' }: MarkedPlace) {
  return { connection, space };
}
