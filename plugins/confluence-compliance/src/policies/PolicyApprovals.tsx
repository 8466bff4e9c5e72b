// SPDX-License-Identifier: Apache-2.0
import type { PolicyDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { formatDate } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';
import { currentPage } from './state';

/** Who approved which version, the newest first. */
export function PolicyApprovals({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const page = currentPage(policy);
  return (
    <Panel title={t('policies.history.title')}>
      {policy.approvals.length === 0 && (
        <p className={theme.muted}>{t('policies.history.none')}</p>
      )}
      <ol className={styles.approvals}>
        {policy.approvals.map(approval => (
          <li key={approval.id}>
            <strong>
              {t(
                approval.minorEdit
                  ? 'policies.history.minor'
                  : 'policies.history.approved',
                { n: String(approval.version) },
              )}
            </strong>{' '}
            {page && page.pageId !== approval.pageId && (
              <>{t('policies.history.otherPage')} </>
            )}
            {t('policies.page.by', {
              who: <EntityLink entityRef={approval.by} />,
              when: formatDate(new Date(approval.at)),
            })}
            {approval.note && <p dir="auto">{approval.note}</p>}
            <div className={theme.second}>
              {t('policies.history.hash')}{' '}
              <span className={theme.mono} title={approval.contentHash}>
                {approval.contentHash.slice(0, 12)}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
