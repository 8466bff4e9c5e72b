// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  Button,
  ButtonIcon,
  ButtonLink,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import {
  type Review,
  reviewManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiMore2Line, RiPrinterLine } from '@remixicon/react';
import { useState } from 'react';
import { atLeast, useTotalWords } from '../components/totals';
import { useOwnCount, useReviewRights } from '../queries';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CancelDialog } from './CancelDialog';
import { isOpen } from './DueDate';
import { ReviewCsv } from './ReviewCsv';
import styles from './reviews.module.css';

/** What can be done with a review: decide, look at its rows, cancel it. */
export function ReviewActions({ review }: { review: Review }) {
  const t = useWords();
  const words = useTotalWords();
  const links = useLinks();
  const isPast = useIsPast();
  const { mayRead, mayDecide } = useReviewRights();
  const { allowed } = usePermission({ permission: reviewManagePermission });
  const [isCancelling, setCancelling] = useState(false);
  const { id, state } = review;
  const isRunning = state === 'in-progress' || state === 'remediation';
  const decides = mayDecide && isRunning && !isPast;
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
      {allowed && isOpen(review) && !isPast && (
        <MenuTrigger>
          <ButtonIcon
            variant="tertiary"
            icon={<RiMore2Line />}
            aria-label={t('reviews.page.more')}
          />
          <Menu placement="bottom end">
            <MenuItem color="danger" onAction={() => setCancelling(true)}>
              {t('reviews.page.cancel')}
            </MenuItem>
          </Menu>
        </MenuTrigger>
      )}
      {isCancelling && (
        <CancelDialog review={review} onClose={() => setCancelling(false)} />
      )}
    </div>
  );
}
