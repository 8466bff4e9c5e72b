// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { PolicyDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import { ExceptionTag } from '../exceptions/ExceptionTag';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';

/** What each check about policies says of this one. */
export function PolicyChecks({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const links = useLinks();
  return (
    <Panel title={t('policies.checks.title')}>
      <ul className={styles.checks}>
        {(policy.checks ?? []).map(
          ({ id, title, verdict, reason, exception }) => {
            const href = links.check(id);
            return (
              <li key={id}>
                <div>
                  {href ? <Link href={href}>{title}</Link> : title}
                  <span className={theme.second} dir="auto">
                    {reason.text}
                  </span>
                </div>
                <div className={styles.said}>
                  <VerdictTag verdict={verdict} />
                  {exception && <ExceptionTag exception={exception} />}
                </div>
              </li>
            );
          },
        )}
      </ul>
    </Panel>
  );
}
