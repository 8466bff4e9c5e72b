// SPDX-License-Identifier: Apache-2.0
import { Box, Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { useWords } from '../translation/useWords';
import styles from './bulk.module.css';
import { formatNumber } from './format';

interface BulkBarProps {
  /** How many are selected; without any there is no bar. */
  count: number;
  onClear: () => void;
  /** What can be done with all of them. */
  children: ReactNode;
}

/** What to do with everything that is selected, at the foot of the page. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const t = useWords();
  if (count === 0) {
    return null;
  }
  return (
    <>
      <div className={styles.room} />
      <Box
        bg="neutral"
        role="toolbar"
        aria-label={t('common.bulk.label')}
        className={styles.bar}
      >
        <span role="status">
          {t('common.bulk.selected', { count, n: formatNumber(count) })}
        </span>
        {children}
        <Button variant="tertiary" onPress={onClear}>
          {t('common.bulk.clear')}
        </Button>
      </Box>
    </>
  );
}
