// SPDX-License-Identifier: Apache-2.0
import type {
  Review,
  ReviewItem,
  ReviewProgress,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import type { History, Lists, Lookups } from '../history';
import { gapsReasonOf } from './gaps';
import { ruleOf } from './overdueRule';
import { decidersOf } from './plan';
import { type PreviewOptions, previewOf } from './preview';
import { isLowRisk, keepNeedsReason, REASONS } from './recommend';
import {
  factsOf,
  gapsOf,
  type ItemRow,
  type ReviewRow,
  rulesOf,
  scopeOf,
} from './rows';
import { spaceNames } from './spaceNames';

export interface DescribeOptions {
  knex: Knex;
  history: History;
  lists: Pick<Lists, 'linkedPeople' | 'timeOf'>;
  lookups: Pick<Lookups, 'groupNames'>;
}

/** A review as lists have it: of a draft nothing is counted. */
export async function describeReview(
  { knex }: Pick<DescribeOptions, 'knex'>,
  row: ReviewRow,
): Promise<Review> {
  const draft = row.state === 'draft';
  const progress = await progressOf(knex, row);
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    scope: scopeOf(row),
    owner: row.owner,
    reviewer: row.reviewer ?? undefined,
    reviewers: rulesOf(row),
    fallbackReviewer: row.fallback_reviewer,
    dueAt: row.due_at ?? undefined,
    overdueRule: row.overdue_rule,
    ...(row.template !== null && {
      template: { id: row.template, period: row.template_period ?? '' },
    }),
    ...(draft &&
      row.not_started !== null && { notStarted: JSON.parse(row.not_started) }),
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    revision: row.revision ?? undefined,
    ...(!draft && { size: progress.total, gaps: gapsOf(row) }),
    seal: row.seal ?? undefined,
    progress,
  };
}

/** One review that is opened: of a draft also what it would consist of now. */
export async function describeOpened(
  options: DescribeOptions & PreviewOptions,
  row: ReviewRow,
): Promise<Review> {
  const review = await describeReview(options, row);
  if (row.state === 'draft') {
    const preview = await previewOf(options, review.scope, decidersOf(row));
    return { ...review, preview };
  }
  return { ...review, gapsReason: await gapsReasonOf(options.knex, row.id) };
}

async function progressOf(knex: Knex, row: ReviewRow): Promise<ReviewProgress> {
  const counts: Array<{ decision: ItemRow['decision']; total: number }> =
    await knex('review_items')
      .where({ review_id: row.id })
      .groupBy('decision')
      .select('decision')
      .count({ total: '*' });
  const of = (decision: ItemRow['decision']) =>
    Number(counts.find(one => one.decision === decision)?.total ?? 0);
  const { containers_done: done, containers_total: total } = row;
  const started = row.revision !== null;
  const making = done < total ? 'creating' : 'ready';
  return {
    items: started ? making : 'waiting',
    containers: { done, total },
    total: counts.reduce((sum, one) => sum + Number(one.total), 0),
    undecided: of('undecided'),
    keep: of('keep'),
    revoke: of('revoke'),
    defer: of('defer'),
  };
}

/** Items as the contract has them; names and people are those of now. */
export async function describeItems(
  options: DescribeOptions,
  rows: ItemRow[],
): Promise<ReviewItem[]> {
  if (rows.length === 0) {
    return [];
  }
  const { history, lists, lookups } = options;
  const { connection } = rows[0];
  const revision = await history.head();
  const idsOf = (kind: string) =>
    rows.flatMap(row => (row.principal_kind === kind ? row.principal_id : []));
  const containersOf = (dataset: ItemRow['dataset']) =>
    rows.flatMap(row => (row.dataset === dataset ? row.container : []));
  const profiles = await history.profiles('account', idsOf('account'));
  const people = await lists.linkedPeople(idsOf('account'));
  const groups = await lookups.groupNames(
    connection,
    [...new Set([...idsOf('group'), ...containersOf('memberships')])],
    revision,
  );
  const spaces = await spaceNames(history, connection, revision, [
    ...new Set(containersOf('grants')),
  ]);
  const lastReasons = await lastReasonsOf(options.knex, rows);
  return rows.map(row => {
    const facts = factsOf(row);
    const profile = profiles.get(row.principal_id);
    const kind = row.principal_kind as ReviewItem['principal']['kind'];
    const name =
      kind === 'account'
        ? profile?.name ?? profile?.publicName
        : groups.get(row.principal_id);
    const container =
      row.dataset === 'memberships'
        ? {
            kind: 'group' as const,
            id: row.container,
            title: groups.get(row.container),
          }
        : {
            kind: 'space' as const,
            id: row.container,
            title: spaces.get(row.container),
          };
    const { status, mfa, lastActive, openFindings, delta, last, reach } = facts;
    return {
      id: row.id,
      version: row.version,
      kind: row.dataset === 'memberships' ? 'membership' : 'grant',
      connection: row.connection,
      principal: {
        kind,
        id: row.principal_id,
        name,
        class: facts.class,
        person: kind === 'account' ? people.get(row.principal_id) : undefined,
      },
      container,
      operations: facts.operations,
      admin: facts.admin,
      guest: facts.class === 'guest',
      ...{ status, mfa, lastActive, openFindings, delta, reach },
      path: [
        { kind, id: row.principal_id, name },
        { kind: container.kind, id: container.id, name: container.title },
      ],
      lastDecision: last && {
        reviewId: last.reviewId,
        kind: last.kind,
        by: last.by,
        at: last.at,
        reason: lastReasons.get(last.itemId),
      },
      lowRisk: isLowRisk(facts),
      since: facts.since,
      recommendation: {
        kind: facts.recommendation,
        reasons: facts.reasons.map(code => ({
          code,
          text: REASONS[code] ?? code,
        })),
      },
      reviewer: { ref: row.reviewer, because: row.because },
      keepNeedsReason: keepNeedsReason(facts),
      decision:
        row.decision === 'undecided'
          ? undefined
          : {
              kind: row.decision,
              by: row.decided_by ?? '',
              for: row.decided_for ?? undefined,
              at: row.decided_at ?? '',
              reason: row.reason ?? undefined,
              rule: ruleOf(row.decided_by),
            },
    };
  });
}

/** Why the last decisions were made, by the items they were made on. */
async function lastReasonsOf(
  knex: Knex,
  rows: ItemRow[],
): Promise<Map<string, string>> {
  const ids = rows.flatMap(row => factsOf(row).last?.itemId ?? []);
  if (ids.length === 0) {
    return new Map();
  }
  const found: Array<Pick<ItemRow, 'id' | 'reason'>> = await knex<ItemRow>(
    'review_items',
  )
    .whereIn('id', ids)
    .whereNotNull('reason')
    .select('id', 'reason');
  return new Map(found.map(({ id, reason }) => [id, reason ?? '']));
}
