// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import type { ApprovedPage } from './ApprovalRows';
import { keepOnly } from './keepOnly';

const TABLE = 'policy_editors';
/** Whom a page let edit two days ago says nothing of today. */
const OLD_MS = 48 * 60 * 60_000;

/** Whom the page itself lets edit, by its own restriction; ids only. */
export interface PageRestriction {
  restricted: boolean;
  accountIds: string[];
  groupIds: string[];
  /** Whether it names nobody else whom these credentials cannot see. */
  complete: boolean;
}

/** What is known of it. Times are ISO 8601 in UTC. */
export interface KnownEditors {
  said?: PageRestriction;
  readAt?: string;
  /** Why the last read failed: a stable code. */
  failed?: string;
  triedAt: string;
}

interface Row {
  page_id: string;
  said: string | null;
  read_at: string | null;
  failed: string | null;
  tried_at: string;
}

/** Whom the pages of policies let edit: the newest of each. */
export class EditorRows {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<EditorRows> {
    const { database, now = () => new Date() } = options;
    return new EditorRows(await migrateDatabase(database), now);
  }

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  /** Undefined where the page was not asked yet; what is too old is not said. */
  async get({
    policy,
    connection,
    pageId,
  }: ApprovedPage): Promise<KnownEditors | undefined> {
    const row: Row | undefined = await this.#knex(TABLE)
      .where({ policy, connection })
      .first();
    if (row?.page_id !== pageId) {
      return undefined;
    }
    const { said, read_at: readAt, failed } = row;
    const isOld =
      !readAt || this.#now().getTime() - Date.parse(readAt) > OLD_MS;
    return {
      ...(said && readAt && !isOld && { said: JSON.parse(said), readAt }),
      ...(failed && { failed }),
      triedAt: row.tried_at,
    };
  }

  /** Takes the place of what was known; where nothing is said, that stays with its age. */
  async put(
    { policy, connection, pageId }: ApprovedPage,
    {
      said,
      failed,
      at,
    }: { said?: PageRestriction; failed?: string; at: string },
  ): Promise<void> {
    const found = said && { said: JSON.stringify(said), read_at: at };
    const tried = { page_id: pageId, failed: failed ?? null, tried_at: at };
    const before: Row | undefined = await this.#knex(TABLE)
      .where({ policy, connection })
      .first();
    // Of another page nothing holds any more.
    const kept =
      before?.page_id === pageId ? {} : { said: null, read_at: null };
    await this.#knex(TABLE)
      .insert({ policy, connection, ...tried, ...kept, ...found })
      .onConflict(['policy', 'connection'])
      .merge();
  }

  /** Deletes what is known of policies that are not among these any more. */
  async keepOnly(policies: Parameters<typeof keepOnly>[2]): Promise<void> {
    await keepOnly(this.#knex, TABLE, policies);
  }
}
