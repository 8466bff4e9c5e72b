// SPDX-License-Identifier: Apache-2.0
import {
  remediationStateSchema,
  type Review,
  reviewReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiShieldCheckLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { FilterSelect } from '../components/FilterSelect';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import toolbar from '../components/toolbar.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { useSelection } from '../components/useSelection';
import { DetailHead } from '../details/DetailHead';
import { More } from '../details/More';
import { useMayRemove, useRemediations, useReviewRights } from '../queries';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { RemovalActions } from './RemovalActions';
import { isOpenRemoval, RemovalTable } from './RemovalTable';
import { ReviewFrame } from './ReviewFrame';
import styles from './reviews.module.css';
import { isRunning } from './state';

const PAGE = 50;

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
  const isPast = useIsPast();
  const { mayManage } = useReviewRights();
  const isAllowed = useMayRemove();
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
  const selection = useSelection(
    shown.filter(isOpenRemoval).map(({ item }) => item.id),
  );
  const mayChange = isRunning(review) && !isPast;
  const mayAssign = mayChange && mayManage;
  const mayRemove =
    mayChange && isAllowed && all.some(({ removalEnabled }) => removalEnabled);
  const maySelect = mayAssign || mayRemove;
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
          {shown.length > 0 && (
            <RemovalTable
              items={shown}
              selection={maySelect ? selection : undefined}
            />
          )}
          <More list={query} shown={all.length} />
        </Panel>
      )}
      {maySelect && (
        <RemovalActions
          reviewId={review.id}
          removals={shown.filter(({ item }) => selection.ids.has(item.id))}
          mayAssign={mayAssign}
          mayRemove={mayRemove}
          onClear={() => selection.change(new Set())}
        />
      )}
    </>
  );
}
