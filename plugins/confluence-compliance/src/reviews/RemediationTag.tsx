// SPDX-License-Identifier: Apache-2.0
import type { RemediationState } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag, type Tone } from '../components/StateTag';
import { useWords } from '../translation/useWords';

const tones: Record<RemediationState, Tone> = {
  waiting: 'busy',
  removed: 'pass',
  'still-present': 'fail',
  reappeared: 'warning',
  'cannot-verify': 'unknown',
};

/** Those that keep a review from being signed off. */
export const blocking: RemediationState[] = [
  'waiting',
  'still-present',
  'reappeared',
];

/** Whether what was revoked is gone, in a word. */
export function RemediationTag({ state }: { state: RemediationState }) {
  const t = useWords();
  return (
    <StateTag
      tone={tones[state]}
      label={t(`reviews.remediation.state.${state}`)}
      title={t(`reviews.remediation.means.${state}`)}
    />
  );
}
