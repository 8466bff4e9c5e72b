// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine, RiShieldCheckLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { formatNumber } from '../components/format';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';

interface NoFindingProps {
  check: Check;
  /** Given when a filter hides findings. */
  onClear?: () => void;
}

/** Only a check that passes may say that all is well. */
export function NoFinding({ check, onClear }: NoFindingProps) {
  const t = useWords();
  const isPast = useIsPast();
  if (onClear) {
    return (
      <EmptyState
        icon={<RiFileSearchLine />}
        title={t('checks.findings.empty')}
        text={t('checks.findings.filteredText')}
        actions={
          <Button variant="secondary" onPress={onClear}>
            {t('common.clearFilters')}
          </Button>
        }
      />
    );
  }
  if (isPast) {
    return (
      <EmptyState
        icon={<RiFileSearchLine />}
        title={t('checks.findings.past')}
        text={t('checks.findings.pastText')}
      />
    );
  }
  const isPass = check.verdict === 'pass';
  const title = () => {
    if (!check.lastRunAt) {
      return t('checks.findings.neverRan');
    }
    return check.verdict === 'unknown'
      ? t('checks.findings.emptyUnknownTitle')
      : t('checks.findings.empty');
  };
  const text = () => {
    if (isPass && check.revision !== undefined) {
      return t('checks.findings.emptyPass', {
        n: formatNumber(check.counts.pass),
        revision: formatNumber(check.revision),
      });
    }
    return check.lastRunAt
      ? t('checks.findings.emptyUnknown')
      : t('checks.findings.emptyNone');
  };
  return (
    <EmptyState
      icon={isPass ? <RiShieldCheckLine /> : <RiFileSearchLine />}
      title={title()}
      text={text()}
    />
  );
}
