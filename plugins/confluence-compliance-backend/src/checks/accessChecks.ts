// SPDX-License-Identifier: Apache-2.0
import {
  type AccessCheck,
  severitySchema,
  verdicts,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { WorstVerdict } from '../history';
import type { RegisteredCheck } from './CheckRegistry';
import { toReason } from './reasons';

/** What checks say, as the contract has it, the worst first; results of checks that are gone are left out. */
export function accessChecks(
  checks: ReadonlyMap<string, RegisteredCheck>,
  worst: WorstVerdict[],
): AccessCheck[] {
  return worst
    .flatMap(({ checkId, verdict, count, excepted, reason }) => {
      const check = checks.get(checkId)?.check;
      return check
        ? {
            checkId,
            title: check.title,
            severity: check.severity,
            verdict,
            reason: toReason(reason, check.reasons),
            count,
            ...(excepted > 0 && { excepted }),
          }
        : [];
    })
    .sort(
      (a, b) =>
        verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
        severitySchema.options.indexOf(b.severity) -
          severitySchema.options.indexOf(a.severity) ||
        (a.checkId < b.checkId ? -1 : 1),
    );
}
