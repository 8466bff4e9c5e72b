// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Acknowledgement } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import type { ApprovedPage } from './ApprovalRows';

/** What counts as an acknowledgement of a page: of this version or a later one, and no older. */
export interface Counted extends ApprovedPage {
  sinceVersion: number;
  /** ISO time; what was acknowledged before has expired. */
  since: string;
}

interface Row {
  id: string;
  page_id: string;
  person: string;
  version: number;
  content_hash: string;
  acknowledged_at: string;
}

const TABLE = 'policy_acknowledgements';
const MEMBERS = 'policy_group_members';
const REMINDERS = 'policy_reminders';

/** The table of acknowledgements, beside the members of the groups whom policies concern. */
export class AcknowledgementRows {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<AcknowledgementRows> {
    return new AcknowledgementRows(await migrateDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** How many people are in any of these groups. */
  async people(groups: string[]): Promise<number> {
    return this.#count(this.#members(groups));
  }

  /** How many of them have acknowledged a page. */
  async acknowledged(groups: string[], counted: Counted): Promise<number> {
    return this.#count(this.#members(groups).whereExists(this.#of(counted)));
  }

  /** Who has not, by ref, after one of them. */
  async missing(
    groups: string[],
    /** Absent: nothing can be acknowledged yet. */
    counted: Counted | undefined,
    { after, limit }: { after?: string; limit: number },
  ): Promise<string[]> {
    const query = this.#members(groups);
    if (counted) {
      query.whereNotExists(this.#of(counted));
    }
    if (after !== undefined) {
      query.where(`${MEMBERS}.person`, '>', after);
    }
    return query
      .distinct(`${MEMBERS}.person`)
      .orderBy(`${MEMBERS}.person`)
      .limit(limit)
      .pluck('person');
  }

  /** The newest acknowledgement of somebody that counts. */
  async ofPerson(
    counted: Counted,
    person: string,
  ): Promise<Acknowledgement | undefined> {
    const row: Row | undefined = await this.#knex(TABLE)
      .where({ ...columnsOf(counted), person })
      .where('version', '>=', counted.sinceVersion)
      .where('acknowledged_at', '>=', counted.since)
      .orderBy('acknowledged_at', 'desc')
      .first();
    return row && toAcknowledgement(row);
  }

  async insert(
    tx: Knex.Transaction,
    page: ApprovedPage,
    { id, version, contentHash, by, at }: Acknowledgement,
  ): Promise<void> {
    await tx(TABLE).insert({
      ...columnsOf(page),
      id,
      person: by,
      version,
      content_hash: contentHash,
      acknowledged_at: at,
    });
  }

  /** The last day on which people were reminded of a policy. */
  async remindedOn(policy: string): Promise<string | undefined> {
    const row: { day: string } | undefined = await this.#knex(REMINDERS)
      .where({ policy })
      .orderBy('day', 'desc')
      .first('day');
    return row?.day;
  }

  /** Takes the reminder of a day for oneself; false where it was taken already. */
  async takeReminder(policy: string, day: string): Promise<boolean> {
    const taken = await this.#knex(REMINDERS)
      .insert({ policy, day })
      .onConflict(['policy', 'day'])
      .ignore()
      .returning('day');
    if (taken.length > 0) {
      await this.#knex(REMINDERS)
        .where({ policy })
        .where('day', '<', day)
        .delete();
    }
    return taken.length > 0;
  }

  /** Gives the reminder of a day back that reached nobody. */
  async giveBackReminder(policy: string, day: string): Promise<void> {
    await this.#knex(REMINDERS).where({ policy, day }).delete();
  }

  #members(groups: string[]): Knex.QueryBuilder {
    return this.#knex(MEMBERS).whereIn(`${MEMBERS}.group_ref`, groups);
  }

  async #count(query: Knex.QueryBuilder): Promise<number> {
    const [{ people }] = await query.countDistinct({
      people: `${MEMBERS}.person`,
    });
    return Number(people);
  }

  #of(counted: Counted): Knex.QueryBuilder {
    return this.#knex(TABLE)
      .where(columnsOf(counted))
      .whereRaw(`${TABLE}.person = ${MEMBERS}.person`)
      .where('version', '>=', counted.sinceVersion)
      .where('acknowledged_at', '>=', counted.since)
      .select(this.#knex.raw('1'));
  }
}

function columnsOf({ policy, connection, pageId }: ApprovedPage) {
  return { policy, connection, page_id: pageId };
}

function toAcknowledgement(row: Row): Acknowledgement {
  return {
    id: row.id,
    pageId: row.page_id,
    version: row.version,
    contentHash: row.content_hash,
    by: row.person,
    at: row.acknowledged_at,
  };
}
