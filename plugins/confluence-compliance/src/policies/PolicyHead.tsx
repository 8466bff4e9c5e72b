// SPDX-License-Identifier: Apache-2.0
import type {
  PolicyDetail,
  PolicyDifference,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactElement, ReactNode } from 'react';
import { AccountName } from '../components/AccountName';
import { EntityLink } from '../components/EntityLink';
import { formatDate } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';
import { currentPage, useStateName, worstOf } from './state';

interface PolicyHeadProps {
  policy: PolicyDetail;
  /** What Confluence says at this moment, where somebody may read it. */
  difference?: PolicyDifference;
}

/** The approved version, the published one, and what follows. */
export function PolicyHead({ policy, difference }: PolicyHeadProps) {
  const t = useWords();
  const stateName = useStateName();
  const worst = worstOf(policy);
  const { approval, checking, lastRunAt } = policy;
  return (
    <Panel label={t('policies.page.standing')}>
      <div className={styles.head}>
        <Version
          label={t('policies.page.approved')}
          version={approval?.version}
          at={approval?.at}
          by={approval && <EntityLink entityRef={approval.by} />}
        >
          {t('policies.page.neverApproved')}
        </Version>
        <span className={styles.between} aria-hidden="true" />
        <Published policy={policy} difference={difference} />
        <div className={styles.verdict}>
          <VerdictTag verdict={worst.verdict} label={stateName(worst)} />
          {worst.exception && <ExceptionTag exception={worst.exception} />}
          {checking && (
            <span role="status" className={theme.second}>
              {t('policies.checking')}
            </span>
          )}
          {!checking && lastRunAt && (
            <span className={theme.second}>
              {t('policies.page.sinceRun', {
                when: <TimeAgo time={lastRunAt} />,
              })}
            </span>
          )}
        </div>
      </div>
      {worst.verdict !== 'pass' && (
        <p className={styles.reason} dir="auto">
          {worst.reason.text}
        </p>
      )}
    </Panel>
  );
}

function Published({ policy, difference }: PolicyHeadProps) {
  const t = useWords();
  const page = currentPage(policy);
  const published = difference?.published;
  return (
    <Version
      label={t('policies.page.published')}
      version={published?.version ?? page?.version}
      at={published?.at ?? page?.versionAt}
      by={
        published?.by ? (
          <AccountName
            connection={policy.connection}
            accountId={published.by}
          />
        ) : undefined
      }
    >
      <UnknownValue reason={t('policies.pageUnread')} />
    </Version>
  );
}

interface VersionProps {
  label: string;
  version?: number;
  at?: string;
  by?: ReactElement;
  /** Instead of the version where there is none. */
  children: ReactNode;
}

function Version({ label, version, at, by, children }: VersionProps) {
  const t = useWords();
  const when = at && formatDate(new Date(at));
  return (
    <div>
      <span className={theme.second}>{label}</span>
      <span className={styles.version}>
        {version === undefined
          ? children
          : t('policies.version', { n: String(version) })}
      </span>
      {when && (
        <span className={theme.second}>
          {by
            ? t('policies.page.by', { who: by, when })
            : t('policies.page.on', { when })}
        </span>
      )}
    </div>
  );
}
