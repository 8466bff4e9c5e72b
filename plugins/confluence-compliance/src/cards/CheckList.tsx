// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { AccessCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { VerdictTag } from '../components/VerdictTag';
import styles from './cards.module.css';
import { useCheckHrefs } from './links';
import { useWords } from '../translation/useWords';

/** The verdict of a check, with how many subjects have it where that is more than one. */
export function CheckTag({ check }: { check: AccessCheck }) {
  const t = useWords();
  const { verdict, excepted = 0 } = check;
  const count = check.count - excepted;
  if (excepted > 0 && count === 0) {
    return (
      <VerdictTag
        verdict="excepted"
        label={t('exceptions.counted', { n: formatNumber(excepted) })}
      />
    );
  }
  const label =
    verdict === 'fail' || verdict === 'warning' || verdict === 'unknown'
      ? t(`cards.check.${verdict}`, {
          count: Math.max(count, 1),
          n: formatNumber(count),
        })
      : undefined;
  return <VerdictTag verdict={verdict} label={label} />;
}

/** Checks over what a card is about, worst first. */
export function CheckList({ checks }: { checks: AccessCheck[] }) {
  const t = useWords();
  const hrefs = useCheckHrefs();
  if (checks.length === 0) {
    return <p className={styles.more}>{t('cards.notJudged')}</p>;
  }
  return (
    <ul className={styles.checks} aria-label={t('cards.allChecks')}>
      {checks.map(check => {
        const href = hrefs.check(check.checkId);
        return (
          <li key={check.checkId}>
            <CheckTag check={check} />
            <span>
              <span className={styles.checkTitle} dir="auto">
                {href ? <Link href={href}>{check.title}</Link> : check.title}
              </span>
              <span className={theme.second} dir="auto">
                {check.reason.text}
                {check.excepted !== undefined &&
                  ` (${t('exceptions.counted', {
                    n: formatNumber(check.excepted),
                  })})`}
              </span>
            </span>
            <SeverityMark severity={check.severity} />
          </li>
        );
      })}
    </ul>
  );
}
