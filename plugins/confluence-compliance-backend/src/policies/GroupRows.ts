// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';

const GROUPS = 'policy_groups';
const MEMBERS = 'policy_group_members';
const BATCH = 200;
/** Who was in a group two days ago says nothing of today. */
const OLD_MS = 48 * 60 * 60_000;
/** A catalog that is being filled again shows groups without some of their members. */
const MISSED_MS = 60 * 60_000;

interface Member {
  person: string;
  /** ISO time of the first of the reads in a row that did not find them. */
  missed_since: string | null;
}

/** What is known of a group whom policies concern. */
export interface KnownGroup {
  readAt?: string;
  /** Why its members are not known. */
  unknown?: 'not-read' | 'not-found' | 'old';
}

/** The groups whom policies concern, with their members as the catalog was last read. */
export class GroupRows {
  readonly #knex: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<GroupRows> {
    const { database, now = () => new Date() } = options;
    return new GroupRows(await migrateDatabase(database), now);
  }

  private constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  async known(group: string): Promise<KnownGroup> {
    const row: { read_at: string | null; failed: string | null } | undefined =
      await this.#knex(GROUPS).where({ group_ref: group }).first();
    if (!row?.read_at) {
      return {
        unknown: row?.failed === 'not-found' ? 'not-found' : 'not-read',
      };
    }
    const readAt = row.read_at;
    if (row.failed === 'not-found') {
      return { readAt, unknown: 'not-found' };
    }
    const age = this.#now().getTime() - Date.parse(readAt);
    return { readAt, ...(age > OLD_MS && { unknown: 'old' as const }) };
  }

  /** Whether somebody is in one of these groups. */
  async has(groups: string[], person: string): Promise<boolean> {
    const row = await this.#knex(MEMBERS)
      .where({ person })
      .whereIn('group_ref', groups)
      .first('person');
    return row !== undefined;
  }

  /**
   * Brings what was known up to what a read has found; whether that changed who is in the group. Whom
   * it does not find stays until reads have missed them for an hour.
   */
  async put(group: string, people: ReadonlySet<string>): Promise<boolean> {
    const now = this.#now();
    const longAgo = new Date(now.getTime() - MISSED_MS).toISOString();
    return this.#knex.transaction(async tx => {
      const before: Member[] = await tx(MEMBERS)
        .where({ group_ref: group })
        .select('person', 'missed_since');
      const known = new Set(before.map(({ person }) => person));
      const come = [...people].filter(person => !known.has(person));
      const back = before.filter(
        one => one.missed_since && people.has(one.person),
      );
      const absent = before.filter(({ person }) => !people.has(person));
      const missed = absent.filter(one => !one.missed_since);
      const gone = absent.filter(
        one => one.missed_since && one.missed_since <= longAgo,
      );
      const of = (some: Member[]) =>
        tx(MEMBERS)
          .where({ group_ref: group })
          .whereIn(
            'person',
            some.map(({ person }) => person),
          );
      for (const some of batches(gone)) {
        await of(some).delete();
      }
      for (const some of batches(missed)) {
        await of(some).update({ missed_since: now.toISOString() });
      }
      for (const some of batches(back)) {
        await of(some).update({ missed_since: null });
      }
      for (const some of batches(come)) {
        await tx(MEMBERS).insert(
          some.map(person => ({ group_ref: group, person })),
        );
      }
      const first = await this.#note(tx, group, {
        read_at: now.toISOString(),
        failed: null,
      });
      return first || gone.length + come.length > 0;
    });
  }

  /** Notes that a group could not be read: who was in it is kept until it can. */
  async fail(group: string, failed: 'not-read' | 'not-found'): Promise<void> {
    await this.#note(this.#knex, group, { failed });
  }

  /** Forgets the groups that no policy names any more. */
  async keepOnly(groups: string[]): Promise<void> {
    for (const table of [MEMBERS, GROUPS]) {
      await this.#knex(table).whereNotIn('group_ref', groups).delete();
    }
  }

  async #note(
    knex: Knex,
    group: string,
    said: { read_at?: string; failed: string | null },
  ): Promise<boolean> {
    const before: { failed: string | null } | undefined = await knex(GROUPS)
      .where({ group_ref: group })
      .first('failed');
    await knex(GROUPS)
      .insert({ group_ref: group, ...said })
      .onConflict('group_ref')
      .merge(Object.keys(said));
    return before === undefined || before.failed !== said.failed;
  }
}

function batches<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, n) =>
    items.slice(n * BATCH, (n + 1) * BATCH),
  );
}
