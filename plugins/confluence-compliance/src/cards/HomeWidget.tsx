// SPDX-License-Identifier: Apache-2.0
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { RiArrowRightSLine } from '@remixicon/react';
import { useQuery } from '@tanstack/react-query';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { findingName } from '../components/findingName';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { SeverityMark } from '../components/SeverityMark';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { VerdictTag } from '../components/VerdictTag';
import { useFindingsSplit, useFindings } from '../queries';
import { useLinks } from '../scope/links';
import { AccessOf } from './AccessOf';
import styles from './cards.module.css';
import { useSeesFindings } from './links';
import { Quiet } from './WithAccess';
import { useWords } from '../translation/useWords';

const ROWS = 3;

/** What needs the company, riskiest first. */
function Posture() {
  const t = useWords();
  const totalWords = useTotalWords();
  const links = useLinks();
  const query = useFindings({
    limit: ROWS,
    sort: '-severity',
    verdict: 'fail',
    excepted: 'without',
  });
  const [page] = query.data?.pages ?? [];
  const split = useFindingsSplit(
    { verdict: 'fail' },
    page?.revision ?? 0,
    page !== undefined,
  );
  const error = query.error ?? split.error;
  const excepted = split.data?.excepted ?? 0;
  const href = links.overview();
  const total = page?.totalItems;
  return (
    <div className={styles.body}>
      {error && (
        <PanelError
          error={error}
          onRetry={() => (query.error ? query : split).refetch()}
          stale={query.error !== null && page !== undefined}
        />
      )}
      {!page && !query.error && <Loading rows={4} />}
      {page && total !== undefined && (
        <>
          <p className={styles.sentence}>
            {atLeast(total) === 0
              ? t('cards.home.none')
              : t('cards.home.open', {
                  count: atLeast(total),
                  n: totalWords(total),
                })}
          </p>
          {atLeast(excepted) > 0 && (
            <p className={theme.second}>
              {t('exceptions.counted', { n: totalWords(excepted) })}
            </p>
          )}
          {page.items.length > 0 && (
            <ul className={styles.checks} aria-label={t('cards.home.riskiest')}>
              {page.items.slice(0, ROWS).map(finding => (
                <li key={finding.id}>
                  <VerdictTag verdict={finding.verdict} />
                  <span>
                    <span className={styles.subject}>
                      {finding.subject.entityRef ? (
                        <EntityLink
                          entityRef={finding.subject.entityRef}
                          title={findingName(finding)}
                        />
                      ) : (
                        <bdi>{findingName(finding)}</bdi>
                      )}
                    </span>
                    <span className={theme.second} dir="auto">
                      {finding.reason.text}
                    </span>
                  </span>
                  <SeverityMark severity={finding.severity} />
                </li>
              ))}
            </ul>
          )}
          <div className={styles.foot}>
            <span>
              {t('cards.home.revision', { n: formatNumber(page.revision) })}
            </span>
            {href && (
              <ButtonLink
                href={href}
                variant="tertiary"
                size="small"
                iconEnd={<RiArrowRightSLine />}
              >
                {t('cards.foot.overview')}
              </ButtonLink>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** The access of whoever is signed in. */
function Mine() {
  const t = useWords();
  const identity = useApi(identityApiRef);
  const { data, error, refetch } = useQuery({
    queryKey: ['confluence-compliance', 'identity'],
    queryFn: () => identity.getBackstageIdentity(),
  });
  if (error) {
    return <PanelError error={error} onRetry={() => refetch()} />;
  }
  if (!data) {
    return <Loading rows={4} />;
  }
  return data.userEntityRef ? (
    <div className={styles.body}>
      <p className={styles.sentence}>{t('cards.home.mine')}</p>
      <AccessOf entityRef={data.userEntityRef} />
    </div>
  ) : (
    <Quiet title={t('cards.home.nobody')} />
  );
}

/** What needs you, for whoever may see findings; for everybody else their own access. */
export function HomeWidget() {
  const { loading, allowed } = useSeesFindings();
  return (
    <div className={theme.root}>
      {loading && <Loading rows={4} />}
      {!loading && (allowed ? <Posture /> : <Mine />)}
    </div>
  );
}
