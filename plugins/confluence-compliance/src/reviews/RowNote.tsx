// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { ReviewItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { StateTag } from '../components/StateTag';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import styles from './table.module.css';
import type { RowStatus } from './useDeciding';

interface RowNoteProps {
  status: Exclude<RowStatus, { kind: 'saving' }>;
  /** It went to somebody else meanwhile, who alone decides now. */
  isHanded: boolean;
  onInsist: () => void;
  onLeave: () => void;
}

/** What went wrong with a row: it is not saved, or somebody else was faster. */
export function RowNote({ status, isHanded, onInsist, onLeave }: RowNoteProps) {
  const t = useWords();
  if (status.kind === 'retrying') {
    return (
      <span role="status">
        <StateTag tone="busy" label={t('reviews.saving.retry')} />
      </span>
    );
  }
  const isConflict = status.kind === 'conflict';
  return (
    <div role="alert" className={styles.conflict}>
      <span dir="auto">
        {isConflict ? (
          <Conflict theirs={status.theirs} isHanded={isHanded} />
        ) : (
          t('reviews.saving.failed', { message: status.message })
        )}
      </span>
      <span className={styles.buttons}>
        {(!isConflict || (status.theirs && !isHanded)) && (
          <Button variant="secondary" size="small" onPress={onInsist}>
            {isConflict ? t('reviews.saving.useMine') : t('common.tryAgain')}
          </Button>
        )}
        <Button variant="tertiary" size="small" onPress={onLeave}>
          {t('reviews.saving.leave')}
        </Button>
      </span>
    </div>
  );
}

function Conflict({
  theirs,
  isHanded,
}: {
  theirs?: ReviewItem;
  isHanded: boolean;
}) {
  const t = useWords();
  if (!theirs) {
    return <>{t('reviews.saving.gone')}</>;
  }
  const { decision, reviewer } = theirs;
  if (isHanded) {
    return t('reviews.saving.reassigned', {
      who: <EntityLink entityRef={reviewer.ref} />,
    });
  }
  if (decision) {
    return t('reviews.saving.conflict', {
      who: <DecidedBy by={decision.by} for={decision.for} />,
      did: t(`reviews.saving.did.${decision.kind}`),
      when: <TimeAgo time={decision.at} />,
    });
  }
  return <>{t('reviews.saving.changed')}</>;
}
