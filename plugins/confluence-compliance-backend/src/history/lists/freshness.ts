// SPDX-License-Identifier: Apache-2.0
import { Knex } from 'knex';

/** How whole a dataset of one source is known now. */
export interface Freshness {
  dataset: string;
  /** ISO time since which all of it is known; absent where some of it never was. */
  readAt?: string;
  /** When a part of it was last read whole. */
  newestAt?: string;
  /** The worst state of a container. */
  gap?: 'never-read' | 'not-visible' | 'failed' | 'incomplete';
}

interface Summary {
  containers: number | string;
  unread: number | string;
  not_visible: number | string;
  failed: number | string;
  incomplete: number | string;
  oldest: string | null;
  newest: string | null;
}

/** Each row of the parent has a container in the dataset. */
export const PARENTS: Partial<Record<string, 'groups' | 'spaces'>> = {
  memberships: 'groups',
  pages: 'spaces',
  grants: 'spaces',
};

/**
 * How whole a dataset is known, over all its containers, or over those that are named. It is counted
 * where it is stored, since a site has a container for each group and space.
 */
export async function readFreshness(
  knex: Knex,
  source: string,
  dataset: string,
  only?: string[],
): Promise<Freshness> {
  const select = knex('history_containers as c')
    .where({ 'c.source': source, 'c.dataset': dataset })
    // What is gone for certain is missed by nobody.
    .whereNot('c.presence', 'gone');
  if (only) {
    select.whereIn('c.container', only);
  }
  const count = (condition: string, name: string) =>
    knex.raw(`sum(case when ${condition} then 1 else 0 end) as ${name}`);
  const summary: Summary = await select
    .first(
      count('c.complete_at is null', 'unread'),
      count(
        `c.presence = 'not-visible' or c.outcome = 'not-visible'`,
        'not_visible',
      ),
      count(`c.outcome = 'failed'`, 'failed'),
      count(`c.outcome <> 'complete' or c.refused > 0`, 'incomplete'),
    )
    .count({ containers: '*' })
    .min({ oldest: 'c.complete_at' })
    .max({ newest: 'c.complete_at' });
  const expected = only?.length ?? (dataset in PARENTS ? 0 : 1);
  const missing =
    Number(summary.containers) < expected ||
    (!only && (await hasUnread(knex, source, dataset)));
  const whole = !missing && Number(summary.unread) === 0;
  return {
    dataset,
    ...(whole && summary.oldest && { readAt: summary.oldest }),
    ...(summary.newest && { newestAt: summary.newest }),
    ...gapOf(summary, missing),
  };
}

function gapOf(summary: Summary, missing: boolean): Pick<Freshness, 'gap'> {
  if (missing) {
    return { gap: 'never-read' };
  }
  if (Number(summary.not_visible) > 0) {
    return { gap: 'not-visible' };
  }
  if (Number(summary.failed) > 0) {
    return { gap: 'failed' };
  }
  const incomplete = Number(summary.incomplete) + Number(summary.unread);
  return incomplete > 0 ? { gap: 'incomplete' } : {};
}

/** Whether there is a group or space whose container nobody has read. */
async function hasUnread(
  knex: Knex,
  source: string,
  dataset: string,
): Promise<boolean> {
  const parent = PARENTS[dataset];
  if (!parent) {
    return false;
  }
  const unread = await knex(`history_${parent} as t`)
    .where('t.source', source)
    .whereNull('t.closed')
    .whereNotExists(
      knex('history_containers as c')
        .where({ 'c.source': source, 'c.dataset': dataset })
        .whereRaw('c.container = t.key')
        .select(knex.raw('1')),
    )
    .first('t.key');
  return unread !== undefined;
}
