// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ConnectionDataset } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiCheckLine,
  RiContrastLine,
  RiQuestionLine,
  RiSubtractLine,
  RiTimeLine,
} from '@remixicon/react';
import { confluenceComplianceTranslationRef } from '../translation';
import styles from './dataset.module.css';
import { formatNumber } from './format';
import { TimeAgo } from './TimeAgo';

const glyphs = {
  complete: { Glyph: RiCheckLine, tone: styles.complete },
  partial: { Glyph: RiContrastLine, tone: styles.partial },
  unavailable: { Glyph: RiSubtractLine, tone: styles.unseen },
  stale: { Glyph: RiTimeLine, tone: '' },
  'never-read': { Glyph: RiQuestionLine, tone: styles.unseen },
};

/** What one connection could read of one dataset: glyph, word, numbers, reasons. */
export function DatasetCell({ dataset }: { dataset: ConnectionDataset }) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const { state, rows, containers, completeAt, readAt } = dataset;
  const { Glyph, tone } = glyphs[state];
  const since = completeAt ?? readAt;
  return (
    <div className={styles.cell}>
      <span className={`${styles.glyph} ${tone}`} aria-hidden="true">
        <Glyph />
      </span>
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
