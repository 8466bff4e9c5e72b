// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { BulkBar } from '../components/BulkBar';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { isQuiet } from './words';

interface DecideBarProps {
  /** On screen and undecided. */
  selected: ReviewItem[];
  /** All of them may be kept together. */
  areQuiet: boolean;
  onKeep: () => void;
  onRevoke: () => void;
  onReassign?: () => void;
  onClear: () => void;
}

/** What can be done with the selected rows; rows that need a look are not kept together. */
export function DecideBar({
  selected,
  areQuiet,
  onKeep,
  onRevoke,
  onReassign,
  onClear,
}: DecideBarProps) {
  const t = useWords();
  const n = formatNumber(selected.length);
  const some = selected.filter(item => !isQuiet(item)).length;
  return (
    <BulkBar count={selected.length} onClear={onClear}>
      <span className={theme.second}>
        {areQuiet
          ? t('reviews.bulk.low')
          : t('reviews.bulk.mixed', { some: formatNumber(some), n })}
      </span>
      <Button variant="primary" isDisabled={!areQuiet} onPress={onKeep}>
        {t('reviews.bulk.keep', { n })}
      </Button>
      <Button variant="secondary" onPress={onRevoke}>
        {t('reviews.bulk.revoke', { n })}
      </Button>
      {onReassign && (
        <Button variant="secondary" onPress={onReassign}>
          {t('reviews.act.reassign')}
        </Button>
      )}
    </BulkBar>
  );
}
