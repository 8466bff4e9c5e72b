// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type {
  DecisionKind,
  Review,
  ReviewItem,
  TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../components/format';
import { KeysDialog } from '../components/KeysDialog';
import { Panel } from '../components/Panel';
import { ReasonDialog } from '../components/ReasonDialog';
import { useTotalWords } from '../components/totals';
import { useLetters } from '../components/useLetters';
import { withOne } from '../components/useSelection';
import { useWords } from '../translation/useWords';
import { DecideBar } from './DecideBar';
import { Keys } from './Keys';
import { ReasonForm } from './ReasonForm';
import { ReassignDialog } from './ReassignDialog';
import { ReviewTable } from './ReviewTable';
import { RowDetails } from './RowDetails';
import { RowNote } from './RowNote';
import type { Searched } from './RowSearch';
import styles from './table.module.css';
import { useDeciding } from './useDeciding';
import { keysOf } from './useKeys';
import { useMe } from './useMe';
import { inGroups, isQuiet, useRowWords } from './words';

const LAST_REASONS = 3;

interface DecideRowsProps {
  review: Review;
  /** One page of rows. */
  items: ReviewItem[];
  /** How many of one's own are left in all; undefined while nobody knows. */
  left?: TotalItems;
  mayDecide: boolean;
  mayReassign: boolean;
  onSearch: (searched: Searched) => void;
  /** Below the table: the way to further rows. */
  foot: ReactNode;
}

type Asked =
  | { what: 'reason'; id: string; decision: DecisionKind }
  | { what: 'bulk' | 'keys' }
  | { what: 'reassign'; items: ReviewItem[] };

/** Works through one page of rows, by keyboard or by mouse; everything is saved at once. */
export function DecideRows(props: DecideRowsProps) {
  const { review, items, left, mayDecide, mayReassign, foot } = props;
  const { onSearch } = props;
  const t = useWords();
  const words = useRowWords();
  const totalWords = useTotalWords();
  const me = useMe();
  const letters = useLetters();
  const deciding = useDeciding(review.id);
  const grid = useRef<HTMLTableElement>(null);
  // Rows stay where they are while somebody works on them.
  const order = useMemo(() => inGroups(items), [items]);
  const groups = order.map(group => group.map(deciding.latest));
  const rows = groups.flat();
  const [chosen, setChosen] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const [said, setSaid] = useState('');
  const [reasons, setReasons] = useState<string[]>([]);
  const [ids, setIds] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        mayDecide ? items.filter(one => isQuiet(one)).map(({ id }) => id) : [],
      ),
  );

  /** It was handed to somebody else while it was on screen. */
  const isGone = ({ id, reviewer: { ref } }: ReviewItem) =>
    mayDecide &&
    ref !== me &&
    items.find(item => item.id === id)?.reviewer.ref !== ref;
  const isOpen = (item: ReviewItem) =>
    !item.decision && !deciding.isBusy(item) && !isGone(item);
  const current =
    rows.find(({ id }) => id === chosen) ?? rows.find(isOpen) ?? rows.at(0);
  const at = current ? rows.indexOf(current) : -1;
  const selected = rows.filter(item => ids.has(item.id) && isOpen(item));

  const focus = (id: string) =>
    grid.current
      ?.querySelector<HTMLElement>(`[id="row-${CSS.escape(id)}"]`)
      ?.focus();
  const goTo = (item?: ReviewItem) => {
    if (item) {
      setChosen(item.id);
      focus(item.id);
    }
  };
  /** The next that waits after these, or the first before them. */
  const goOn = (from: number, done: ReviewItem[]) => {
    const waits = (item: ReviewItem) => isOpen(item) && !done.includes(item);
    goTo(
      rows.slice(from + 1).find(waits) ??
        rows.find(waits) ??
        rows[Math.max(0, from)],
    );
  };
  const leave = () => {
    setAsked(undefined);
    if (current) {
      focus(current.id);
    }
  };
  const say = (decision: DecisionKind | 'undo', done: ReviewItem[]) => {
    const change = decision === 'undo' ? done.length : -done.length;
    const n =
      typeof left === 'object'
        ? totalWords(left)
        : formatNumber(
            Math.max(0, (left ?? rows.filter(isOpen).length) + change),
          );
    setSaid(
      done.length === 1
        ? t(`reviews.said.${decision}`, { name: words(done[0]), n })
        : t('reviews.said.many', { count: done.length, n }),
    );
  };
  const decide = (
    done: ReviewItem[],
    decision: DecisionKind | 'undo',
    reason?: string,
  ) => {
    setAsked(undefined);
    if (reason) {
      setReasons(before =>
        [reason, ...before.filter(one => one !== reason)].slice(
          0,
          LAST_REASONS,
        ),
      );
    }
    deciding.decide(done, { decision, ...(reason && { reason }) });
    say(decision, done);
    if (decision === 'undo') {
      goTo(done[0]);
    } else {
      goOn(rows.indexOf(done[done.length - 1]), done);
    }
  };
  const act = (item: ReviewItem, decision: DecisionKind | 'undo') => {
    setChosen(item.id);
    const needsReason =
      decision === 'revoke' ||
      decision === 'defer' ||
      (decision === 'keep' && item.keepNeedsReason);
    if (decision !== 'undo' && needsReason) {
      setAsked({ what: 'reason', id: item.id, decision });
    } else {
      decide([item], decision);
    }
  };
  const toggle = ({ id }: ReviewItem) => setIds(withOne(ids, id, !ids.has(id)));
  const areQuiet = selected.length > 0 && selected.every(one => isQuiet(one));

  const keys = () => {
    const waiting =
      current && mayDecide && isOpen(current) ? current : undefined;
    const decideCurrent = (decision: DecisionKind) =>
      waiting ? () => act(waiting, decision) : undefined;
    return keysOf(
      {
        move: by => goTo(rows[at + by]),
        edge: to => goTo(to === 'first' ? rows[0] : rows.at(-1)),
        next: () => goOn(at, []),
        select: waiting ? () => toggle(waiting) : undefined,
        extend: mayDecide
          ? by => {
              const next = rows[at + by];
              if (next) {
                setIds(
                  new Set([
                    ...ids,
                    ...[current, next].flatMap(one =>
                      one && isOpen(one) ? [one.id] : [],
                    ),
                  ]),
                );
                goTo(next);
              }
            }
          : undefined,
        open: () => document.getElementById('review-row-details')?.focus(),
        keep: decideCurrent('keep'),
        revoke: decideCurrent('revoke'),
        defer: decideCurrent('defer'),
        undo:
          current?.decision &&
          mayDecide &&
          !deciding.isBusy(current) &&
          !isGone(current)
            ? () => act(current, 'undo')
            : undefined,
        reassign:
          mayReassign && current && isOpen(current)
            ? () => setAsked({ what: 'reassign', items: [current] })
            : undefined,
        keepSelection: areQuiet ? () => decide(selected, 'keep') : undefined,
        help: () => setAsked({ what: 'keys' }),
      },
      letters.areOn,
    );
  };

  const under = (item: ReviewItem) => {
    const status = deciding.statuses.get(item.id);
    if (asked?.what === 'reason' && asked.id === item.id) {
      const fitting = item.recommendation.reasons.map(({ text }) => text);
      return (
        <ReasonForm
          key={asked.decision}
          decision={asked.decision}
          suggestions={[
            ...new Set([
              ...(asked.decision === item.recommendation.kind ? fitting : []),
              ...reasons,
            ]),
          ]}
          onSave={reason => decide([item], asked.decision, reason)}
          onLeave={leave}
        />
      );
    }
    return status && status.kind !== 'saving' ? (
      <RowNote
        status={status}
        isHanded={
          status.kind === 'conflict' &&
          status.theirs !== undefined &&
          isGone(status.theirs)
        }
        onInsist={() => deciding.insist(item)}
        onLeave={() => deciding.leave(item)}
      />
    ) : null;
  };

  return (
    <div
      className={styles.columns}
      role="presentation"
      onKeyDownCapture={keys()}
    >
      <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>
      <Panel label={t('reviews.table.label')} flush>
        <ReviewTable
          ref={grid}
          groups={groups}
          current={current?.id}
          statuses={deciding.statuses}
          selected={new Set(selected.map(({ id }) => id))}
          onSelect={mayDecide ? setIds : undefined}
          onGo={setChosen}
          onAct={mayDecide ? act : undefined}
          isGone={isGone}
          under={under}
        />
        {foot}
      </Panel>
      <div id="review-row-details" tabIndex={-1} className={styles.side}>
        <RowDetails reviewId={review.id} item={current} onSearch={onSearch} />
        {mayDecide && <Keys mayReassign={mayReassign} />}
      </div>
      <DecideBar
        selected={selected}
        areQuiet={areQuiet}
        onKeep={() => decide(selected, 'keep')}
        onRevoke={() => setAsked({ what: 'bulk' })}
        onReassign={
          mayReassign
            ? () => setAsked({ what: 'reassign', items: selected })
            : undefined
        }
        onClear={() => setIds(new Set())}
      />
      {asked?.what === 'bulk' && (
        <ReasonDialog
          title={t('reviews.reason.many', {
            count: selected.length,
            n: formatNumber(selected.length),
            why: t('reviews.reason.revoke'),
          })}
          label={t('reviews.reason.revoke')}
          submit={t('reviews.bulk.revoke', {
            n: formatNumber(selected.length),
          })}
          destructive
          onSubmit={reason => decide(selected, 'revoke', reason)}
          onClose={leave}
        />
      )}
      {asked?.what === 'reassign' && (
        <ReassignDialog
          reviewId={review.id}
          items={asked.items}
          onDone={changed => {
            deciding.keep(changed);
            leave();
          }}
          onClose={leave}
        />
      )}
      {asked?.what === 'keys' && (
        <KeysDialog
          text={t('reviews.keys.text')}
          letters={letters}
          onClose={leave}
        >
          <Keys mayReassign={mayReassign} />
        </KeysDialog>
      )}
    </div>
  );
}
