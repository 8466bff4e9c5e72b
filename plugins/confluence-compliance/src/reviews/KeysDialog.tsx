// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Switch,
} from '@backstage/ui';
import { useState } from 'react';
import { KeyList } from '../components/KeyList';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './table.module.css';

const keys = [
  [['K'], 'keep'],
  [['R'], 'revoke'],
  [['D'], 'defer'],
  [['U'], 'undo'],
  [['A'], 'reassign'],
  [['↑', '↓'], 'move'],
  [['J'], 'next'],
  [['Enter'], 'open'],
  [['Space'], 'select'],
  [['Shift', 'K'], 'keepAll'],
  [['?'], 'help'],
] as const;

/** The keys that act on rows; those that one cannot use are left out. */
export function Keys({ mayReassign }: { mayReassign: boolean }) {
  const t = useWords();
  return (
    <KeyList
      label={t('reviews.keys.title')}
      keys={keys
        .filter(([, does]) => does !== 'reassign' || mayReassign)
        .map(([names, does]) => ({ names, does: t(`reviews.keys.${does}`) }))}
    />
  );
}

const STORED = 'confluence-compliance.review-keys';

/** Whether single letters act, as somebody last chose in this browser. */
export function useLetters() {
  const [areOn, setOn] = useState(() => {
    try {
      return window.localStorage.getItem(STORED) !== 'off';
    } catch {
      return true;
    }
  });
  return {
    areOn,
    turn: (on: boolean) => {
      setOn(on);
      try {
        window.localStorage.setItem(STORED, on ? 'on' : 'off');
      } catch {
        // Without storage it holds for as long as the page is open.
      }
    },
  };
}

interface KeysDialogProps {
  mayReassign: boolean;
  letters: ReturnType<typeof useLetters>;
  onClose: () => void;
}

/** All keys, and the switch that turns single letters off. */
export function KeysDialog({ mayReassign, letters, onClose }: KeysDialogProps) {
  const t = useWords();
  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <div className={theme.root}>
        <DialogHeader>{t('reviews.keys.title')}</DialogHeader>
        <DialogBody>
          <div className={styles.keysBody}>
            <p>{t('reviews.keys.text')}</p>
            <Keys mayReassign={mayReassign} />
            <Switch
              label={t('reviews.keys.on')}
              isSelected={letters.areOn}
              onChange={letters.turn}
            />
          </div>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={onClose}>
            {t('reviews.keys.close')}
          </Button>
        </DialogFooter>
      </div>
    </Dialog>
  );
}
