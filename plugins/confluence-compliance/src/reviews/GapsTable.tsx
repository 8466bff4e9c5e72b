// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { ReviewGap } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useDatasetName } from '../connections/words';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const SHOWN = 20;

/** What was not read whole, by name, and why. */
export function GapsTable({ gaps }: { gaps: ReviewGap[] }) {
  const t = useWords();
  const datasetName = useDatasetName();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? gaps : gaps.slice(0, SHOWN);
  return (
    <>
      <table className={`${theme.table} ${styles.gaps}`}>
        <thead>
          <tr>
            <th scope="col">{t('reviews.draft.column.what')}</th>
            <th scope="col">{t('reviews.draft.column.why')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ dataset, container, title, reason }) => (
            <tr key={`${dataset} ${container}`}>
              <th scope="row">
                <bdi>{title || container || t('reviews.draft.whole')}</bdi>
                <span className={`${theme.second} ${styles.block}`}>
                  {datasetName(dataset)}
                </span>
              </th>
              <td dir="auto">{reason.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < gaps.length && (
        <p className={styles.note}>
          <Button
            variant="secondary"
            size="small"
            onPress={() => setWhole(true)}
          >
            {t('reviews.draft.moreGaps', { n: formatNumber(gaps.length) })}
          </Button>
        </p>
      )}
    </>
  );
}
