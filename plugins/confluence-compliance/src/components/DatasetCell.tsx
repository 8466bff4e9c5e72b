// SPDX-License-Identifier: Apache-2.0
import type { ConnectionDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useWords } from '../translation/useWords';
import styles from './dataset.module.css';
import { DatasetGlyph } from './DatasetGlyph';
import { formatNumber } from './format';
import { TimeAgo } from './TimeAgo';

/** What one connection could read of one dataset: glyph, word, numbers, reasons. */
export function DatasetCell({ dataset }: { dataset: ConnectionDataset }) {
  const t = useWords();
  const { state, rows, containers, completeAt, readAt } = dataset;
  const since = completeAt ?? readAt;
  return (
    <div className={styles.cell}>
      <DatasetGlyph state={state} />
      <span>
        {t(`connections.matrix.state.${state}`)}
        {(state === 'complete' || rows > 0) && (
          <span className={styles.numbers}>, {formatNumber(rows)}</span>
        )}
        {state === 'stale' && since && (
          <>
            , {t('connections.matrix.asOf')} <TimeAgo time={since} />
          </>
        )}
      </span>
      {state === 'partial' && (
        <span className={`${styles.reason} ${styles.numbers}`}>
          {t('connections.matrix.containers', {
            complete: formatNumber(containers.complete),
            total: formatNumber(containers.total),
          })}
        </span>
      )}
      {dataset.reasons.map(({ code, text }) => (
        <span key={`${code} ${text}`} className={styles.reason} dir="auto">
          {text}
        </span>
      ))}
      {state === 'never-read' && dataset.reasons.length === 0 && (
        <span className={styles.reason}>{t('connections.matrix.never')}</span>
      )}
      {(state === 'partial' || state === 'unavailable') &&
        dataset.reasons.length === 0 && (
          <span className={styles.reason}>{t('common.unknownNoReason')}</span>
        )}
    </div>
  );
}
