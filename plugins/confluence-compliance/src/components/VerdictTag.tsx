// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';
import { StateTag, type Tone } from './StateTag';

/** A stored verdict, or one that an exception covers. */
export type ShownVerdict = Verdict | 'excepted';

const tones: Record<ShownVerdict, Tone> = {
  pass: 'pass',
  fail: 'fail',
  warning: 'warning',
  unknown: 'unknown',
  'not-applicable': 'none',
  excepted: 'excepted',
};

interface VerdictTagProps {
  verdict: ShownVerdict;
  /** Instead of the plain word, such as `2 fail`. */
  label?: string;
}

export function VerdictTag({ verdict, label }: VerdictTagProps) {
  const t = useWords();
  return (
    <StateTag
      tone={tones[verdict]}
      label={label ?? t(`common.verdict.${verdict}`)}
      title={t(`common.verdictMeaning.${verdict}`)}
    />
  );
}
