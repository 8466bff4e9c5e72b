// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox } from '@backstage/ui';
import type { ReviewGap } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import { useDatasetName } from '../connections/words';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const SHOWN = 20;

/** Tells the gaps of a review apart. */
export const gapKey = ({ dataset, container }: ReviewGap) =>
  `${dataset} ${container}`;

interface GapsTableProps {
  gaps: ReviewGap[];
  accepted?: ReadonlySet<string>;
  /** Absent for whoever cannot accept them. */
  onAccept?: (accepted: ReadonlySet<string>) => void;
}

/** What was not read whole, by name, and why. */
export function GapsTable({ gaps, accepted, onAccept }: GapsTableProps) {
  const t = useWords();
  const datasetName = useDatasetName();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? gaps : gaps.slice(0, SHOWN);
  const toggle = (gap: ReviewGap, isAccepted: boolean) =>
    onAccept?.(withOne(accepted, gapKey(gap), isAccepted));
  const nameOf = ({ title, container }: ReviewGap) =>
    title || container || t('reviews.draft.whole');
  return (
    <>
      <table className={`${theme.table} ${styles.gaps}`}>
        <thead>
          <tr>
            {onAccept && <th scope="col">{t('reviews.draft.accept')}</th>}
            <th scope="col">{t('reviews.draft.column.what')}</th>
            <th scope="col">{t('reviews.draft.column.why')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(gap => (
            <tr key={gapKey(gap)}>
              {onAccept && (
                <td className={styles.check}>
                  <Checkbox
                    aria-label={t('reviews.draft.acceptOne', {
                      name: nameOf(gap),
                    })}
                    isSelected={accepted?.has(gapKey(gap)) ?? false}
                    onChange={value => toggle(gap, value)}
                  />
                </td>
              )}
              <th scope="row">
                <bdi>{nameOf(gap)}</bdi>
                <span className={`${theme.second} ${styles.block}`}>
                  {datasetName(gap.dataset)}
                </span>
              </th>
              <td dir="auto">{gap.reason.text}</td>
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
