// SPDX-License-Identifier: Apache-2.0
import {
  type RemediatedItem,
  remediationStateSchema,
  type Review,
  reviewReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiShieldCheckLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { EntityLink } from '../components/EntityLink';
import { ErrorState, PanelError } from '../components/ErrorState';
import { FilterSelect } from '../components/FilterSelect';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import toolbar from '../components/toolbar.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { DetailHead } from '../details/DetailHead';
import { More } from '../details/More';
import { useRemediations } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { RemediationTag } from './RemediationTag';
import { Residual } from './Residual';
import { ReviewFrame } from './ReviewFrame';
import styles from './reviews.module.css';
import { useAccessWords, useRowName } from './words';

const PAGE = 50;
const columns = ['who', 'access', 'decided', 'proof'] as const;

/** What was revoked in a review, and what proves that it is gone. */
export function RemediationsPage() {
  const t = useWords();
  return (
    <ReviewFrame title={t('reviews.remediation.title')}>
      {review => <Page review={review} />}
    </ReviewFrame>
  );
}

function Page({ review }: { review: Review }) {
  const t = useWords();
  const words = useTotalWords();
  const links = useLinks();
  const [params, setParams] = useSearchParams();
  const state = remediationStateSchema.options.find(
    one => one === params.get('state'),
  );
  const query = useRemediations(review.id, PAGE, true);
  const { data, error, refetch, isPending } = query;
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = all.filter(
    ({ remediation }) => !state || remediation.state === state,
  );
  const total = data?.pages[0].totalItems ?? 0;
  const choose = (value?: string) =>
    setParams(before => {
      const next = new URLSearchParams(before);
      next.delete('state');
      if (value) {
        next.set('state', value);
      }
      return next;
    });
  return (
    <>
      <DetailHead
        list={review.title}
        listHref={links.review(review.id)}
        title={t('reviews.remediation.title')}
      />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('reviews.one')}
          permission={reviewReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {data && all.length > 0 && (
        <div className={styles.bar}>
          <div className={toolbar.toolbar} role="search">
            <FilterSelect
              label={t('reviews.remediation.filter')}
              anyLabel={t('reviews.remediation.any')}
              options={remediationStateSchema.options.map(value => ({
                value,
                label: t(`reviews.remediation.state.${value}`),
              }))}
              value={state}
              onChange={choose}
            />
          </div>
          <p className={theme.lead} role="status">
            <strong>
              {t('reviews.remediation.lead', {
                count: atLeast(total),
                n: words(total),
              })}
            </strong>
          </p>
        </div>
      )}
      {!(error && !data) && (
        <Panel label={t('reviews.remediation.title')} flush>
          {isPending && <Loading rows={8} />}
          {data && shown.length === 0 && (
            <EmptyState
              icon={<RiShieldCheckLine />}
              title={t(
                all.length === 0
                  ? 'reviews.remediation.empty'
                  : 'reviews.table.filtered',
              )}
              text={t(
                all.length === 0
                  ? 'reviews.remediation.emptyText'
                  : 'reviews.remediation.filteredText',
              )}
            />
          )}
          {shown.length > 0 && <Removals items={shown} />}
          <More list={query} shown={all.length} />
        </Panel>
      )}
    </>
  );
}

function Removals({ items }: { items: RemediatedItem[] }) {
  const t = useWords();
  const name = useRowName();
  const access = useAccessWords();
  return (
    <div
      className={theme.scroll}
      {...scrollRegion}
      aria-label={t('reviews.remediation.title')}
    >
      <table className={`${theme.table} ${styles.list}`}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`reviews.remediation.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ item, remediation, owner }) => {
            const { what, where, of } = access(item);
            const { decision } = item;
            return (
              <tr key={item.id}>
                <th scope="row" className={styles.name}>
                  <bdi>{name(item)}</bdi>
                </th>
                <td dir="auto">
                  {of
                    ? t('reviews.table.of', { what, where })
                    : t('reviews.table.on', { what, where })}
                </td>
                <td className={styles.person}>
                  {decision && (
                    <>
                      {t('reviews.table.decidedBy', {
                        who: <EntityLink entityRef={decision.by} />,
                        when: <TimeAgo time={decision.at} />,
                      })}
                      {decision.reason && (
                        <span
                          className={`${theme.second} ${styles.block}`}
                          dir="auto"
                        >
                          {decision.reason}
                        </span>
                      )}
                    </>
                  )}
                </td>
                <td>
                  <RemediationTag state={remediation.state} />
                  <span
                    className={`${theme.second} ${styles.block}`}
                    dir="auto"
                  >
                    {remediation.reason?.text ??
                      t(`reviews.remediation.means.${remediation.state}`)}
                  </span>
                  {remediation.readStartedAt && (
                    <span className={`${theme.second} ${styles.block}`}>
                      {t('reviews.remediation.read', {
                        when: <TimeAgo time={remediation.readStartedAt} />,
                      })}
                    </span>
                  )}
                  <Residual item={item} residual={remediation.residual} />
                  {owner && (
                    <span className={`${theme.second} ${styles.block}`}>
                      {t('reviews.remediation.owner', {
                        who: <EntityLink entityRef={owner} />,
                      })}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
