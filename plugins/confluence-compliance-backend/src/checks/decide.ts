// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  CheckDataset,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { Gap } from './completeness';

/**
 * What a result comes to while data is missing: what is incomplete proves neither a pass nor an absence;
 * what was seen stands.
 *
 * @param requires - what the check requires; the result may need less
 */
export function decide(
  result: CheckResult,
  requires: CheckDataset[],
  gaps: readonly Gap[],
): { verdict: Verdict; reason: string } {
  const { connection, verdict, reason, gap, restsOnAbsence } = result;
  const needs = result.requires ?? requires;
  const why =
    gap ??
    gaps.find(
      known =>
        known.connection === connection &&
        (!known.dataset || needs.includes(known.dataset)),
    )?.reason;
  return why && (verdict === 'pass' || restsOnAbsence)
    ? { verdict: 'unknown', reason: why }
    : { verdict, reason };
}
