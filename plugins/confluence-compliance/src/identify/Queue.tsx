// SPDX-License-Identifier: Apache-2.0
import type { UnidentifiedAccount } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckLine } from '@remixicon/react';
import { forwardRef, type MouseEvent, useEffect, useId, useRef } from 'react';
import theme from '../components/theme.module.css';
import { useConnectionTitle } from '../lists/connections';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';
import type { Outcome } from './outcomes';

interface QueueProps {
  accounts: UnidentifiedAccount[];
  /** Index of the one in focus. */
  at: number;
  outcomes: ReadonlyMap<string, Outcome>;
  /** Ids of accounts that could not be saved. */
  failed?: ReadonlySet<string>;
  /** Ids of accounts. */
  selected: ReadonlySet<string>;
  onGo: (index: number) => void;
  onToggle: (index: number) => void;
  onExtend: (index: number) => void;
}

/**
 * The accounts that wait; what is decided stays where it is until the next visit. The one in focus is
 * the selected option, and those that are picked to be decided together are checked.
 */
export const Queue = forwardRef<HTMLUListElement, QueueProps>(function Listed(
  { accounts, at, outcomes, failed, selected, onGo, onToggle, onExtend },
  ref,
) {
  const t = useWords();
  const title = useConnectionTitle();
  const id = useId();
  const current = useRef<HTMLLIElement>(null);
  const show = () => {
    // Not there where nothing is laid out; browsers give a promise, which is no clean-up.
    current.current?.scrollIntoView?.({ block: 'nearest' });
  };
  useEffect(show, [at]);
  const onClick = (event: MouseEvent, index: number) => {
    const { shiftKey, ctrlKey, metaKey, target } = event;
    if (shiftKey) {
      onExtend(index);
    } else if (
      ctrlKey ||
      metaKey ||
      (target instanceof Element && target.closest('[data-check]'))
    ) {
      onToggle(index);
    } else {
      onGo(index);
    }
  };
  return (
    <ul
      ref={ref}
      role="listbox"
      aria-label={t('identify.queue')}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={styles.queue}
      onFocus={show}
    >
      {accounts.map((account, index) => {
        const { connection, accountId, name, suggestions } = account;
        const outcome = outcomes.get(accountId);
        const isSelected = selected.has(accountId);
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
            aria-checked={outcome ? undefined : isSelected}
            className={styles.option}
            onClick={event => onClick(event, index)}
          >
            <span
              className={styles.check}
              data-check={outcome ? undefined : ''}
              aria-hidden="true"
            >
              {!outcome && (
                <span className={styles.box}>
                  {isSelected && <RiCheckLine size={12} />}
                </span>
              )}
            </span>
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
            <span className={styles.optionState}>
              {failed?.has(accountId) && (
                <strong>{t('identify.done.failed')}</strong>
              )}
              {outcome && (
                <span className={theme.second}>
                  <OutcomeWords outcome={outcome} />
                </span>
              )}
              {!outcome && isExact && (
                <span className={list.chip}>
                  {t('identify.suggestion.exact')}
                </span>
              )}
            </span>
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
