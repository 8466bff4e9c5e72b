// SPDX-License-Identifier: Apache-2.0
import type { AcknowledgementProgress } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useWords } from '../translation/useWords';

interface AcknowledgedProps {
  /** Absent where a policy concerns nobody. */
  of?: Pick<AcknowledgementProgress, 'people' | 'acknowledged' | 'known'>;
}

/** Such as 12 of 40; marked where not everybody is known whom it concerns. */
export function Acknowledged({ of }: AcknowledgedProps) {
  const t = useWords();
  if (!of) {
    return (
      <span className={theme.muted}>{t('policies.acknowledged.nobody')}</span>
    );
  }
  const said = t('policies.acknowledged.of', {
    n: formatNumber(of.acknowledged),
    total: formatNumber(of.people),
  });
  return of.known ? (
    <span className={theme.number}>{said}</span>
  ) : (
    <UnknownValue reason={t('policies.acknowledged.partly')} label={said} />
  );
}
