// SPDX-License-Identifier: Apache-2.0
import type {
  AccountClassInput,
  PersonRecord,
  TotalItems,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useRef, useState } from 'react';
import { formatNumber } from '../components/format';
import { atLeast } from '../components/totals';
import { useWords } from '../translation/useWords';
import { type Match, useDecisions } from './useDecisions';
import { useQueue } from './useQueue';

const nameOf = ({ name, accountId }: UnidentifiedAccount) => name ?? accountId;

export type Work = ReturnType<typeof useWork>;

/** The queue while somebody works through it: where they are, what they say, what is left. */
export function useWork(
  accounts: UnidentifiedAccount[],
  total: TotalItems,
  reason: string,
) {
  const t = useWords();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const decisions = useDecisions(reason);
  const { outcomes, failed } = decisions;
  const waits = ({ accountId }: UnidentifiedAccount) =>
    !outcomes.has(accountId);
  const queue = useQueue(accounts, waits);
  const left = Math.max(
    0,
    atLeast(total) - accounts.filter(one => !waits(one)).length,
  );
  const exact = queue.waiting.flatMap((account): Match[] => {
    const person = account.suggestions.find(one => one.exact);
    return person ? [{ account, person }] : [];
  });

  const named = accounts.findIndex(one => failed?.accounts.has(one.accountId));
  const show = useRef(queue.goTo);
  show.current = queue.goTo;
  useEffect(() => {
    // The answer has an id only: whoever looks for it must see whose.
    if (failed && named >= 0) {
      show.current(named);
    }
  }, [failed, named]);

  const say = (
    key: 'linked' | 'nobody' | 'classed' | 'skipped',
    saved: UnidentifiedAccount[],
    person?: PersonRecord,
  ) => {
    const ids = new Set(saved.map(({ accountId }) => accountId));
    const rows = accounts.filter(one => ids.has(one.accountId)).length;
    const n = formatNumber(Math.max(0, left - rows));
    const words = { account: nameOf(saved[0]), n };
    if (saved.length > 1) {
      const many = formatNumber(saved.length);
      setSaid(t(`identify.saidOfMany.${key}`, { many, n }));
    } else if (key === 'linked') {
      const name = person?.name ?? person?.ref ?? '';
      setSaid(t('identify.said.linked', { ...words, name }));
    } else {
      setSaid(t(`identify.said.${key}`, words));
    }
  };
  /** After what was saved: it is selected no more, and the work goes on behind it. */
  const goOn = (saved: UnidentifiedAccount[]) => {
    queue.drop(saved);
    queue.goOn(saved);
    list.current?.focus();
  };
  const link = async (matches: Match[]) => {
    const saved = await decisions.link(matches);
    if (saved.length > 0) {
      say('linked', saved, matches[0].person);
      goOn(saved);
    }
  };
  /** The bar says itself how many are selected, but not when it comes and goes. */
  const selecting = (count: number) => {
    if (count === 0 && queue.ids.size > 0) {
      setSaid(t('identify.said.noneSelected'));
    } else if (count > 0 && queue.ids.size === 0) {
      setSaid(t('common.bulk.selected', { count, n: formatNumber(count) }));
    }
  };

  return {
    at: queue.at,
    current: queue.current,
    waiting: queue.waiting,
    ids: queue.ids,
    selected: queue.selected,
    list,
    said,
    decisions,
    left,
    exact,
    waits,
    goTo: queue.goTo,
    toggle: (index: number) => selecting(queue.toggle(index)),
    extendTo: (index: number) => selecting(queue.extendTo(index)),
    toggleAll: () => selecting(queue.toggleAll()),
    clear: () => {
      selecting(queue.clear());
      list.current?.focus();
    },
    link: (account: UnidentifiedAccount, person: PersonRecord) =>
      link([{ account, person }]),
    confirmExact: () => link(exact),
    nobody: async (of: UnidentifiedAccount[]) => {
      const saved = await decisions.nobody(of);
      if (saved.length > 0) {
        say('nobody', saved);
        goOn(saved);
      }
    },
    /** Answers those that are not saved. */
    classify: async (of: UnidentifiedAccount[], body: AccountClassInput) => {
      const saved = await decisions.classify(of, body);
      if (saved.length > 0) {
        say('classed', saved);
        goOn(saved);
      }
      return of.slice(saved.length);
    },
    skip: (account: UnidentifiedAccount) => {
      decisions.skip(account);
      say('skipped', [account]);
      goOn([account]);
    },
    undo: async (accountId?: string) => {
      const back = await decisions.undo(accountId);
      if (back.length > 0) {
        setSaid(
          back.length === 1
            ? t('identify.said.undone', { account: nameOf(back[0]) })
            : t('identify.saidOfMany.undone', {
                many: formatNumber(back.length),
              }),
        );
        queue.goBackTo(back[0]);
        list.current?.focus();
      }
    },
  };
}
