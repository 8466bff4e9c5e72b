// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag } from '../components/StateTag';
import { useWords } from '../translation/useWords';

const tones = { open: 'none', regressed: 'warning', resolved: 'pass' } as const;

/** Where a finding stands; that it is open is plain, and not said. */
export function FindingStateTag({ finding }: { finding: Finding }) {
  const t = useWords();
  const { resolved, state } = finding;
  if (state === 'open') {
    return null;
  }
  return (
    <StateTag
      tone={tones[state]}
      label={t(`findings.state.${state}`)}
      title={resolved && t(`findings.by.${resolved.by}`)}
    />
  );
}
