// SPDX-License-Identifier: Apache-2.0
import {
  type ConfluenceAuditRecord,
  CredentialRefusedError,
} from '@confluence-compliance/atlassian-client';
import type { AuditState } from '../../connections';
import type { Read } from '../../history';
import { reasonText } from '../reasons';
import { type Progress, readContainer } from '../ReadSession';
import type { RunContext } from '../RunContext';
import { walk } from '../walk';
import { later } from './pages';

/** How far back the first read looks. */
const FIRST_MS = 90 * 24 * 60 * 60 * 1000;

/** Records of these categories say that somebody's access has changed. */
const ACCESS = new Set(['Permissions', 'Users and groups']);

/** Other categories; with one that is not known, as of a site in another language, nobody can count. */
const OTHER = new Set([
  'Applications',
  'Auditing',
  'Global administration',
  'Import/Export',
  'Pages',
  'Security',
  'Spaces',
]);

/** What a read has seen so far; it holds nothing of who did what. */
export interface AuditProgress extends Progress {
  oldest?: string;
  newest?: string;
  /** Newest change of access. */
  accessAt?: string;
  /** Changes of access. */
  events?: number;
  /** Some record had a category that is not known. */
  foreign?: boolean;
}

/**
 * The audit log since the watermark. It ends a little before the run began, where nothing is recorded
 * late any more and the list, which is paged by position, does not shift.
 */
export async function readAudit(context: RunContext): Promise<void> {
  const { plan, audit, clientFor } = context.parts;
  if (!plan.audit) {
    return;
  }
  const window = windowOf(plan.audit.until, audit);
  await context.setTotal('audit', 1);
  await readContainer<'audit', AuditProgress>(
    context,
    {
      dataset: 'audit',
      key: 'site',
      mode: 'full',
      purpose: 'access-review',
    },
    async session => {
      try {
        await walk(session, {
          fetch: place =>
            clientFor('access-review').auditRecords({ ...window, ...place }),
          take: ({ items }) => ({
            rows: [],
            progress: items.reduce(add, session.progress),
          }),
        });
      } catch (error) {
        if (
          error instanceof CredentialRefusedError &&
          error.reason === 'forbidden'
        ) {
          const why =
            'Only an administrator of Confluence may read the audit log';
          return { outcome: 'failed', reason: reasonText('forbidden', why) };
        }
        throw error;
      }
      const { reachesTo, accessAt } = seenBy(session.progress, audit);
      await session.stage([{ key: 'site', payload: { reachesTo, accessAt } }], {
        ...session.progress,
      });
      return { outcome: 'complete' };
    },
  );
}

function windowOf(until: string, audit: AuditState | undefined) {
  const end = Date.parse(until);
  const after = audit && Date.parse(audit.watermark) + 1;
  // A watermark ahead of it is of a clock that was wrong: nobody knows how far was read.
  const from = after !== undefined && after <= end + 1 ? after : end - FIRST_MS;
  return { from: new Date(from).toISOString(), to: until };
}

function add(
  seen: AuditProgress,
  { createdAt, category = '' }: ConfluenceAuditRecord,
): AuditProgress {
  const isAccess = ACCESS.has(category);
  return {
    ...seen,
    oldest: earlier(seen.oldest, createdAt),
    newest: later(seen.newest, createdAt),
    accessAt: isAccess ? later(seen.accessAt, createdAt) : seen.accessAt,
    events: (seen.events ?? 0) + (isAccess ? 1 : 0),
    foreign: seen.foreign || !(isAccess || OTHER.has(category)),
  };
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && a < b ? a : b;
}

function seenBy(
  { oldest, accessAt }: AuditProgress,
  before: AuditState | undefined,
): { reachesTo: string | null; accessAt: string | null } {
  return {
    // What was seen before is older than all that follows.
    reachesTo: before?.reachesTo ?? oldest ?? null,
    accessAt: later(before?.accessAt ?? undefined, accessAt) ?? null,
  };
}

/** What is known of the audit log once a run is published; undefined when the run has not read it whole. */
export function auditStateOf(
  reads: readonly Read[],
  plan: { audit?: { until: string } },
  before: AuditState | undefined,
): AuditState | undefined {
  const read = reads.find(({ dataset }) => dataset === 'audit');
  if (!plan.audit || read?.outcome !== 'complete') {
    return undefined;
  }
  const seen = (read.progress ?? {}) as AuditProgress;
  return {
    ...seenBy(seen, before),
    watermark: plan.audit.until,
    since: windowOf(plan.audit.until, before).from,
    newestAt: later(before?.newestAt ?? undefined, seen.newest) ?? null,
    accessEvents: seen.foreign ? null : seen.events ?? 0,
  };
}
