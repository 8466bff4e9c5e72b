// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import {
  reviewReadPermission,
  reviewStateSchema,
  reviewsQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiAddLine, RiFilterOffLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { FilterSelect } from '../components/FilterSelect';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import toolbar from '../components/toolbar.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { More } from '../details/More';
import { useListUrl } from '../lists/useListUrl';
import { useReviewRights, useReviews } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AllDelegations } from './AllDelegations';
import { Delegations } from './Delegations';
import { NoReviews } from './NoReviews';
import { OwnReviews } from './OwnReviews';
import { RecurringPanel } from './recurring/RecurringPanel';
import { ReviewList } from './ReviewList';
import styles from './reviews.module.css';
import { isRunning } from './state';

/** What one has to decide, and all reviews for whoever may see them. */
export function ReviewsPage() {
  const t = useWords();
  const isPast = useIsPast();
  const { isKnown, mayRead, mayDecide, mayManage } = useReviewRights();
  return (
    <PageFrame title={t('reviews.title')}>
      <ScopeBanner />
      {mayDecide && !isPast && <OwnReviews always={!mayRead} />}
      {isKnown && (mayRead || !mayDecide) && <AllReviews />}
      {mayRead && !isPast && <RecurringPanel />}
      {mayDecide && !isPast && <Delegations />}
      {mayManage && !isPast && <AllDelegations />}
    </PageFrame>
  );
}

function AllReviews() {
  const t = useWords();
  const words = useTotalWords();
  const isPast = useIsPast();
  const links = useLinks();
  const { mayManage } = useReviewRights();
  const url = useListUrl(reviewsQuerySchema, ['state']);
  const { state } = url.query;
  const query = useReviews({ state }, true);
  const { data, error, refetch, isPending } = query;
  const reviews = data?.pages.flatMap(({ items }) => items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const running = reviews.filter(isRunning).length;
  const createHref = mayManage && !isPast ? links.newReview() : undefined;
  const isEmpty = data && reviews.length === 0;

  if (error && !data) {
    return (
      <ErrorState
        error={error}
        what={t('reviews.what')}
        permission={reviewReadPermission.name}
        onRetry={refetch}
      />
    );
  }
  return (
    <>
      {error && <PanelError error={error} onRetry={refetch} stale />}
      {!(isEmpty && !state) && (
        <div className={styles.bar}>
          <div className={toolbar.toolbar} role="search">
            <FilterSelect
              label={t('reviews.list.filter')}
              anyLabel={t('reviews.list.any')}
              options={reviewStateSchema.options.map(value => ({
                value,
                label: t(`reviews.state.${value}`),
              }))}
              value={state}
              onChange={value => url.change({ state: value })}
            />
          </div>
          {data && (
            <p className={theme.lead} role="status">
              <strong>
                {t('reviews.list.count', {
                  count: atLeast(total),
                  n: words(total),
                })}
              </strong>{' '}
              {!state && !query.hasNextPage && running > 0 && (
                <span className={theme.muted}>
                  {t('reviews.list.running', {
                    count: running,
                    n: formatNumber(running),
                  })}
                </span>
              )}
            </p>
          )}
          {createHref && (
            <ButtonLink
              variant="secondary"
              href={createHref}
              iconStart={<RiAddLine />}
              className={styles.last}
            >
              {t('reviews.create.button')}
            </ButtonLink>
          )}
        </div>
      )}
      <Panel label={t('reviews.title')} flush>
        {isPending && <Loading rows={8} />}
        {reviews.length > 0 && <ReviewList reviews={reviews} />}
        {isEmpty && !state && <NoReviews createHref={createHref} />}
        {isEmpty && state && (
          <EmptyState
            icon={<RiFilterOffLine />}
            title={t('reviews.list.filtered')}
            text={t('reviews.list.filteredText')}
            actions={
              <Button variant="secondary" onPress={url.clear}>
                {t('common.clearFilters')}
              </Button>
            }
          />
        )}
        <More list={query} shown={reviews.length} />
      </Panel>
    </>
  );
}
