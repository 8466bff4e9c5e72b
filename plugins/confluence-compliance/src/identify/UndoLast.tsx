// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';
import type { Decisions } from './useDecisions';

interface UndoLastProps {
  decisions: Decisions;
  onUndo: () => void;
}

/** Takes the last decision back, of however many accounts it was; nothing without one. */
export function UndoLast({ decisions, onUndo }: UndoLastProps) {
  const t = useWords();
  const { last, isPending } = decisions;
  return last > 0 ? (
    <Button variant="tertiary" isDisabled={isPending} onPress={onUndo}>
      {last === 1
        ? t('identify.action.undoLast')
        : t('identify.action.undoMany', { n: formatNumber(last) })}
    </Button>
  ) : null;
}
