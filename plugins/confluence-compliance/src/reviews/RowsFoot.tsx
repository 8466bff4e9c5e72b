// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { RiCheckDoubleLine, RiFilterOffLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import type { ListUrl } from '../lists/useListUrl';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';
import { ROWS } from './useRows';

/** Stands in the address for any decision, where otherwise only open rows are shown. */
export const ANY = 'any';

type Url = ListUrl<{ cursor?: string }>;

interface NoRowsProps {
  decision?: string;
  /** Only rows of somebody, or in something, are asked for. */
  isSearched: boolean;
  url: Url;
}

/** Why there are no rows, and the way to others. */
export function NoRows({ decision, isSearched, url }: NoRowsProps) {
  const t = useWords();
  if (!decision && !isSearched) {
    return (
      <Panel label={t('reviews.table.label')}>
        <EmptyState icon={null} title={t('reviews.progress.none')} text="" />
      </Panel>
    );
  }
  const isFiltered = isSearched || decision !== 'undecided';
  return (
    <Panel label={t('reviews.table.label')}>
      <EmptyState
        icon={isFiltered ? <RiFilterOffLine /> : <RiCheckDoubleLine />}
        title={t(isFiltered ? 'reviews.table.filtered' : 'reviews.table.empty')}
        text={t(
          isFiltered ? 'reviews.table.filteredText' : 'reviews.table.emptyText',
        )}
        actions={
          <Button
            variant="secondary"
            onPress={() =>
              url.change({
                decision: ANY,
                principal: undefined,
                container: undefined,
              })
            }
          >
            {t('common.clearFilters')}
          </Button>
        }
      />
    </Panel>
  );
}

interface FootProps {
  url: Url;
  shown: number;
  total: Parameters<typeof atLeast>[0];
  next?: string;
  onAgain: () => void;
}

/** Where one is in all rows, and the way to the next. */
export function Foot({ url, shown, total, next, onAgain }: FootProps) {
  const t = useWords();
  const words = useTotalWords();
  const from = (url.page - 1) * ROWS + 1;
  return (
    <div className={styles.pages}>
      <span className={theme.second} role="status">
        {t('reviews.table.shown', {
          from: formatNumber(from),
          to: formatNumber(from + shown - 1),
          total: words(total),
        })}
      </span>
      <span className={styles.actions}>
        <Button variant="tertiary" size="small" onPress={onAgain}>
          {t('reviews.table.again')}
        </Button>
        {url.page > 1 && (
          <Button variant="secondary" size="small" onPress={url.previous}>
            {t('reviews.table.previous')}
          </Button>
        )}
        {next && (
          <Button
            variant="secondary"
            size="small"
            onPress={() => url.next(next)}
          >
            {t('reviews.table.next')}
          </Button>
        )}
      </span>
    </div>
  );
}
