// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { TotalItems } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useTotalWords } from '../components/totals';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';
import { UndoLast } from './UndoLast';
import type { Work } from './useWork';

interface WorkHeadProps {
  work: Work;
  total: TotalItems;
}

/** How many accounts wait, and what can be said of all that are sure. */
export function WorkHead({ work, total }: WorkHeadProps) {
  const t = useWords();
  const totalWords = useTotalWords();
  const { decisions, exact, left } = work;
  return (
    <div className={styles.head}>
      <p className={theme.lead}>
        <strong>
          {t('identify.left', {
            count: left,
            n:
              typeof total === 'number'
                ? formatNumber(left)
                : totalWords(total),
          })}
        </strong>{' '}
        {t('identify.lead')}
      </p>
      <div className={styles.bulk}>
        <UndoLast decisions={decisions} onUndo={() => work.undo()} />
        {exact.length > 0 && (
          <Button
            variant="secondary"
            isDisabled={decisions.isPending}
            onPress={work.confirmExact}
          >
            {t('identify.exact', {
              count: exact.length,
              n: formatNumber(exact.length),
            })}
          </Button>
        )}
      </div>
    </div>
  );
}
