// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import {
  type OpenDecisions,
  reviewDecidePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckDoubleLine } from '@remixicon/react';
import { PanelError } from '../components/ErrorState';
import { formatDate, formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { atLeast } from '../components/totals';
import { useOpenDecisions } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './cards.module.css';
import { Quiet } from './WithAccess';

const ROWS = 5;

/** The access reviews that wait for whoever is signed in. */
export function DecisionsWidget() {
  const t = useWords();
  const { allowed, loading } = usePermission({
    permission: reviewDecidePermission,
  });
  const { data, error, refetch } = useOpenDecisions(ROWS, allowed);
  if (!loading && !allowed) {
    return (
      <div className={theme.root}>
        <Quiet title={t('decisions.forbidden')}>
          {t('common.forbidden.text', {
            permission: reviewDecidePermission.name,
          })}
        </Quiet>
      </div>
    );
  }
  const { items = [], totalItems = 0, open = 0 } = data ?? {};
  const more = atLeast(totalItems) - items.length;
  return (
    <div className={theme.root}>
      <div className={styles.body}>
        {error && (
          <PanelError error={error} onRetry={() => refetch()} stale={!!data} />
        )}
        {!data && !error && <Loading rows={4} />}
        {data && items.length === 0 && (
          <Quiet
            icon={<RiCheckDoubleLine aria-hidden="true" />}
            title={t('decisions.none')}
          >
            {t('decisions.noneText')}
          </Quiet>
        )}
        {items.length > 0 && (
          <>
            <p className={styles.sentence}>
              {t('decisions.open', {
                count: open,
                n: formatNumber(open),
              })}
            </p>
            <ul className={styles.checks} aria-label={t('decisions.reviews')}>
              {items.map(one => (
                <Row key={one.review.id} {...one} />
              ))}
            </ul>
            {more > 0 && (
              <p className={theme.muted}>
                {t('decisions.more', { count: more, n: formatNumber(more) })}
              </p>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function Row({ review, open }: OpenDecisions['items'][number]) {
  const t = useWords();
  const { id, title, dueAt } = review;
  const href = useLinks().decideReview(id);
  const isLate = dueAt !== undefined && Date.parse(dueAt) < Date.now();
  return (
    <li>
      <span>
        <span className={styles.subject}>
          {href ? (
            <Link href={href}>
              <bdi>{title}</bdi>
            </Link>
          ) : (
            <bdi>{title}</bdi>
          )}
        </span>
        <span className={theme.second}>
          {t('decisions.count', { count: open, n: formatNumber(open) })}
          {dueAt &&
            `, ${t('decisions.due', {
              date: formatDate(new Date(dueAt)),
            })}`}
        </span>
      </span>
      {isLate && <StateTag tone="fail" label={t('decisions.overdue')} />}
    </li>
  );
}
