// SPDX-License-Identifier: Apache-2.0
import type { RunDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Knex } from 'knex';
import { Duration } from 'luxon';
import type { Cadence } from '../config';
import type {
  ConnectionDefinition,
  Connections,
  ConnectionState,
} from '../connections';
import { type PublishOutcome, type Read, StaleStagingError } from '../history';
import { pagesReadTo, type Plan, servedBy } from './plan';
import { goneGroups } from './readers/groups';
import { auditStateOf } from './readers/audit';
import { later, type PagesProgress } from './readers/pages';
import { CADENCES, reportOf } from './report';
import type { RunContext } from './RunContext';
import type { RunStore, SyncRun } from './RunStore';
import type { WorkStore } from './WorkStore';

export interface Publishing {
  connections: Connections;
  runs: RunStore;
  work: WorkStore;
  /** ISO 8601 */
  now: string;
}

/**
 * Publishes a run whose reads are all finished: history, run, cadences and
 * ledger in one commit, under the slice's token.
 *
 * @throws StaleStagingError when containers must be read again
 */
export async function publishRun(
  context: RunContext,
  run: SyncRun,
  publishing: Publishing,
): Promise<PublishOutcome> {
  const { connections, runs, work, now } = publishing;
  const { history, plan, fence } = context.parts;
  await closeGoneGroups(context);
  const reads = await history.readsOf(run.id);
  const report = reportOf(plan, reads);
  const state = await connections.states.get(run.connection);
  const readAt = { ...state.readAt };
  const connection = connections.get(run.connection);
  servedBy(plan).forEach(cadence => {
    readAt[cadence] = servedAt(connection, cadence, run.startedAt, report);
  });
  const pagesWatermark = watermarkOf(plan, run, reads, state, Date.parse(now));
  const audit = auditStateOf(reads, plan, state.audit);
  const record = async (tx: Knex.Transaction, outcome: PublishOutcome) => {
    const removed = outcome.removed + (plan.removed ?? 0);
    await runs.end(tx, run.id, {
      state: 'published',
      finishedAt: now,
      report,
      outcome: { ...outcome, removed },
    });
    await connections.states.update(tx, run.connection, {
      readAt,
      pagesWatermark,
      audit,
      retryAt: null,
      lastError: null,
    });
    await work.clear(tx, run.id);
  };
  return history.publish({
    runId: run.id,
    fence,
    record,
    entry: outcome => ({
      kind: 'sync.published',
      actor: 'system',
      subject: `connection:${run.connection}`,
      payload: {
        runId: run.id,
        trigger: run.trigger,
        revision: outcome.revision ?? null,
        opened: outcome.opened,
        changed: outcome.changed,
        removed: outcome.removed,
        refused: outcome.refused.length,
        datasets: report.map(({ dataset, state: reached, rows }) => ({
          dataset,
          state: reached,
          rows,
        })),
      },
    }),
  });
}

/** A dataset that a passing trouble has cut short is due again after this. */
const SOON_MS = 30 * 60 * 1000;
const PASSING =
  /^(upstream-|throttled|cursor-refused|unstable-list|unconfirmed)/;

/**
 * When a cadence counts as served: at the start of the run, or earlier, so that
 * what may go well next time is due again soon. Whole reads of pages need no
 * such help: their spaces are read whole by the next incremental run.
 */
function servedAt(
  connection: Pick<ConnectionDefinition, 'cadence'>,
  cadence: Cadence,
  startedAt: string,
  report: readonly RunDataset[],
): string {
  const troubled = report.some(
    ({ dataset, reasons }) =>
      (CADENCES[dataset] ?? dataset) === cadence &&
      reasons.some(({ code }) => PASSING.test(code)),
  );
  const every = Duration.fromObject(connection.cadence[cadence]).toMillis();
  const earlier = troubled ? Math.max(0, every - SOON_MS) : 0;
  return new Date(Date.parse(startedAt) - earlier).toISOString();
}

/** Starts the reads again under which rows have changed. */
export async function restartStale(
  context: RunContext,
  error: StaleStagingError,
): Promise<void> {
  const { history, runId, plan, savePlan, fence } = context.parts;
  const stale = new Set(
    error.containers.map(c => JSON.stringify([c.dataset, c.key])),
  );
  const pages = error.containers.some(c => c.dataset === 'pages');
  for (const read of await history.readsOf(runId)) {
    // Pages move between spaces, so their containers are judged together.
    const again =
      stale.has(JSON.stringify([read.dataset, read.key])) ||
      (pages && read.dataset === 'pages');
    if (again && read.publishedAt === undefined) {
      await history.restartRead(read.id, fence);
    }
  }
  if (pages) {
    plan.walk = undefined;
    await savePlan(plan);
  }
}

/**
 * A group that Confluence does not find by its id is deleted: that is evidence,
 * and closes its memberships with it, which no read of their own would do.
 */
async function closeGoneGroups(context: RunContext): Promise<void> {
  const { history, connection: source, runId, fence } = context.parts;
  const { plan, savePlan } = context.parts;
  const { keys, doubtful } = await goneGroups(context);
  // What is doubtful is left to the shrink guard, with all its memberships.
  if (keys.length === 0 || doubtful) {
    return;
  }
  const { removed } = await history.change(
    {
      fence,
      entry: {
        kind: 'sync.groups-gone',
        actor: 'system',
        subject: `connection:${source}`,
        payload: { runId, groups: keys },
      },
    },
    async change => {
      for (const key of keys) {
        await change.removeContainer({ source, dataset: 'memberships', key });
        await change.remove({ source, dataset: 'groups', key: 'site' }, key);
      }
    },
  );
  plan.removed = (plan.removed ?? 0) + removed;
  await savePlan(plan);
}

/**
 * The newest page change that is now published. It never passes the start of
 * the run, and stays where the walk did not see everything.
 */
function watermarkOf(
  plan: Plan,
  run: SyncRun,
  reads: readonly Read[],
  state: ConnectionState,
  now: number,
): string | undefined {
  const { walk } = plan;
  if (plan.pages === 'none' || walk?.failed || walk?.malformed) {
    return undefined;
  }
  let newest = walk?.newest;
  for (const read of reads) {
    if (read.dataset === 'pages') {
      newest = later(newest, (read.progress as PagesProgress)?.newest);
    }
  }
  const before = pagesReadTo(state, now);
  if (newest === undefined) {
    // Our own clock says nothing of changes: without one, spaces are read whole again.
    return before;
  }
  const reached =
    Date.parse(newest) < Date.parse(run.startedAt) ? newest : run.startedAt;
  return later(before, reached);
}
