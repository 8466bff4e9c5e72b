// SPDX-License-Identifier: Apache-2.0
import { Button, TextField, VisuallyHidden } from '@backstage/ui';
import type {
  PersonRecord,
  TotalItems,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type KeyboardEvent, useRef, useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { atLeast, useTotalWords } from '../components/totals';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import { ClassifyDialog } from './ClassifyDialog';
import { Identified } from './Identified';
import styles from './identify.module.css';
import { InFocus } from './InFocus';
import { Keys } from './Keys';
import { Queue } from './Queue';
import { useDecisions } from './useDecisions';

interface WorkThroughProps {
  accounts: UnidentifiedAccount[];
  total: TotalItems;
  more?: () => void;
  isLoadingMore: boolean;
}

/** Keys act while focus is inside, and never in a field. */
const isField = (target: EventTarget) =>
  target instanceof Element &&
  target.closest('input, textarea, select, [role="combobox"]') !== null;

const keyOf = ({ connection, accountId }: UnidentifiedAccount) =>
  `${connection} ${accountId}`;

const nameOf = ({ name, accountId }: UnidentifiedAccount) => name ?? accountId;

/** The queue, and the account in focus with who it may be. */
export function WorkThrough({
  accounts,
  total,
  more,
  isLoadingMore,
}: WorkThroughProps) {
  const t = useWords();
  const totalWords = useTotalWords();
  const [reason, setReason] = useState<string>(t('identify.reasonDefault'));
  const [inFocus, setInFocus] = useState('');
  const [chosen, setChosen] = useState(0);
  const [said, setSaid] = useState('');
  const [isClassifying, setIsClassifying] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLDivElement>(null);
  const decisions = useDecisions(reason);
  const { outcomes } = decisions;

  const waits = ({ accountId }: UnidentifiedAccount) =>
    !outcomes.has(accountId);
  // By its key: the queue may be loaded again meanwhile.
  const at = Math.max(
    0,
    accounts.findIndex(account => keyOf(account) === inFocus),
  );
  const current = accounts[at];
  const decided = accounts.filter(account => !waits(account)).length;
  const left = Math.max(0, atLeast(total) - decided);
  const exact = accounts.flatMap(account => {
    const suggestion = account.suggestions.find(one => one.exact);
    return waits(account) && suggestion ? [{ account, suggestion }] : [];
  });

  const goTo = (index: number) => {
    const place = Math.max(0, Math.min(index, accounts.length - 1));
    setInFocus(keyOf(accounts[place]));
    setChosen(0);
  };
  /** The next that waits after this one, or the first before it. */
  const goOn = (from: UnidentifiedAccount) => {
    const index = accounts.indexOf(from);
    const isNext = (one: UnidentifiedAccount) =>
      waits(one) && one.accountId !== from.accountId;
    const after = accounts.findIndex((one, i) => i > index && isNext(one));
    goTo(after >= 0 ? after : Math.max(0, accounts.findIndex(isNext)));
    list.current?.focus();
  };
  const say = (
    key: 'linked' | 'nobody' | 'classed' | 'skipped',
    account: UnidentifiedAccount,
    name = '',
  ) => {
    const n = formatNumber(Math.max(0, left - 1));
    const words = { account: nameOf(account), n };
    setSaid(
      key === 'linked'
        ? t('identify.said.linked', { ...words, name })
        : t(`identify.said.${key}`, words),
    );
  };
  const link = async (account: UnidentifiedAccount, person: PersonRecord) => {
    if (await decisions.link(account, person)) {
      say('linked', account, person.name ?? person.ref);
      goOn(account);
    }
  };
  const nobody = async (account: UnidentifiedAccount) => {
    if (await decisions.nobody(account)) {
      say('nobody', account);
      goOn(account);
    }
  };
  const skip = (account: UnidentifiedAccount) => {
    decisions.skip(account);
    say('skipped', account);
    goOn(account);
  };
  const undo = async (accountId?: string) => {
    const account = await decisions.undo(accountId);
    if (account) {
      setSaid(t('identify.said.undone', { account: nameOf(account) }));
      goTo(accounts.indexOf(account));
      list.current?.focus();
    }
  };
  const confirmExact = async () => {
    for (const { account, suggestion } of exact) {
      if (!(await decisions.link(account, suggestion))) {
        return;
      }
      say('linked', account, suggestion.name ?? suggestion.ref);
    }
  };

  const actionOf = (
    key: string,
    isButton: boolean,
  ): (() => void) | undefined => {
    const isFree = waits(current) && !decisions.isPending;
    const suggestion = current.suggestions[chosen];
    switch (key) {
      case 'ArrowDown':
      case 'j':
        return () => goTo(at + 1);
      case 'ArrowUp':
      case 'k':
        return () => goTo(at - 1);
      case 'Enter':
        // A button that has the focus is pressed.
        return isFree && suggestion && !isButton
          ? () => link(current, suggestion)
          : undefined;
      case 'b':
        return isFree ? () => nobody(current) : undefined;
      case 'c':
        return isFree ? () => setIsClassifying(true) : undefined;
      case 's':
        return isFree ? () => skip(current) : undefined;
      case 'u':
        return decisions.isPending ? undefined : () => undo();
      case 'p':
        return () => search.current?.querySelector('input')?.focus();
      default: {
        const place = Number(key) - 1;
        return key.trim() && current.suggestions[place]
          ? () => setChosen(place)
          : undefined;
      }
    }
  };
  const onKeyDownCapture = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (altKey || ctrlKey || metaKey || isField(target) || isClassifying) {
      return;
    }
    const isButton = target instanceof Element && target.closest('button, a');
    const act = actionOf(key, Boolean(isButton));
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };

  if (!accounts.some(waits) && !more) {
    const skipped = [...outcomes.values()].some(
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
        <UndoLast
          isShown={outcomes.size > 0}
          isPending={decisions.isPending}
          onUndo={() => undo()}
        />
      </Panel>
    );
  }
  return (
    <div
      className={theme.stack}
      onKeyDownCapture={onKeyDownCapture}
      role="presentation"
    >
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      <div className={styles.head}>
        <p className={theme.lead}>
          <strong>
            {t('identify.left', {
              count: left,
              n:
                typeof total === 'number'
                  ? formatNumber(left)
                  : totalWords(total),
            })}
          </strong>{' '}
          {t('identify.lead')}
        </p>
        <div className={styles.bulk}>
          <UndoLast
            isShown={outcomes.size > 0}
            isPending={decisions.isPending}
            onUndo={() => undo()}
          />
          {exact.length > 0 && (
            <Button
              variant="secondary"
              isDisabled={decisions.isPending}
              onPress={confirmExact}
            >
              {t('identify.exact', {
                count: exact.length,
                n: formatNumber(exact.length),
              })}
            </Button>
          )}
        </div>
      </div>
      {decisions.failed && (
        <FailedBanner>
          {t('common.error.action', { message: decisions.failed })}
        </FailedBanner>
      )}
      <div className={styles.columns}>
        <Panel title={t('identify.queue')} sub={t('identify.exactHint')} flush>
          <Queue
            ref={list}
            accounts={accounts}
            at={at}
            outcomes={outcomes}
            onGo={goTo}
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
            chosen={chosen}
            isPending={decisions.isPending}
            searchRef={search}
            onChoose={setChosen}
            onLink={person => link(current, person)}
            onNobody={() => nobody(current)}
            onSkip={() => skip(current)}
            onClassify={() => setIsClassifying(true)}
            onUndo={() => undo(current.accountId)}
          />
          <TextField
            label={t('identify.reason')}
            description={t('identify.reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={2000}
          />
          <Keys />
        </div>
      </div>
      {isClassifying && (
        <ClassifyDialog
          account={current}
          isPending={decisions.isPending}
          failed={decisions.failed}
          onClose={() => setIsClassifying(false)}
          onSave={async body => {
            if (await decisions.classify(current, body)) {
              setIsClassifying(false);
              say('classed', current);
              goOn(current);
            }
          }}
        />
      )}
    </div>
  );
}

interface UndoLastProps {
  isShown: boolean;
  isPending: boolean;
  onUndo: () => void;
}

function UndoLast({ isShown, isPending, onUndo }: UndoLastProps) {
  const t = useWords();
  return isShown ? (
    <Button variant="tertiary" isDisabled={isPending} onPress={onUndo}>
      {t('identify.action.undoLast')}
    </Button>
  ) : null;
}
