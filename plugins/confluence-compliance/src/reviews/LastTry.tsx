// SPDX-License-Identifier: Apache-2.0
import type { RemediatedItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** What became of the last try to remove it through the API; no proof of anything. */
export function LastTry({ removal: { removal } }: { removal: RemediatedItem }) {
  const t = useWords();
  if (!removal) {
    return null;
  }
  const { outcome, at, reason } = removal;
  const when = <TimeAgo time={at} />;
  return (
    <span className={`${theme.second} ${styles.block}`} dir="auto">
      {outcome === 'refused'
        ? t('reviews.remediation.last.refused', {
            when,
            reason: reason?.text ?? t('reviews.remediation.last.noReason'),
          })
        : t(`reviews.remediation.last.${outcome}`, { when })}
    </span>
  );
}
