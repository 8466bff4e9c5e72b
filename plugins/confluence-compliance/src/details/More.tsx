// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  InfiniteData,
  UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useTotalWords } from '../components/totals';
import { useWords } from '../translation/useWords';
import styles from './details.module.css';

interface MoreProps {
  list: UseInfiniteQueryResult<InfiniteData<Page<unknown>>>;
  shown: number;
}

/** The foot of a list in a panel: how much of it is on screen, and the next page. */
export function More({ list, shown }: MoreProps) {
  const t = useWords();
  const words = useTotalWords();
  if (!list.hasNextPage || !list.data) {
    return null;
  }
  return (
    <div className={styles.more}>
      <Button
        variant="secondary"
        isPending={list.isFetchingNextPage}
        onPress={() => list.fetchNextPage()}
      >
        {t('common.more')}
      </Button>
      <span className={theme.second} role="status">
        {t('directory.shownOf', {
          shown: formatNumber(shown),
          total: words(list.data.pages[0].totalItems),
        })}
      </span>
    </div>
  );
}
