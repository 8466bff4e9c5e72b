// SPDX-License-Identifier: Apache-2.0
import type { Reason } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';

export const RUNS = 'review_template_runs';

/** The one review of a template and period. Times are ISO 8601 in UTC. */
export interface RunRow {
  template: string;
  period: string;
  review_id: string;
  made_at: string;
  /** `starting` until that was tried; `not-started` of a draft that says why. */
  state: 'starting' | 'draft' | 'started' | 'not-started';
  told_at: string | null;
}

/** A run with the reason why its review could not be started. */
export interface LastRun extends RunRow {
  not_started?: Reason;
}

/** The last run of each template. */
export async function lastRuns(knex: Knex): Promise<Map<string, LastRun>> {
  const newest = knex(RUNS)
    .select('template')
    .max({ at: 'made_at' })
    .groupBy('template')
    .as('newest');
  const rows: Array<RunRow & { why: string | null }> = await knex(RUNS)
    .join(newest, join =>
      join
        .on(`${RUNS}.template`, 'newest.template')
        .andOn(`${RUNS}.made_at`, 'newest.at'),
    )
    .join('reviews', 'reviews.id', `${RUNS}.review_id`)
    .select(`${RUNS}.*`, { why: 'reviews.not_started' });
  return new Map(
    rows.map(({ why, ...row }) => [
      row.template,
      { ...row, ...(why !== null && { not_started: JSON.parse(why) }) },
    ]),
  );
}

/** Whether a template has a review for a period. */
export async function hasRun(
  knex: Knex,
  template: string,
  period: string,
): Promise<boolean> {
  return Boolean(await knex(RUNS).where({ template, period }).first('state'));
}

/** Whether a review of a template has not ended yet. */
export async function hasOpen(knex: Knex, template: string): Promise<boolean> {
  const row = await knex(RUNS)
    .join('reviews', 'reviews.id', `${RUNS}.review_id`)
    .where(`${RUNS}.template`, template)
    .whereIn('reviews.state', ['draft', 'in-progress', 'remediation'])
    .first('reviews.id');
  return Boolean(row);
}
