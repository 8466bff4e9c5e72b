// SPDX-License-Identifier: Apache-2.0
import type {
  AccountClass,
  DecisionKind,
  ContainerOwner,
  OverdueRule,
  Remediation,
  ReviewerRule,
  ReviewGap,
  ReviewItem,
  ReviewScope,
  ReviewState,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Revision } from '../history';

/** A row of `reviews`. Times are ISO 8601 in UTC. */
export interface ReviewRow {
  ordinal: number | string;
  id: string;
  title: string;
  state: ReviewState;
  /** JSON of `ReviewScope`. */
  scope: string;
  owner: string;
  reviewer: string | null;
  fallback_reviewer: string;
  due_at: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** When all its items were decided the last time; it stays when that is taken back. */
  all_decided_at: string | null;
  revision: Revision | null;
  /** JSON of `ReviewGap[]`. */
  gaps: string;
  /** JSON of `ItemSource[]`. */
  containers: string | null;
  containers_done: number;
  containers_total: number;
  seal: string | null;
  end_reason: string | null;
  /** JSON of `ReviewerRule[]`; null of drafts that were made before there were any. */
  reviewers: string | null;
  /** JSON of `ContainerOwner[]`. */
  owners: string | null;
  overdue_rule: OverdueRule;
  /** The template it was made of, and for which period. */
  template: string | null;
  template_period: string | null;
  /** JSON of `Reason`: why its template could not start it. */
  not_started: string | null;
  /** Its connection was deleted with its history. */
  connection_gone: boolean;
}

/** A container that items are made from. */
export interface ItemSource {
  dataset: 'memberships' | 'grants';
  key: string;
  /** The scope it had been read under: only a read under the same can prove a removal. */
  scope: string;
}

/** What was decided on the same assignment the last time; its reason stands in that item. */
export interface LastItem {
  itemId: string;
  reviewId: string;
  kind: DecisionKind;
  by: string;
  at: string;
}

/**
 * What an item says of its assignment; no personal data. What is optional is absent of items that were
 * made by earlier versions, and of what has no account.
 */
export interface ItemFacts
  extends Pick<
    ReviewItem,
    'status' | 'mfa' | 'lastActive' | 'openFindings' | 'delta' | 'reach'
  > {
  scope: string;
  operations: string[];
  admin: boolean;
  /** ISO time. */
  since?: string;
  class?: AccountClass;
  last?: LastItem;
  identified: boolean;
  recommendation: DecisionKind;
  reasons: string[];
}

/** A row of `review_items`. */
export interface ItemRow {
  ordinal: number | string;
  id: string;
  review_id: string;
  version: number;
  dataset: ItemSource['dataset'];
  connection: string;
  container: string;
  principal_kind: string;
  principal_id: string;
  /** JSON of `ItemFacts`. */
  facts: string;
  reviewer: string;
  because: ReviewItem['reviewer']['because'];
  decision: 'undecided' | DecisionKind;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  /** Of the hash; goes with the reason. */
  reason_salt: string | null;
  /** What the ledger and the seal have of the reason, also after it was erased. */
  reason_hash: string | null;
  /** The reviewer in whose place a delegate decided. */
  decided_for: string | null;
  /** Who removes what was revoked, and by when. */
  removed_by: string | null;
  removed_until: string | null;
  /** JSON of `Remediation` as signed off. */
  sealed: string | null;
}

export const scopeOf = (row: Pick<ReviewRow, 'scope'>) =>
  JSON.parse(row.scope) as ReviewScope;
export function rulesOf({ reviewer, reviewers }: ReviewRow): ReviewerRule[] {
  if (reviewers !== null) {
    return JSON.parse(reviewers);
  }
  return reviewer === null ? [] : ['named'];
}
export const ownersOf = (row: ReviewRow) =>
  JSON.parse(row.owners ?? '[]') as ContainerOwner[];
export const gapsOf = (row: Pick<ReviewRow, 'gaps'>) =>
  JSON.parse(row.gaps) as ReviewGap[];
export const sourcesOf = (row: ReviewRow) =>
  JSON.parse(row.containers ?? '[]') as ItemSource[];
export const factsOf = (row: ItemRow) => JSON.parse(row.facts) as ItemFacts;
export const sealedOf = (row: ItemRow) =>
  row.sealed === null ? undefined : (JSON.parse(row.sealed) as Remediation);
