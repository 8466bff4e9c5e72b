// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DecidedItems,
  DecideItems,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useRef, useState } from 'react';
import { confluenceComplianceApiRef } from '../api';
import { errorMessage, isResponseError } from '../components/errors';
import { useForgetReview, useReviewRights } from '../queries';
import { useMe } from './useMe';
import { useFindRows } from './useRows';

/** What somebody does with rows. */
export interface Act {
  decision: DecideItems['decision'];
  reason?: string;
}

/** What is on its way, or went wrong, with one row. */
export type RowStatus =
  | { kind: 'saving'; act: Act }
  | { kind: 'retrying'; act: Act }
  | { kind: 'failed'; act: Act; message: string }
  /** `theirs` is the row as somebody else left it; absent where it cannot be found any more. */
  | { kind: 'conflict'; act: Act; theirs?: ReviewItem };

const ATTEMPTS = 3;
const PAUSE = 1_500;

const wait = (milliseconds: number) =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

/** It may work the next time: the network, or a backend that is not there for a moment. */
const isPassing = (error: unknown) =>
  !isResponseError(error) || error.statusCode >= 500;

const isConflict = (error: unknown) =>
  isResponseError(error) && error.statusCode === 409;

/** Decides rows and saves at once; what could not be saved says so at its row. */
export function useDeciding(reviewId: string) {
  const api = useApi(confluenceComplianceApiRef);
  const me = useMe();
  const { mayRead } = useReviewRights();
  const forget = useForgetReview(reviewId);
  // A row that went to somebody else is among all rows only.
  const find = useFindRows(reviewId, mayRead ? 'all' : 'mine');
  const [changed, setChanged] = useState(new Map<string, ReviewItem>());
  const [statuses, setStatuses] = useState(new Map<string, RowStatus>());
  const newest = useRef(changed);

  const keep = (items: ReviewItem[]) => {
    newest.current = new Map(newest.current);
    items.forEach(item => newest.current.set(item.id, item));
    setChanged(newest.current);
  };
  const mark = (
    items: ReviewItem[],
    of: (item: ReviewItem) => RowStatus | undefined,
  ) =>
    setStatuses(before => {
      const after = new Map(before);
      for (const item of items) {
        const status = of(item);
        if (status) {
          after.set(item.id, status);
        } else {
          after.delete(item.id);
        }
      }
      return after;
    });
  const latest = (item: ReviewItem) => {
    const known = newest.current.get(item.id);
    return known && known.version > item.version ? known : item;
  };

  const send = async (items: ReviewItem[], act: Act) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await api.decideReviewItems(reviewId, {
          items: items.map(({ id, version }) => ({ id, version })),
          ...act,
        });
      } catch (error) {
        if (attempt === ATTEMPTS || !isPassing(error)) {
          throw error;
        }
        mark(items, () => ({ kind: 'retrying', act }));
        await wait(PAUSE * attempt);
      }
    }
  };

  /** Keeps what was decided; what was refused by itself says why at its row. */
  const take = (
    items: ReviewItem[],
    act: Act,
    { items: decided, refused = [] }: DecidedItems,
  ): ReviewItem[] => {
    const why = new Map(refused.map(({ id, reason }) => [id, reason.text]));
    keep(decided);
    mark(items, ({ id }) => {
      const message = why.get(id);
      return message ? { kind: 'failed', act, message } : undefined;
    });
    return decided;
  };

  /** Looks what became of rows that somebody else changed; those that nobody did are saved after all. */
  const settle = async (
    items: ReviewItem[],
    act: Act,
    error: unknown,
  ): Promise<ReviewItem[]> => {
    const found = await find(items.map(({ id }) => id));
    const untouched = items.filter(
      item => found.get(item.id)?.version === item.version,
    );
    // The answer to an earlier attempt was lost, and it had been saved.
    const saved = items.flatMap(item => {
      const one = found.get(item.id);
      return one?.version === item.version + 1 &&
        one.decision?.by === me &&
        one.decision?.kind === act.decision
        ? [one]
        : [];
    });
    keep(saved);
    mark(saved, () => undefined);
    const done = new Set(saved.map(({ id }) => id));
    const others = items.filter(
      item => !untouched.includes(item) && !done.has(item.id),
    );
    if (others.length === 0 && saved.length === 0) {
      // Not about these rows, such as a review that has ended.
      throw error;
    }
    mark(others, ({ id }) => ({
      kind: 'conflict',
      act,
      theirs: found.get(id),
    }));
    if (untouched.length === 0) {
      return [];
    }
    return take(untouched, act, await send(untouched, act));
  };

  const decide = async (
    rows: ReviewItem[],
    act: Act,
  ): Promise<ReviewItem[]> => {
    const items = rows.map(latest);
    mark(items, () => ({ kind: 'saving', act }));
    try {
      return take(items, act, await send(items, act));
    } catch (error) {
      try {
        if (isConflict(error)) {
          return await settle(items, act, error);
        }
        throw error;
      } catch (last) {
        const message = errorMessage(last);
        mark(items, () => ({ kind: 'failed', act, message }));
        return [];
      }
    } finally {
      forget();
    }
  };

  return {
    statuses,
    /** The row as it is now. */
    latest: (item: ReviewItem) => {
      const known = changed.get(item.id);
      return known && known.version > item.version ? known : item;
    },
    isBusy: ({ id }: ReviewItem) => {
      const kind = statuses.get(id)?.kind;
      return kind === 'saving' || kind === 'retrying';
    },
    decide,
    /** Takes what is at hand as the row, such as after it was reassigned. */
    keep,
    /** Takes theirs, and forgets what one wanted. */
    leave: (item: ReviewItem) => {
      const status = statuses.get(item.id);
      if (status?.kind === 'conflict' && status.theirs) {
        keep([status.theirs]);
      }
      mark([item], () => undefined);
    },
    /** Decides again, over what somebody else has done. */
    insist: (item: ReviewItem) => {
      const status = statuses.get(item.id);
      if (!status) {
        return;
      }
      if (status.kind === 'conflict' && status.theirs) {
        keep([status.theirs]);
      }
      decide([item], status.act);
    },
  };
}

/** What is decided on a page of rows. */
export type Deciding = ReturnType<typeof useDeciding>;
