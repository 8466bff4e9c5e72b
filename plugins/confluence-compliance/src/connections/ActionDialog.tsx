// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import {
  type FormEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
} from 'react';
import { FailedBanner } from '../components/Banner';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';

interface ActionDialogProps {
  title: ReactNode;
  submit: ReactNode;
  /** What takes something away is never the primary button. */
  destructive?: boolean;
  /** What has to be done before it can be sent, in words; it stands beside the button. */
  missing?: string | false | null;
  isPending: boolean;
  /** What went wrong, in words. */
  failed?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that does one thing, and says what came of it where it could not. */
export function ActionDialog({
  title,
  submit,
  destructive,
  missing,
  isPending,
  failed,
  onSubmit,
  onClose,
  children,
}: ActionDialogProps) {
  const t = useWords();
  const missingId = useId();
  // Two clicks in a row come before anything is drawn again.
  const isSent = useRef(false);
  useEffect(() => {
    isSent.current = false;
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!missing && !isPending && !isSent.current) {
      isSent.current = true;
      onSubmit();
    }
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={520}>
      <form onSubmit={send} className={theme.root}>
        <DialogHeader>
          <span className={styles.dialogTitle}>{title}</span>
        </DialogHeader>
        <DialogBody>
          <div className={styles.dialog}>
            {children}
            {failed && <FailedBanner>{failed}</FailedBanner>}
          </div>
        </DialogBody>
        <DialogFooter>
          {missing && (
            <span
              id={missingId}
              className={`${theme.second} ${styles.missing}`}
            >
              {missing}
            </span>
          )}
          <Button
            variant={destructive ? 'tertiary' : 'secondary'}
            onPress={onClose}
          >
            {t('common.cancel')}
          </Button>
          <Button
            variant={destructive ? 'secondary' : 'primary'}
            type="submit"
            isDisabled={!!missing}
            aria-describedby={missing ? missingId : undefined}
            isPending={isPending}
          >
            <span className={styles.cutLabel}>{submit}</span>
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
