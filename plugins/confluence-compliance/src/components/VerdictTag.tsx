// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceTranslationRef } from '../translation';
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
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  return (
    <StateTag
      tone={tones[verdict]}
      label={label ?? t(`common.verdict.${verdict}`)}
      title={t(`common.verdictMeaning.${verdict}`)}
    />
  );
}
