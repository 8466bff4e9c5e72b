// SPDX-License-Identifier: Apache-2.0
import {
  type Check,
  type ControlStand,
  severitySchema,
  verdicts,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { frameworks } from './builtin/controls';

const worstFirst = (a: Check, b: Check) =>
  verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
  severitySchema.options.indexOf(b.severity) -
    severitySchema.options.indexOf(a.severity) ||
  a.id.localeCompare(b.id);

/** Without a verdict of its own: nothing runs by itself, and nobody has said anything. */
const isLater = ({ state, verdict }: Check) =>
  (state === 'later' || state === 'attestation') && verdict === 'unknown';

/**
 * The controls that checks speak to, in the order of their frameworks. A control is met only where every
 * check of it that applies passes: what is unknown, did not run or is not built yet keeps it unknown.
 */
export function controlStands(checks: Check[]): ControlStand[] {
  const byControl = new Map<string, [Check['controls'][number], Check[]]>();
  for (const check of checks) {
    for (const control of check.controls) {
      const key = JSON.stringify([control.framework, control.control]);
      const [first, others] = byControl.get(key) ?? [control, []];
      byControl.set(key, [first, [...others, check]]);
    }
  }
  return [...byControl.values()]
    .map(([control, of]) => standOf(control, of.toSorted(worstFirst)))
    .sort(
      (a, b) =>
        orderOf(a.framework) - orderOf(b.framework) ||
        a.framework.localeCompare(b.framework) ||
        a.control.localeCompare(b.control, 'en', { numeric: true }),
    );
}

function standOf(
  control: Check['controls'][number],
  checks: Check[],
): ControlStand {
  const counts: ControlStand['counts'] = {
    pass: 0,
    fail: 0,
    warning: 0,
    unknown: 0,
    'not-applicable': 0,
    later: 0,
  };
  for (const check of checks) {
    counts[isLater(check) ? 'later' : check.verdict] += 1;
  }
  const sum = (of: (check: Check) => Check['excepted']) =>
    checks.map(of).reduce((n, { fail, warning }) => n + fail + warning, 0);
  const excepted = sum(check => check.excepted);
  return {
    ...control,
    verdict: checks[0].verdict,
    judgedBy: judgedBy(checks),
    counts,
    findings: sum(check => check.counts),
    ...(excepted > 0 && { excepted }),
    checks: checks.map(({ id, title, severity, state, verdict, reason }) => ({
      id,
      title,
      severity,
      state,
      verdict,
      reason,
    })),
  };
}

function judgedBy(checks: Check[]): ControlStand['judgedBy'] {
  if (checks.every(({ state }) => state === 'later')) {
    return 'later';
  }
  return checks.every(
    ({ state }) => state === 'later' || state === 'attestation',
  )
    ? 'attestation'
    : 'checks';
}

/** Frameworks of a company stand behind ours. */
function orderOf(title: string): number {
  const index = frameworks.findIndex(framework => framework.title === title);
  return index < 0 ? frameworks.length : index;
}
