// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, TextField, VisuallyHidden } from '@backstage/ui';
import type {
  TotalItems,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useRef, useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { KeysDialog } from '../components/KeysDialog';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useLetters } from '../components/useLetters';
import { useWords } from '../translation/useWords';
import { ClassifyDialog } from './ClassifyDialog';
import styles from './identify.module.css';
import { InFocus } from './InFocus';
import { Keys } from './Keys';
import { keysOf } from './keysOf';
import { NothingLeft } from './NothingLeft';
import { Queue } from './Queue';
import { SelectedBar } from './SelectedBar';
import { keyOf } from './useQueue';
import { useWork } from './useWork';
import { WorkHead } from './WorkHead';

interface WorkThroughProps {
  accounts: UnidentifiedAccount[];
  total: TotalItems;
  more?: () => void;
  isLoadingMore: boolean;
}

/** The queue, and the account in focus with who it may be. */
export function WorkThrough({
  accounts,
  total,
  more,
  isLoadingMore,
}: WorkThroughProps) {
  const t = useWords();
  const letters = useLetters();
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState({ of: '', place: 0 });
  const [classifying, setClassifying] = useState<UnidentifiedAccount[]>();
  const [isHelping, setIsHelping] = useState(false);
  const search = useRef<HTMLDivElement>(null);
  const work = useWork(accounts, total, reason);
  const { decisions, current, selected, waiting, exact, list } = work;
  const { outcomes, isPending } = decisions;
  const place = chosen.of === keyOf(current) ? chosen.place : 0;
  const choose = (next: number) =>
    setChosen({ of: keyOf(current), place: next });

  const isDone = useRef(false);
  useEffect(() => {
    // What opened the dialog may be gone with the selection.
    if (!classifying && isDone.current) {
      isDone.current = false;
      list.current?.focus();
    }
  }, [classifying, list]);

  /** What is said next is said of these. */
  const isWaiting = work.waits(current);
  const alone = isWaiting ? [current] : [];
  const targets = selected.length > 0 ? selected : alone;
  const suggestion = current.suggestions[place];
  const isFree = isWaiting && !isPending;
  const ifFree = <T,>(act: T) => (isFree ? act : undefined);
  const ifAny = <T,>(act: T) =>
    targets.length > 0 && !isPending ? act : undefined;
  const unlessPending = <T,>(act: T) => (isPending ? undefined : act);
  const onKeyDownCapture = keysOf(
    {
      move: by => work.goTo(work.at + by),
      extend: by => work.extendTo(work.at + by),
      choose: next =>
        current.suggestions[next] ? () => choose(next) : undefined,
      confirm: suggestion && ifFree(() => work.link(current, suggestion)),
      confirmExact:
        exact.length > 0 ? unlessPending(work.confirmExact) : undefined,
      nobody: ifAny(() => work.nobody(targets)),
      classify: ifAny(() => setClassifying(targets)),
      skip: ifFree(() => work.skip(current)),
      undo: unlessPending(() => work.undo()),
      pick: () => search.current?.querySelector('input')?.focus(),
      select: unlessPending(() => work.toggle(work.at)),
      selectAll: unlessPending(work.toggleAll),
      clear: selected.length > 0 ? work.clear : undefined,
      help: () => setIsHelping(true),
    },
    letters.areOn,
  );

  if (waiting.length === 0 && !more) {
    return <NothingLeft decisions={decisions} onUndo={() => work.undo()} />;
  }
  return (
    <div
      className={theme.stack}
      onKeyDownCapture={onKeyDownCapture}
      role="presentation"
    >
      <VisuallyHidden aria-live="polite">{work.said}</VisuallyHidden>
      <WorkHead work={work} total={total} />
      {decisions.failed && (
        <FailedBanner>
          {t('common.error.action', { message: decisions.failed.message })}
        </FailedBanner>
      )}
      <div className={styles.columns}>
        <Panel
          title={t('identify.queue')}
          sub={t('identify.exactHint')}
          actions={
            <Checkbox
              isSelected={
                waiting.length > 0 && selected.length === waiting.length
              }
              isIndeterminate={
                selected.length > 0 && selected.length < waiting.length
              }
              isDisabled={isPending || waiting.length === 0}
              onChange={work.toggleAll}
            >
              {t('identify.selectAll')}
            </Checkbox>
          }
          flush
        >
          <Queue
            ref={list}
            accounts={accounts}
            at={work.at}
            outcomes={outcomes}
            failed={decisions.failed?.accounts}
            selected={work.ids}
            onGo={work.goTo}
            onToggle={work.toggle}
            onExtend={work.extendTo}
          />
          {more && (
            <div className={styles.more}>
              <Button
                variant="secondary"
                size="small"
                isPending={isLoadingMore}
                onPress={more}
              >
                {t('identify.action.more')}
              </Button>
            </div>
          )}
        </Panel>
        <div className={styles.side}>
          <InFocus
            key={keyOf(current)}
            account={current}
            outcome={outcomes.get(current.accountId)}
            chosen={place}
            isPending={isPending}
            searchRef={search}
            onChoose={choose}
            onLink={person => work.link(current, person)}
            onNobody={() => work.nobody([current])}
            onSkip={() => work.skip(current)}
            onClassify={() => setClassifying([current])}
            onUndo={() => work.undo(current.accountId)}
          />
          <TextField
            label={t('identify.reason')}
            description={t('identify.reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          <Keys />
          <div>
            <Button
              variant="tertiary"
              size="small"
              onPress={() => setIsHelping(true)}
            >
              {t('identify.action.allKeys')}
            </Button>
          </div>
        </div>
      </div>
      <SelectedBar
        count={selected.length}
        isPending={isPending}
        onNobody={() => work.nobody(selected)}
        onClassify={() => setClassifying(selected)}
        onClear={work.clear}
      />
      {classifying && (
        <ClassifyDialog
          accounts={classifying}
          isPending={isPending}
          failed={decisions.failed?.message}
          onClose={() => setClassifying(undefined)}
          onSave={async body => {
            const rest = await work.classify(classifying, body);
            isDone.current = rest.length === 0;
            setClassifying(rest.length > 0 ? rest : undefined);
          }}
        />
      )}
      {isHelping && (
        <KeysDialog
          text={t('identify.keys.text')}
          letters={letters}
          onClose={() => setIsHelping(false)}
        >
          <Keys />
        </KeysDialog>
      )}
    </div>
  );
}
