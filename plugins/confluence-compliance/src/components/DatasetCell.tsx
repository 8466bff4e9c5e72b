// SPDX-License-Identifier: Apache-2.0
import type {
  Capability,
  ConnectionDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import { useWords } from '../translation/useWords';
import styles from './dataset.module.css';
import { DatasetGlyph } from './DatasetGlyph';
import { formatNumber } from './format';
import { TimeAgo } from './TimeAgo';

interface DatasetCellProps {
  /** What was read; absent before the first read. */
  dataset?: ConnectionDataset;
  /** What the credentials can read. */
  capability?: Capability;
  /** A link that repairs it. */
  action?: ReactNode;
}

const glyphOf = {
  can: 'never-read',
  partly: 'partial',
  cannot: 'unavailable',
} as const;

/** What one connection could read of one dataset: glyph, word, numbers, reasons. */
export function DatasetCell({ dataset, capability, action }: DatasetCellProps) {
  const t = useWords();
  const wasRead = dataset && dataset.state !== 'never-read';
  const ability = capability?.ability ?? 'can';
  const state = wasRead ? dataset.state : glyphOf[ability];
  const reasons = [...(dataset?.reasons ?? [])];
  const problem = ability === 'can' ? undefined : capability?.problem;
  if (problem && !reasons.some(({ text }) => text === problem.text)) {
    reasons.push(problem);
  }
  const headline = () => {
    const isGap = state === 'unavailable';
    if (isGap && reasons[0]?.code === 'no-organization-key') {
      return t('connections.matrix.noKey');
    }
    if (isGap && reasons[0]?.code === 'scope-missing') {
      return t('connections.matrix.scope');
    }
    return !wasRead && capability?.ability === 'can'
      ? t('connections.matrix.canRead')
      : t(`connections.matrix.state.${state}`);
  };
  const since = dataset?.completeAt ?? dataset?.readAt;
  return (
    <div className={styles.cell}>
      <DatasetGlyph state={state} />
      <span>
        {headline()}
        {wasRead && dataset.dataset !== 'audit' && (
          <Rows state={state} rows={dataset.rows} />
        )}
        {state === 'stale' && since && (
          <>
            , {t('connections.matrix.asOf')} <TimeAgo time={since} />
          </>
        )}
        {action && <span className={styles.action}>{action}</span>}
      </span>
      {wasRead && state === 'partial' && (
        <span className={`${styles.reason} ${styles.numbers}`}>
          {t('connections.matrix.containers', {
            complete: formatNumber(dataset.containers.complete),
            total: formatNumber(dataset.containers.total),
          })}
        </span>
      )}
      {reasons.map(({ code, text }) => (
        <span key={`${code} ${text}`} className={styles.reason} dir="auto">
          {text}
        </span>
      ))}
      {state === 'never-read' && !capability && reasons.length === 0 && (
        <span className={styles.reason}>{t('connections.matrix.never')}</span>
      )}
      {(state === 'partial' || state === 'unavailable') &&
        reasons.length === 0 && (
          <span className={styles.reason}>{t('common.unknownNoReason')}</span>
        )}
    </div>
  );
}

/** How many records it has; of what cannot be read, how many are kept from before. */
function Rows({
  state,
  rows,
}: {
  state: ConnectionDataset['state'];
  rows: number;
}) {
  const t = useWords();
  const n = formatNumber(rows);
  if (state !== 'complete' && rows === 0) {
    return null;
  }
  return (
    <span className={styles.numbers}>
      , {state === 'unavailable' ? t('connections.matrix.kept', { n }) : n}
    </span>
  );
}
