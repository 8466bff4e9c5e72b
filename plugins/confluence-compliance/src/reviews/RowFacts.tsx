// SPDX-License-Identifier: Apache-2.0
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiArrowRightSLine } from '@remixicon/react';
import { Fragment } from 'react';
import { FactValue } from '../accounts/FactValue';
import { useFactWords } from '../accounts/useFactWords';
import { EntityLink } from '../components/EntityLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import { useStatusWords } from '../components/words';
import { Fact } from '../details/Facts';
import { Since } from '../details/Since';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import { Delta } from './Delta';
import styles from './table.module.css';

interface RowFactsProps {
  item: ReviewItem;
}

/** How somebody comes to what they have, since when, and what it was before. */
export function AccessFacts({ item }: RowFactsProps) {
  const t = useWords();
  const { path = [], since, delta, reach, lastDecision } = item;
  return (
    <>
      {path.length > 0 && (
        <Fact name={t('reviews.details.path')}>
          <span className={styles.steps}>
            {path.map((step, index) => (
              <Fragment key={`${step.kind} ${step.id}`}>
                {index > 0 && <RiArrowRightSLine aria-hidden="true" />}
                <bdi>{step.name ?? step.id}</bdi>
              </Fragment>
            ))}
          </span>
        </Fact>
      )}
      <Fact name={t('reviews.details.since')}>
        {since ? (
          <Since time={since} />
        ) : (
          <UnknownValue reason={t('reviews.details.sinceUnknown')} />
        )}
      </Fact>
      <Fact name={t('reviews.delta.label')}>
        <Delta item={item} />
        {(['added', 'removed'] as const).map(change => {
          const operations = delta?.[change] ?? [];
          return (
            operations.length > 0 && (
              <span key={change} className={`${theme.second} ${styles.by}`}>
                {t(`reviews.delta.${change}`, {
                  operations: operations.join(', '),
                })}
              </span>
            )
          );
        })}
      </Fact>
      {reach && (
        <Fact name={t('reviews.details.reach')}>
          {t('reviews.details.reachWords', {
            count: reach.spaces,
            n: formatNumber(reach.spaces),
            admin: formatNumber(reach.admin),
          })}
        </Fact>
      )}
      {lastDecision && (
        <Fact name={t('reviews.details.lastTime')}>
          {t(`reviews.done.${lastDecision.kind}`)}{' '}
          <span className={theme.second}>
            {t('reviews.table.decidedBy', {
              who: <DecidedBy by={lastDecision.by} />,
              when: <TimeAgo time={lastDecision.at} />,
            })}
          </span>
          {lastDecision.reason && (
            <span className={`${theme.second} ${styles.by}`} dir="auto">
              {lastDecision.reason}
            </span>
          )}
        </Fact>
      )}
    </>
  );
}

/** What is known of the account of a row; what is not says why. */
export function AccountFacts({ item }: RowFactsProps) {
  const t = useWords();
  const { mfa: mfaWords, lastActive: activeWords } = useFactWords();
  const statusWords = useStatusWords();
  const { principal, status, mfa, lastActive, openFindings } = item;
  const notTold = <UnknownValue reason={t('reviews.details.notTold')} />;
  return (
    <>
      <Fact name={t('reviews.details.person')}>
        {principal.person ? (
          <EntityLink entityRef={principal.person} />
        ) : (
          <UnknownValue reason={t('reviews.details.nobody')} />
        )}
      </Fact>
      {principal.class && (
        <Fact name={t('reviews.details.class')}>
          {t(`reviews.table.kind.${principal.class}`)}
        </Fact>
      )}
      <Fact name={t('reviews.details.status')}>
        {status ? <FactValue fact={status} show={statusWords} /> : notTold}
      </Fact>
      <Fact name={t('reviews.details.lastActive')}>
        {lastActive ? (
          <FactValue fact={lastActive} show={activeWords} />
        ) : (
          notTold
        )}
      </Fact>
      <Fact name={t('reviews.details.mfa')}>
        {mfa ? <FactValue fact={mfa} show={mfaWords} /> : notTold}
      </Fact>
      <Fact name={t('reviews.details.findings')}>
        {!openFindings && notTold}
        {openFindings?.total === 0 && t('reviews.details.noFindings')}
        {openFindings &&
          openFindings.total > 0 &&
          t('reviews.details.openFindings', {
            count: openFindings.total,
            n: formatNumber(openFindings.total),
            high: formatNumber(openFindings.high),
          })}
      </Fact>
    </>
  );
}
