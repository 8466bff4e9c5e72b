// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { RemediatedItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { ActionDialog } from '../connections/ActionDialog';
import { useExecuteRemovals, useRemovalPreview } from '../queries';
import { useWords } from '../translation/useWords';
import { PlannedRequest } from './PlannedRequest';
import { RemovalLines } from './RemovalLines';
import { RemovedDialog } from './RemovedDialog';
import styles from './removing.module.css';

/** As many as one request takes. */
const MOST = 50;

interface RemoveDialogProps {
  reviewId: string;
  removals: RemediatedItem[];
  /** They were sent, and need not be selected any more. */
  onDone: () => void;
  onClose: () => void;
}

/** Shows what would be sent to Confluence and what would not and why, and sends it once that is confirmed. */
export function RemoveDialog({
  reviewId,
  removals,
  onDone,
  onClose,
}: RemoveDialogProps) {
  const t = useWords();
  const isTooMany = removals.length > MOST;
  const ids = removals.map(({ item }) => item.id);
  const known = new Map(removals.map(({ item }) => [item.id, item]));
  const preview = useRemovalPreview(reviewId, ids, !isTooMany);
  const { data, isFetching } = preview;
  const {
    mutate,
    isPending,
    error,
    data: done,
    reset,
  } = useExecuteRemovals(reviewId);
  const { planned = [], refused = [], confirm } = data ?? {};
  const failed = error ?? preview.error;
  if (done) {
    return <RemovedDialog removals={removals} done={done} onClose={onClose} />;
  }
  const count = planned.length;
  const n = formatNumber(count);
  return (
    <ActionDialog
      title={t('reviews.remediation.execute.title', {
        count: removals.length,
        n: formatNumber(removals.length),
      })}
      submit={t('reviews.remediation.execute.submit', { count, n })}
      destructive
      missing={
        (isTooMany && t('common.missing.fewer')) ||
        (isFetching && t('reviews.remediation.execute.missing.looking')) ||
        // What failed is looked at again before it is sent.
        (failed && t('reviews.remediation.execute.missing.again')) ||
        (confirm === undefined &&
          t('reviews.remediation.execute.missing.nothing'))
      }
      isPending={isPending}
      failed={
        failed && t('common.error.action', { message: errorMessage(failed) })
      }
      onSubmit={() =>
        confirm &&
        mutate(
          { items: planned.map(({ item }) => item), confirm },
          { onSuccess: onDone },
        )
      }
      onClose={onClose}
    >
      <p>
        {isTooMany
          ? t('reviews.remediation.execute.tooMany', { n: formatNumber(MOST) })
          : t('reviews.remediation.execute.means')}
      </p>
      {isFetching && <Loading rows={removals.length} />}
      {!isFetching && count > 0 && (
        <RemovalLines
          title={t('reviews.remediation.execute.would', { count, n })}
          removals={removals}
          lines={planned.map(one => ({
            item: one.item,
            text: <PlannedRequest planned={one} item={known.get(one.item)} />,
          }))}
        />
      )}
      {!isFetching && refused.length > 0 && (
        <RemovalLines
          title={t('reviews.remediation.execute.wouldNot', {
            count: refused.length,
            n: formatNumber(refused.length),
          })}
          removals={removals}
          lines={refused.map(({ item, refused: why, manual }) => ({
            item,
            text: (
              <span className={styles.request}>
                <span>{why?.text}</span>
                {manual && (
                  <span>
                    {t('reviews.remediation.execute.byHand', {
                      step: manual.text,
                    })}
                  </span>
                )}
              </span>
            ),
          }))}
        />
      )}
      {data && !isFetching && count === 0 && (
        <p>{t('reviews.remediation.execute.none')}</p>
      )}
      {isPending && (
        <p role="status">{t('reviews.remediation.execute.sending')}</p>
      )}
      {failed && (
        <div className={styles.again}>
          <Button
            variant="secondary"
            size="small"
            isDisabled={isFetching}
            onPress={() => {
              reset();
              preview.refetch();
            }}
          >
            {t('reviews.remediation.execute.again')}
          </Button>
        </div>
      )}
    </ActionDialog>
  );
}
