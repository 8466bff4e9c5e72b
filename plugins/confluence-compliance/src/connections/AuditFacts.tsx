// SPDX-License-Identifier: Apache-2.0
import type { AuditCoverage } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

/** What of the audit log of a site was read, and when access last changed. */
export function AuditFacts({ audit }: { audit: AuditCoverage }) {
  const t = useWords();
  const { readTo, reachesTo, accessAt, accessEvents } = audit;
  return (
    <div className={styles.audit}>
      <span className={styles.below}>
        {accessAt ? (
          <>
            {t('connections.audit.access')} <TimeAgo time={accessAt} />
          </>
        ) : (
          t('connections.audit.noAccess')
        )}
        {accessEvents !== undefined && (
          <>
            ,{' '}
            {t('connections.audit.events', {
              count: accessEvents,
              n: formatNumber(accessEvents),
            })}
          </>
        )}
      </span>
      <span className={styles.below}>
        {t('connections.audit.readTo')} <TimeAgo time={readTo} />
        {reachesTo && (
          <>
            , {t('connections.audit.reachesTo')} <TimeAgo time={reachesTo} />
          </>
        )}
      </span>
    </div>
  );
}
