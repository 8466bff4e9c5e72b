// SPDX-License-Identifier: Apache-2.0
import type { CheckDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { ResultPayload } from '../history';
import { BEYOND_SEARCH, type Gap } from './completeness';

const FINDINGS = ['fail', 'warning', 'unknown'];

/**
 * What a result comes to that stands and was not found again, while what lists the subjects is
 * incomplete: a finding stays open as unknown, and where nothing could be judged at all, so does a pass.
 * The function gives undefined for one that goes; there is none where the list is whole, since then all
 * of them go. Accounts beyond the end of the user search hide nobody of whom there is a result.
 */
export function leftOpen(
  connection: string,
  listedBy: CheckDataset[],
  gaps: readonly Gap[],
): ((before: ResultPayload) => ResultPayload | undefined) | undefined {
  const gap = gaps.find(
    known =>
      known.connection === connection &&
      !known.reason.endsWith(BEYOND_SEARCH) &&
      (!known.dataset || listedBy.includes(known.dataset)),
  );
  if (!gap) {
    return undefined;
  }
  const stays = gap.dataset ? FINDINGS : [...FINDINGS, 'pass'];
  return before =>
    stays.includes(before.verdict)
      ? {
          ...before,
          // The first version did not write these.
          accountId: before.accountId ?? null,
          resource: before.resource ?? null,
          verdict: 'unknown',
          reason: gap.reason,
        }
      : undefined;
}
