// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type {
  Access,
  AccessCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { UnknownValue } from '../components/UnknownValue';
import { VerdictTag } from '../components/VerdictTag';
import styles from './cards.module.css';
import { CheckTag } from './CheckList';
import { useCheckHrefs } from './links';
import { useWords } from '../translation/useWords';

const tones = {
  fail: styles.worstFail,
  warning: styles.worstWarning,
  unknown: styles.worstUnknown,
};

/** How many results of checks have these verdicts: findings and unknown ones are counted apart. */
function total(checks: AccessCheck[], ...of: AccessCheck['verdict'][]): number {
  return checks
    .filter(({ verdict }) => of.includes(verdict))
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * The worst of the checks in one line; where nothing is wrong, how many were asked. What the
 * card has said already, that it is incomplete and why, is not said again.
 */
export function WorstCheck({ access }: { access: Access }) {
  const t = useWords();
  const hrefs = useCheckHrefs();
  const { checks, incomplete } = access;
  const [worst] = checks;
  if (!worst) {
    return (
      <p>
        {t('cards.fact.checks')}: <UnknownValue reason={t('cards.notJudged')} />
      </p>
    );
  }
  const { verdict, reason } = worst;
  const isSaid = verdict === 'unknown' && reason.text === incomplete?.text;
  if (verdict === 'pass' || verdict === 'not-applicable') {
    const count = checks.length;
    return (
      <div className={styles.worst}>
        <VerdictTag verdict="pass" />
        <span>{t('cards.worst.pass', { count, n: formatNumber(count) })}</span>
      </div>
    );
  }
  const rest = checks.slice(1);
  const others = total(rest, 'fail', 'warning');
  const unknowns = total(rest, 'unknown');
  const href = hrefs.check(worst.checkId);
  return (
    <div className={`${styles.worst} ${tones[verdict]}`}>
      <CheckTag check={worst} />
      <span>
        {verdict === 'unknown' &&
          `${t(isSaid ? 'cards.worst.unknownTitle' : 'cards.worst.unknown')} `}
        <strong dir="auto">{isSaid ? worst.title : reason.text}</strong>{' '}
        {href && (
          <Link href={href} title={worst.title}>
            {t('cards.worst.seeCheck')}
          </Link>
        )}
        {others > 0 &&
          ` ${t('cards.worst.others', {
            count: others,
            n: formatNumber(others),
          })}`}
        {unknowns > 0 &&
          ` ${t('cards.worst.unknowns', {
            count: unknowns,
            n: formatNumber(unknowns),
          })}`}
      </span>
    </div>
  );
}

/** How many checks need somebody, as a fact of a card. */
export function OpenChecks({ checks }: { checks: AccessCheck[] }) {
  const t = useWords();
  if (checks.length === 0) {
    return <UnknownValue reason={t('cards.notJudged')} />;
  }
  const open = checks.filter(
    ({ verdict }) => verdict === 'fail' || verdict === 'warning',
  ).length;
  const unknown = checks.find(({ verdict }) => verdict === 'unknown');
  return (
    <>
      {open > 0
        ? t('cards.openChecks', { count: open, n: formatNumber(open) })
        : !unknown && t('cards.nothingOpen')}
      {open > 0 && unknown && ', '}
      {unknown && (
        <UnknownValue
          label={t('cards.unknownChecks', {
            count: checks.filter(({ verdict }) => verdict === 'unknown').length,
            n: formatNumber(
              checks.filter(({ verdict }) => verdict === 'unknown').length,
            ),
          })}
          reason={unknown.reason.text}
        />
      )}
    </>
  );
}
