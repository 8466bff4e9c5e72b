// SPDX-License-Identifier: Apache-2.0
import type { UnidentifiedAccount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useSelection, withOne } from '../components/useSelection';

/** An account in a site; the same one may wait in several. */
export const keyOf = ({ connection, accountId }: UnidentifiedAccount) =>
  `${connection} ${accountId}`;

/** Each account once: what is said of it holds in every site. */
export function once(accounts: UnidentifiedAccount[]): UnidentifiedAccount[] {
  const ids = new Set<string>();
  return accounts.filter(
    ({ accountId }) => !ids.has(accountId) && ids.add(accountId),
  );
}

/**
 * Where somebody is in the queue, and what they have selected of it. Whatever selects answers how many
 * are selected then.
 */
export function useQueue(
  accounts: UnidentifiedAccount[],
  waits: (account: UnidentifiedAccount) => boolean,
) {
  const [inFocus, setInFocus] = useState('');
  const waiting = once(accounts.filter(waits));
  const { ids, change } = useSelection(
    waiting.map(({ accountId }) => accountId),
  );
  // By its key: the queue may be loaded again meanwhile.
  const at = Math.max(
    0,
    accounts.findIndex(account => keyOf(account) === inFocus),
  );
  const placeOf = (index: number) =>
    Math.max(0, Math.min(index, accounts.length - 1));
  const goTo = (index: number) => setInFocus(keyOf(accounts[placeOf(index)]));
  const indexOf = (account: UnidentifiedAccount) =>
    accounts.findIndex(one => keyOf(one) === keyOf(account));
  const select = (chosen: Iterable<string>) => {
    const next = new Set(chosen);
    change(next);
    return next.size;
  };
  return {
    at,
    current: accounts[at],
    waiting,
    /** By account id. */
    ids,
    selected: waiting.filter(({ accountId }) => ids.has(accountId)),
    goTo,
    goBackTo: (account: UnidentifiedAccount) => goTo(indexOf(account)),
    /** To the next that waits after the last of these, or the first that does. */
    goOn: (from: UnidentifiedAccount[]) => {
      const left = new Set(from.map(({ accountId }) => accountId));
      const isNext = (one: UnidentifiedAccount) =>
        waits(one) && !left.has(one.accountId);
      const last = Math.max(...from.map(indexOf));
      const after = accounts.findIndex((one, i) => i > last && isNext(one));
      goTo(after >= 0 ? after : accounts.findIndex(isNext));
    },
    toggle: (index: number) => {
      const { accountId } = accounts[index];
      goTo(index);
      return waits(accounts[index])
        ? select(withOne(ids, accountId, !ids.has(accountId)))
        : ids.size;
    },
    /** Selects from the one in focus up to this one. */
    extendTo: (index: number) => {
      const to = placeOf(index);
      const range = accounts.slice(Math.min(at, to), Math.max(at, to) + 1);
      goTo(to);
      return select([
        ...ids,
        ...range.filter(waits).map(({ accountId }) => accountId),
      ]);
    },
    /** All that wait, or none where all are selected. */
    toggleAll: () =>
      select(
        ids.size === waiting.length
          ? []
          : waiting.map(({ accountId }) => accountId),
      ),
    clear: () => select([]),
    /** Selects these no more. */
    drop: (gone: UnidentifiedAccount[]) => {
      const away = new Set(gone.map(({ accountId }) => accountId));
      return select([...ids].filter(id => !away.has(id)));
    },
  };
}
