// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  ButtonIcon,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { type Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiMore2Line, RiPrinterLine } from '@remixicon/react';
import { useState } from 'react';
import { ReasonDialog } from '../components/ReasonDialog';
import { atLeast, useTotalWords } from '../components/totals';
import { useOwnCount, useReviewRights, useReviewStep } from '../queries';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { OwnerDialog } from './OwnerDialog';
import { ReviewCsv } from './ReviewCsv';
import styles from './reviews.module.css';
import { isOpen, isRunning } from './state';

/** What can be done with a review: decide, look at its rows, give it to another owner, cancel it. */
export function ReviewActions({ review }: { review: Review }) {
  const t = useWords();
  const words = useTotalWords();
  const links = useLinks();
  const isPast = useIsPast();
  const { mayRead, mayDecide, mayManage } = useReviewRights();
  const [isChanging, setChanging] = useState(false);
  const [isCancelling, setCancelling] = useState(false);
  const { id, state } = review;
  const decides = mayDecide && isRunning(review) && !isPast;
  const { data: left } = useOwnCount(id, 'undecided', decides);
  const { data: own } = useOwnCount(id, undefined, decides);
  const count = left === undefined ? 0 : atLeast(left);
  const hasOwn = own !== undefined && atLeast(own) > 0;
  const ownHref = links.decideReview(id);
  const allHref = links.decideReview(id, { rows: 'all' });
  return (
    <div className={styles.actions}>
      {mayRead && state !== 'draft' && <ReviewCsv review={review} />}
      {mayRead && state !== 'draft' && (
        <Button
          variant="secondary"
          iconStart={<RiPrinterLine />}
          onPress={() => window.print()}
        >
          {t('reviews.page.print')}
        </Button>
      )}
      {mayRead && allHref && state !== 'draft' && (
        <ButtonLink variant="secondary" href={allHref}>
          {t('reviews.page.allRows')}
        </ButtonLink>
      )}
      {decides && hasOwn && ownHref && (
        <ButtonLink
          variant={count > 0 ? 'primary' : 'secondary'}
          href={ownHref}
        >
          {count > 0 && left !== undefined
            ? t('reviews.page.decide', { count, n: words(left) })
            : t('reviews.page.ownRows')}
        </ButtonLink>
      )}
      {mayManage && isOpen(review) && !isPast && (
        <MenuTrigger>
          <ButtonIcon
            variant="tertiary"
            icon={<RiMore2Line />}
            aria-label={t('reviews.page.more')}
          />
          <Menu placement="bottom end">
            <MenuItem onAction={() => setChanging(true)}>
              {t('reviews.owner.button')}
            </MenuItem>
            <MenuItem color="danger" onAction={() => setCancelling(true)}>
              {t('reviews.page.cancel')}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      )}
      {isChanging && (
        <OwnerDialog review={review} onClose={() => setChanging(false)} />
      )}
      {isCancelling && (
        <CancelDialog review={review} onClose={() => setCancelling(false)} />
      )}
    </div>
  );
}

interface CancelDialogProps {
  review: Review;
  onClose: () => void;
}

/** Ends a review without a result, and asks why. */
function CancelDialog({ review, onClose }: CancelDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useReviewStep(review.id);
  return (
    <ReasonDialog
      title={t('reviews.cancel.title', { title: <bdi>{review.title}</bdi> })}
      text={t('reviews.cancel.text')}
      label={t('reviews.cancel.why')}
      submit={t('reviews.cancel.submit')}
      destructive
      isPending={isPending}
      error={error}
      onSubmit={reason =>
        mutate({ step: 'cancel', reason }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}
