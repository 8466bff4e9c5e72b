// SPDX-License-Identifier: Apache-2.0
import type { CheckDirectoryEntry } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Judgement, notInDirectory } from './judgement';

/** The verdict on two-step verification: it is known of managed accounts only. */
export function judgeMfa(entry: CheckDirectoryEntry | undefined): Judgement {
  if (!entry) {
    return notInDirectory;
  }
  const { mfa, claimStatus } = entry;
  const facts = { 'directory.mfa': mfa, 'directory.managed': claimStatus };
  const requires: Judgement['requires'] = ['directory'];
  switch (mfa) {
    case 'enabled':
      return { verdict: 'pass', reason: 'mfa-enabled', facts, requires };
    case 'disabled':
      return { verdict: 'fail', reason: 'mfa-disabled', facts, requires };
    default:
      return {
        verdict: 'unknown',
        reason: claimStatus === 'managed' ? 'mfa-not-said' : 'not-managed',
        facts,
        restsOnAbsence: true,
        requires,
      };
  }
}
