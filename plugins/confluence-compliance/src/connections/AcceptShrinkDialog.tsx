// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
  TextAreaField,
} from '@backstage/ui';
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type FormEvent, useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { useAcceptShrink } from '../queries';
import { useWords } from '../translation/useWords';
import { RefusedList } from './RefusedList';

const SHORTEST_REASON = 10;

interface AcceptShrinkDialogProps {
  runId: string;
  refused: Run['refused'][number];
  /** Name of the group or space, or its id where nobody knows it. */
  container: string;
  onClose: () => void;
}

/** Shows what a loss would close, and asks why it is right before it is let through. */
export function AcceptShrinkDialog({
  runId,
  refused,
  container,
  onClose,
}: AcceptShrinkDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useAcceptShrink();
  const [reason, setReason] = useState('');
  const ready = reason.trim().length >= SHORTEST_REASON;
  const missing = formatNumber(refused.missing);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !isPending) {
      mutate(
        { runId, readId: refused.readId, reason: reason.trim() },
        { onSuccess: onClose },
      );
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <form onSubmit={submit} className={theme.root}>
        <DialogHeader>{t('connections.refused.dialogTitle')}</DialogHeader>
        <DialogBody>
          <div className={theme.stack}>
            <Text as="p">
              {t('connections.refused.dialogText', {
                missing,
                of: formatNumber(refused.of),
                dataset: refused.dataset,
                container: <bdi>{container}</bdi>,
              })}
            </Text>
            <RefusedList runId={runId} readId={refused.readId} />
            <TextAreaField
              label={t('connections.refused.reason', {
                n: String(SHORTEST_REASON),
              })}
              value={reason}
              onChange={setReason}
              rows={3}
            />
            {error && (
              <FailedBanner>
                {t('common.error.action', { message: errorMessage(error) })}
              </FailedBanner>
            )}
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={!ready}
            isPending={isPending}
          >
            {t('connections.refused.submit', { missing })}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
