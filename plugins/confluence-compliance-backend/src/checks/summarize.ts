// SPDX-License-Identifier: Apache-2.0
import type {
  Check,
  Reason,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Duration } from 'luxon';
import { toAttestation, verdictOfAttested } from './attestations/describe';
import { shownControls } from './builtin/controls';
import { isRunnable, type RegisteredCheck } from './CheckRegistry';
import type { CheckRun } from './CheckRunStore';
import { reasonWithout } from './CheckScope';
import type { Gap } from './completeness';
import { describeRun, isRunning, nextRunAt } from './describeRun';
import { hasOrganization } from './places';
import { toReason } from './reasons';
import type { Standing } from './standing';

/** A check and where it stands, as the contract says it. */
export function summarize(
  registered: RegisteredCheck,
  standing: Standing,
): Check {
  const { check, parameters } = registered;
  const { run, counts, excepted, dead, connections } = standing;
  return {
    id: check.id,
    title: check.title,
    description: check.description,
    severity: check.severity,
    subjectKind: check.subjectKind,
    requires: check.requires,
    improves: check.improves,
    missing: missingOf(run, connections),
    controls: shownControls(check.controls, standing.frameworks),
    howToFix: check.howToFix,
    state: stateOf(check, standing),
    parameters,
    counts,
    excepted,
    running: isRunning(run, dead),
    ...(run && { run: describeRun(run, dead) }),
    ...scheduleOf(registered, run),
    ...(run?.finishedAt && { lastRunAt: run.finishedAt }),
    ...(run?.revision !== undefined && { revision: run.revision }),
    ...verdictOf(check, standing),
    ...attestedOf(check, standing),
  };
}

/** How often it runs, and when next; nothing of one that never does. */
function scheduleOf(
  registered: RegisteredCheck,
  run: CheckRun | undefined,
): Pick<Check, 'every' | 'nextRunAt'> {
  if (!isRunnable(registered)) {
    return {};
  }
  const { every } = registered;
  return {
    every: Duration.fromObject(every).toISO(),
    ...(run?.startedAt && { nextRunAt: nextRunAt(run.startedAt, every) }),
  };
}

/** What was attested of a check that only somebody can judge, and what that comes to. */
function attestedOf(
  { state }: RegisteredCheck['check'],
  { attested, connections, now }: Standing,
): Pick<Check, 'attested' | 'counts' | 'verdict' | 'reason'> | undefined {
  if (state !== 'attestation') {
    return undefined;
  }
  const { code, ...found } = verdictOfAttested(attested, connections, now);
  return {
    ...found,
    reason: code === undefined ? undefined : toReason(code),
    attested: connections.map(connection => {
      const row = attested.find(own => own.connection === connection);
      return {
        connection,
        ...(row && { attestation: toAttestation(row, now) }),
      };
    }),
  };
}

/** Whoever has the key that a check needs finds it ready. */
function stateOf(
  { state }: RegisteredCheck['check'],
  standing: Standing,
): Check['state'] {
  const { connections, organizations } = standing;
  return state === 'needs-organization-key' &&
    connections.some(id => hasOrganization(organizations, id))
    ? 'ready'
    : state;
}

/** What would have sharpened the verdicts of the last run. */
function missingOf(
  run: CheckRun | undefined,
  connections: string[],
): Check['missing'] {
  const gaps = run?.gaps ?? [];
  return gaps.flatMap(({ improves, dataset, connection, reason }) =>
    improves && dataset && connection && connections.includes(connection)
      ? [{ dataset, connection, reason: toReason(reason) }]
      : [],
  );
}

/** Why nothing that the check found can be taken for a pass any more, whatever it is about. */
export function doubtOf({
  run,
  connections,
  stale,
}: Standing): Reason | undefined {
  if (run?.state === 'failed') {
    const { code, text } = toReason('check-failed');
    return { code, text: `${text} ${run.reason ?? ''}`.trim() };
  }
  if (run?.revision === undefined) {
    return toReason('never-run');
  }
  return gapIn(connections, stale);
}

function gapIn(connections: string[], gaps: Gap[]): Reason | undefined {
  const gap = gaps.find(
    ({ connection, improves }) =>
      !improves && (!connection || connections.includes(connection)),
  );
  return gap && toReason(gap.reason);
}

/**
 * Fail, else warning, else unknown when anything is unknown, incomplete or stale, else pass. A check
 * that has nothing to judge is not applicable, never a pass.
 */
function verdictOf(
  check: RegisteredCheck['check'],
  standing: Standing,
): { verdict: Verdict; reason?: Reason } {
  const { run, counts, connections, anyConnection } = standing;
  if (counts.fail > 0) {
    return { verdict: 'fail' };
  }
  if (counts.warning > 0) {
    return { verdict: 'warning' };
  }
  const unknown = (reason: Reason) => ({ verdict: 'unknown' as const, reason });
  if (check.state === 'later' || check.state === 'attestation') {
    return unknown(toReason(check.waitsFor ?? check.state));
  }
  if (!anyConnection) {
    return unknown(toReason('no-connections'));
  }
  if (connections.length === 0) {
    const reason = toReason(reasonWithout(check));
    return { verdict: 'not-applicable', reason };
  }
  const ran = run?.state !== 'failed' && run?.revision !== undefined;
  const doubt =
    (ran ? gapIn(connections, run.gaps) : undefined) ?? doubtOf(standing);
  if (doubt) {
    return unknown(doubt);
  }
  if (counts.unknown > 0) {
    return unknown(toReason('some-unknown'));
  }
  return counts.pass === 0 && counts['not-applicable'] > 0
    ? { verdict: 'not-applicable', reason: toReason('nothing-applies') }
    : { verdict: 'pass' };
}
