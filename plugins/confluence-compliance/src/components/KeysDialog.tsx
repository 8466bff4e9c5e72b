// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Switch,
} from '@backstage/ui';
import type { ReactNode } from 'react';
import { useWords } from '../translation/useWords';
import styles from './keys.module.css';
import theme from './theme.module.css';
import type { useLetters } from './useLetters';

interface KeysDialogProps {
  /** When the keys act. */
  text: string;
  letters: ReturnType<typeof useLetters>;
  onClose: () => void;
  /** The keys. */
  children: ReactNode;
}

/** All keys, and the switch that turns single letters off. */
export function KeysDialog({
  text,
  letters,
  onClose,
  children,
}: KeysDialogProps) {
  const t = useWords();
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <div className={theme.root}>
        <DialogHeader>{t('common.keys.title')}</DialogHeader>
        <DialogBody>
          <div className={styles.body}>
            <p>{text}</p>
            {children}
            <Switch
              label={t('common.keys.on')}
              isSelected={letters.areOn}
              onChange={letters.turn}
            />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            {t('common.keys.close')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
