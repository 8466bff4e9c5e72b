// SPDX-License-Identifier: Apache-2.0
import type { UnidentifiedAccount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { forwardRef, useEffect, useId, useRef } from 'react';
import theme from '../components/theme.module.css';
import { useConnectionTitle } from '../lists/connections';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';
import type { Outcome } from './useDecisions';

interface QueueProps {
  accounts: UnidentifiedAccount[];
  /** Index of the one in focus. */
  at: number;
  outcomes: ReadonlyMap<string, Outcome>;
  onGo: (index: number) => void;
}

/** The accounts that wait; what is decided stays where it is until the next visit. */
export const Queue = forwardRef<HTMLUListElement, QueueProps>(function Listed(
  { accounts, at, outcomes, onGo },
  ref,
) {
  const t = useWords();
  const title = useConnectionTitle();
  const id = useId();
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Not there where nothing is laid out.
    current.current?.scrollIntoView?.({ block: 'nearest' });
  }, [at]);
  return (
    <ul
      ref={ref}
      role="listbox"
      aria-label={t('identify.queue')}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={styles.queue}
    >
      {accounts.map((account, index) => {
        const { connection, accountId, name, suggestions } = account;
        const outcome = outcomes.get(accountId);
        const isExact = suggestions.some(({ exact }) => exact);
        return (
          // Keys are those of the whole list.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={`${connection} ${accountId}`}
            id={`${id}-${index}`}
            ref={index === at ? current : undefined}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onClick={() => onGo(index)}
          >
            <span className={styles.optionName}>
              <span
                className={name ? theme.cut : `${theme.cut} ${theme.mono}`}
                dir="auto"
              >
                {name ?? accountId}
              </span>
              <span className={theme.second}>
                <bdi>{title(connection)}</bdi>
                {account.class === 'guest' && (
                  <> · {t('accounts.class.guest')}</>
                )}
              </span>
            </span>
            {outcome ? (
              <span className={theme.second}>
                <OutcomeWords outcome={outcome} />
              </span>
            ) : (
              isExact && (
                <span className={list.chip}>
                  {t('identify.suggestion.exact')}
                </span>
              )
            )}
          </li>
        );
      })}
    </ul>
  );
});

/** What was said of an account, in words. */
export function OutcomeWords({ outcome }: { outcome: Outcome }) {
  const t = useWords();
  switch (outcome.kind) {
    case 'linked':
      return t('identify.done.linked', { name: <bdi>{outcome.name}</bdi> });
    case 'classed':
      return <>{t(`identify.done.${outcome.class}`)}</>;
    default:
      return <>{t(`identify.done.${outcome.kind}`)}</>;
  }
}
