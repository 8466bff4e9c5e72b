// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import { Identified } from './Identified';
import { UndoLast } from './UndoLast';
import type { Decisions } from './useDecisions';

interface NothingLeftProps {
  decisions: Decisions;
  onUndo: () => void;
}

/** That everything is decided, or skipped, and the ways back. */
export function NothingLeft({ decisions, onUndo }: NothingLeftProps) {
  const t = useWords();
  const skipped = [...decisions.outcomes.values()].some(
    ({ kind }) => kind === 'skipped',
  );
  return (
    <Panel label={t('identify.queue')}>
      {skipped ? (
        <EmptyState
          icon={null}
          title={t('identify.empty.skippedTitle')}
          text=""
          actions={
            <Button variant="primary" onPress={decisions.showSkipped}>
              {t('identify.action.again')}
            </Button>
          }
        />
      ) : (
        <Identified />
      )}
      <UndoLast decisions={decisions} onUndo={onUndo} />
    </Panel>
  );
}
