// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { BulkBar } from '../components/BulkBar';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';

interface SelectedBarProps {
  count: number;
  isPending: boolean;
  onNobody: () => void;
  onClassify: () => void;
  onClear: () => void;
}

/** What can be said of all selected accounts together. */
export function SelectedBar({
  count,
  isPending,
  onNobody,
  onClassify,
  onClear,
}: SelectedBarProps) {
  const t = useWords();
  const n = formatNumber(count);
  return (
    <BulkBar count={count} onClear={onClear}>
      <Button variant="secondary" isPending={isPending} onPress={onNobody}>
        {t('identify.bulk.nobody', { n })}
      </Button>
      <Button variant="secondary" isDisabled={isPending} onPress={onClassify}>
        {t('identify.bulk.classify', { n })}
      </Button>
    </BulkBar>
  );
}
