// SPDX-License-Identifier: Apache-2.0
import type { ItemEvent } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { ruleOf } from './overdueRule';
import type { ItemRow } from './rows';

const MOST = 200;

interface EventRow {
  kind: ItemEvent['kind'];
  actor: string;
  at: string;
  from_version: number;
  from_decision: ItemRow['decision'];
  from_reviewer: string;
  to_reviewer: string | null;
  reason: string | null;
  stood_for: string | null;
}

/** What was done with an item, newest first. */
export async function itemHistory(
  knex: Knex,
  { review_id, id }: Pick<ItemRow, 'review_id' | 'id'>,
): Promise<ItemEvent[]> {
  const rows: EventRow[] = await knex('review_events')
    .where({ review_id, item_id: id })
    .orderBy('ordinal', 'desc')
    .limit(MOST);
  return rows.map(row => ({
    kind: row.kind,
    by: row.actor,
    for: row.stood_for ?? undefined,
    at: row.at,
    from: {
      version: row.from_version,
      decision: row.from_decision,
      reviewer: row.from_reviewer,
    },
    to: row.to_reviewer ?? undefined,
    reason: row.reason ?? undefined,
    rule: ruleOf(row.actor),
  }));
}
