// SPDX-License-Identifier: Apache-2.0
import { type Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Banner } from '../components/Banner';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import details from '../details/details.module.css';
import { useReviewRights } from '../queries';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { AboutReview } from './AboutReview';
import { DraftPanel } from './DraftPanel';
import { GapsTable } from './GapsTable';
import { ReviewActions } from './ReviewActions';
import { ReviewFrame } from './ReviewFrame';
import { RemediationPanel } from './RemediationPanel';
import { ReviewersPanel } from './ReviewersPanel';
import { ReviewHead } from './ReviewHead';
import { ReviewHistory } from './ReviewHistory';
import { SealPanel } from './SealPanel';
import { SignOffPanel } from './SignOffPanel';
import { isRunning } from './state';
import styles from './reviews.module.css';
import { Summary } from './Summary';
import { useProofs } from './useProofs';

/** One review: where it stands, what it covers, and what comes next. */
export function ReviewPage() {
  return <ReviewFrame>{review => <Page review={review} />}</ReviewFrame>;
}

function Page({ review }: { review: Review }) {
  const t = useWords();
  const links = useLinks();
  const { isKnown, mayRead, mayDecide, mayManage } = useReviewRights();
  const proofs = useProofs(review);
  const { state, gaps = [], gapsReason, title } = review;
  const isDraft = state === 'draft';
  const readsOnly = isKnown && !mayDecide && !mayManage;
  return (
    <>
      <DetailHead
        list={t('reviews.title')}
        listHref={links.reviews()}
        title={title}
      >
        <ReviewActions review={review} />
      </DetailHead>
      {readsOnly && state !== 'completed' && (
        <Banner>{t('reviews.page.readOnly')}</Banner>
      )}
      {state === 'cancelled' && <Banner>{t('reviews.page.cancelled')}</Banner>}
      <ReviewHead review={review} />
      <div className={details.columns}>
        <div className={details.column}>
          {isDraft && <DraftPanel review={review} />}
          {mayRead && (isRunning(review) || state === 'completed') && (
            <RemediationPanel review={review} proofs={proofs} />
          )}
          {mayRead && isRunning(review) && (
            <ReviewersPanel review={review} proofs={proofs} />
          )}
          {!isDraft && gaps.length > 0 && (
            <Panel
              flush
              title={t('reviews.gapsAccepted.title')}
              sub={t('reviews.gapsAccepted.sub')}
            >
              {gapsReason && (
                <p className={styles.note}>
                  {t('reviews.gapsAccepted.reason', {
                    reason: <bdi>{gapsReason}</bdi>,
                  })}
                </p>
              )}
              <GapsTable gaps={gaps} />
            </Panel>
          )}
        </div>
        <div className={details.column}>
          {review.seal && <SealPanel seal={review.seal} />}
          {mayRead && isRunning(review) && (
            <SignOffPanel review={review} proofs={proofs} />
          )}
          <AboutReview review={review} />
          {mayRead && <ReviewHistory review={review} />}
        </div>
      </div>
      <Summary review={review} proofs={proofs} />
    </>
  );
}
