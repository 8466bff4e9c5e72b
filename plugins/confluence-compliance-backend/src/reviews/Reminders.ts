// SPDX-License-Identifier: Apache-2.0
import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { OverdueRule } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { migrateDatabase } from '../database';
import type { ReviewRow } from './rows';

const TABLE = 'review_reminders';
const DAY_MS = 24 * 60 * 60_000;
/** How long it is kept that somebody was reminded. */
const KEPT_DAYS = 7;

/** Why somebody is reminded today. */
export type ReminderKind = 'weekly' | 'days' | 'tomorrow' | 'today' | 'overdue';

/** Open decisions of one reviewer in one review, of which they are reminded today. */
export interface Reminder {
  reviewId: string;
  title: string;
  /** User entity ref of who is told: a reviewer, or else the owner of the review. */
  reviewer: string;
  /** The owner is told what nobody decided in time; `open` is then of all reviewers. */
  escalated?: true;
  open: number;
  kind: ReminderKind;
  /** What becomes of what is undecided when it is due. */
  rule: OverdueRule;
  /** ISO date in UTC. */
  dueOn?: string;
  /** ISO date in UTC. */
  day: string;
}

/** Who is to be reminded of decisions, and who was. */
export class Reminders {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<Reminders> {
    return new Reminders(await migrateDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Whoever has open decisions in a running review of which they are reminded on this day. */
  async due(now: Date): Promise<Reminder[]> {
    const running: ReviewRow[] = await this.#knex('reviews')
      .where({ state: 'in-progress' })
      .orderBy('ordinal');
    const reminders: Reminder[] = [];
    for (const row of running) {
      const kind = kindOn(now, row);
      if (kind) {
        const open: Array<{ reviewer: string; total: number | string }> =
          await this.#knex('review_items')
            .where({ review_id: row.id, decision: 'undecided' })
            .groupBy('reviewer')
            .orderBy('reviewer')
            .select('reviewer')
            .count({ total: '*' });
        const told = {
          reviewId: row.id,
          title: row.title,
          kind,
          rule: row.overdue_rule,
          ...(row.due_at !== null && { dueOn: dayOf(row.due_at) }),
          day: dayOf(now.toISOString()),
        };
        const counts = open.map(({ reviewer, total }) => ({
          reviewer,
          open: Number(total),
        }));
        const all = counts.reduce((sum, one) => sum + one.open, 0);
        const escalated =
          kind === 'overdue' && row.overdue_rule === 'keep-open' && all > 0;
        for (const one of counts) {
          // The owner is told of all of them, which are theirs, too.
          if (!escalated || one.reviewer !== row.owner) {
            reminders.push({ ...told, ...one });
          }
        }
        if (escalated) {
          const { owner: reviewer } = row;
          reminders.push({ ...told, reviewer, open: all, escalated });
        }
      }
    }
    return reminders;
  }

  /** Takes a reminder for oneself; false where it was taken already, perhaps by another replica. */
  async take(reminder: Reminder): Promise<boolean> {
    const taken = await this.#knex(TABLE)
      .insert(keyOf(reminder))
      .onConflict(['review_id', 'reviewer', 'day'])
      .ignore()
      .returning('day');
    return taken.length > 0;
  }

  /** Gives a reminder back that could not be sent. */
  async giveBack(reminder: Reminder): Promise<void> {
    await this.#knex(TABLE).where(keyOf(reminder)).delete();
  }

  /** Forgets who was reminded on days that are over for long. */
  async prune(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
    await this.#knex(TABLE).where('day', '<', dayOf(before)).delete();
  }
}

/** Every seventh day, three days and one day before it is due, on that day, and every day after it. */
function kindOn(
  now: Date,
  { started_at: startedAt, due_at: dueAt }: ReviewRow,
): ReminderKind | undefined {
  const today = daysOf(now.toISOString());
  if (dueAt !== null) {
    const left = daysOf(dueAt) - today;
    if (left < 0) {
      return 'overdue';
    }
    if (left === 0) {
      return 'today';
    }
    if (left === 1) {
      return 'tomorrow';
    }
    if (left === 3) {
      return 'days';
    }
  }
  const since = startedAt === null ? 0 : today - daysOf(startedAt);
  return since > 0 && since % 7 === 0 ? 'weekly' : undefined;
}

function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function daysOf(time: string): number {
  return Math.floor(Date.parse(time) / DAY_MS);
}

function keyOf({ reviewId, reviewer, day }: Reminder) {
  return { review_id: reviewId, reviewer, day };
}
