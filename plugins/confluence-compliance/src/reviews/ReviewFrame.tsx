// SPDX-License-Identifier: Apache-2.0
import {
  type Review,
  reviewReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiListCheck3 } from '@remixicon/react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { isNotFound } from '../components/errors';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { useReview } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useWords } from '../translation/useWords';

interface ReviewFrameProps {
  /** Name of the page in the review; absent for the page of the review itself. */
  title?: string;
  children: (review: Review) => ReactNode;
}

/** A page about the review that the address names, in each state before there is one. */
export function ReviewFrame({ title, children }: ReviewFrameProps) {
  const t = useWords();
  const { id = '' } = useParams();
  const links = useLinks();
  const { data: review, error, refetch } = useReview(id);
  const isMissing = review === null || (!review && isNotFound(error));
  return (
    <PageFrame title={title ?? review?.title ?? id} visibleTitle>
      <ScopeBanner />
      {review ? (
        children(review)
      ) : (
        <DetailHead
          list={t('reviews.title')}
          listHref={links.reviews()}
          title={id}
        />
      )}
      {isMissing && (
        <EmptyState
          icon={<RiListCheck3 />}
          title={t('reviews.page.missing')}
          text={t('reviews.page.missingText', { id })}
        />
      )}
      {error && !review && !isMissing && (
        <ErrorState
          error={error}
          what={t('reviews.one')}
          permission={reviewReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && review && <PanelError error={error} onRetry={refetch} stale />}
      {!error && review === undefined && (
        <Panel label={id} flush>
          <Loading rows={8} />
        </Panel>
      )}
    </PageFrame>
  );
}
