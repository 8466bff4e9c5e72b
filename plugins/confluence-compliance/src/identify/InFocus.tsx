// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonLink } from '@backstage/ui';
import type {
  PersonRecord,
  UnidentifiedAccount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { RefObject } from 'react';
import { AccountEmail } from '../accounts/values';
import { Key } from '../components/KeyList';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import list from '../lists/list.module.css';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';
import { PersonSearch } from './PersonSearch';
import { PersonWords } from './PersonWords';
import type { Outcome } from './outcomes';
import { OutcomeWords } from './Queue';

interface InFocusProps {
  account: UnidentifiedAccount;
  /** What was said of it already. */
  outcome?: Outcome;
  /** Index of the suggestion that Enter confirms. */
  chosen: number;
  isPending: boolean;
  searchRef: RefObject<HTMLDivElement>;
  onChoose: (index: number) => void;
  onLink: (person: PersonRecord) => void;
  onNobody: () => void;
  onSkip: () => void;
  onClassify: () => void;
  onUndo: () => void;
}

/** One account, who it may be, and what can be said of it. */
export function InFocus(props: InFocusProps) {
  const { account, outcome, chosen, isPending, searchRef } = props;
  const t = useWords();
  const href = useLinks().account(account);
  const { name, accountId, suggestions } = account;
  const suggestion = suggestions[chosen];
  return (
    <Panel
      title={name ?? accountId}
      sub={<AccountEmail account={account} />}
      actions={
        href && (
          <ButtonLink variant="tertiary" size="small" href={href}>
            {t('identify.action.open')}
          </ButtonLink>
        )
      }
    >
      {outcome ? (
        <div className={styles.actions}>
          <strong>
            <OutcomeWords outcome={outcome} />
          </strong>
          <Button
            variant="secondary"
            isDisabled={isPending}
            onPress={props.onUndo}
          >
            {t('identify.action.undo')}
          </Button>
        </div>
      ) : (
        <>
          <h3 className={styles.question}>{t('identify.suggestion.title')}</h3>
          {suggestions.length === 0 && (
            <p className={theme.second}>{t('identify.suggestion.none')}</p>
          )}
          <ol className={styles.suggestions}>
            {suggestions.map((one, index) => (
              <li key={`${one.source} ${one.ref}`}>
                <button
                  type="button"
                  className={styles.suggestion}
                  aria-pressed={index === chosen}
                  onClick={() => props.onChoose(index)}
                >
                  <Key>{index + 1}</Key>
                  <PersonWords person={one} />
                  <span className={theme.second}>
                    {t(`identify.suggestion.why.${one.why}`)}
                  </span>
                  {one.exact && (
                    <span className={list.chip}>
                      {t('identify.suggestion.exact')}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ol>
          <div ref={searchRef}>
            <PersonSearch isPending={isPending} onLink={props.onLink} />
          </div>
          <div className={styles.actions}>
            {suggestion && (
              <Button
                variant="primary"
                isPending={isPending}
                onPress={() => props.onLink(suggestion)}
              >
                {t('identify.action.confirm')}
              </Button>
            )}
            <Button
              variant="secondary"
              isDisabled={isPending}
              onPress={props.onNobody}
            >
              {t('identify.action.nobody')}
            </Button>
            <Button
              variant="secondary"
              isDisabled={isPending}
              onPress={props.onClassify}
            >
              {t('identify.action.classify')}
            </Button>
            <Button
              variant="tertiary"
              isDisabled={isPending}
              onPress={props.onSkip}
            >
              {t('identify.action.skip')}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}
