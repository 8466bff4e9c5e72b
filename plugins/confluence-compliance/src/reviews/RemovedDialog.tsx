// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type {
  ExecutedRemovals,
  RemediatedItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { RemovalLines } from './RemovalLines';
import styles from './removing.module.css';

const tones = { sent: 'busy', refused: 'fail', unknown: 'unknown' } as const;

interface RemovedDialogProps {
  removals: RemediatedItem[];
  done: ExecutedRemovals;
  onClose: () => void;
}

/** What became of each request; none of it is a proof. */
export function RemovedDialog({ removals, done, onClose }: RemovedDialogProps) {
  const t = useWords();
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <div className={theme.root}>
        <DialogHeader>
          {t('reviews.remediation.execute.sentTitle')}
        </DialogHeader>
        <DialogBody>
          <div className={styles.body} role="status">
            <p>{t('reviews.remediation.execute.doneText')}</p>
            <RemovalLines
              title={t('reviews.remediation.execute.done')}
              removals={removals}
              lines={done.items.map(({ item, outcome, reason }) => ({
                item,
                tag: (
                  <StateTag
                    tone={tones[outcome]}
                    label={t(`reviews.remediation.execute.outcome.${outcome}`)}
                  />
                ),
                text:
                  reason?.text ??
                  (outcome === 'refused'
                    ? undefined
                    : t(`reviews.remediation.execute.${outcome}`)),
              }))}
            />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onPress={onClose}>
            {t('reviews.remediation.execute.close')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
