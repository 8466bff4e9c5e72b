// SPDX-License-Identifier: Apache-2.0
import type { ReviewState } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag, type Tone } from '../components/StateTag';
import { useWords } from '../translation/useWords';

const tones: Record<ReviewState, Tone> = {
  draft: 'none',
  'in-progress': 'busy',
  remediation: 'warning',
  completed: 'pass',
  cancelled: 'none',
};

/** Where a review stands, in a word. */
export function ReviewStateTag({ state }: { state: ReviewState }) {
  const t = useWords();
  return <StateTag tone={tones[state]} label={t(`reviews.state.${state}`)} />;
}
