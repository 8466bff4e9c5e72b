// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import { useRef, useState } from 'react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { usePaused } from '../components/usePaused';
import { useGroups, useSpaces } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const CHOICES = 20;

interface ContainerFieldProps {
  connection: string;
  /** What was chosen before the form was opened, by its name or its id. */
  before?: string;
  /** Gets the id and the name of what was chosen. */
  onChange: (id?: string, name?: string) => void;
}

interface Option {
  id: string;
  label: string;
}

/** What is typed, and what is chosen: typing on takes the choice back. */
function useChoice(onChange: ContainerFieldProps['onChange']) {
  const [text, setText] = useState('');
  // Choosing writes the name into the field, which is no typing.
  const chosen = useRef<Option>();
  return {
    text,
    chosen: chosen.current,
    /** What to look for: others are offered again while something is chosen. */
    q: usePaused(chosen.current ? '' : text) || undefined,
    onChoose: (option: Option) => {
      chosen.current = option;
      setText(option.label);
      onChange(option.id, option.label);
    },
    onType: (typed: string) => {
      setText(typed);
      if (chosen.current && chosen.current.label !== typed) {
        chosen.current = undefined;
        onChange(undefined);
      }
    },
  };
}

/** Chooses a group of a site by its name. */
export function GroupField({
  connection,
  before,
  onChange,
}: ContainerFieldProps) {
  const t = useWords();
  const choice = useChoice(onChange);
  const { data, error } = useGroups({
    connection,
    q: choice.q,
    limit: CHOICES,
  });
  return (
    <ContainerField
      label={t('reviews.create.groupField')}
      options={(data?.items ?? []).map(({ groupId, name }) => ({
        id: groupId,
        label: name,
      }))}
      before={before}
      choice={choice}
      error={error}
    />
  );
}

/** Chooses a space of a site by its name or its key. */
export function SpaceField({
  connection,
  before,
  onChange,
}: ContainerFieldProps) {
  const t = useWords();
  const choice = useChoice(onChange);
  const { data, error } = useSpaces({
    connection,
    q: choice.q,
    limit: CHOICES,
  });
  return (
    <ContainerField
      label={t('reviews.create.spaceField')}
      options={(data?.items ?? []).map(({ spaceId, key, name }) => ({
        id: spaceId,
        label: `${name} (${key})`,
      }))}
      before={before}
      choice={choice}
      error={error}
    />
  );
}

interface PickerProps {
  label: string;
  /** What stands already, by its name or its id. */
  before?: string;
  options: Option[];
  choice: ReturnType<typeof useChoice>;
  error: Error | null;
}

function ContainerField({
  label,
  before,
  options,
  choice,
  error,
}: PickerProps) {
  const t = useWords();
  return (
    <div className={styles.field}>
      <Combobox
        size="medium"
        label={label}
        placeholder={
          before && !choice.chosen
            ? t('reviews.create.before', { name: before })
            : t('reviews.create.search')
        }
        options={options}
        value={choice.chosen?.id ?? null}
        onChange={key => {
          const option = options.find(({ id }) => id === key);
          if (option) {
            choice.onChoose(option);
          }
        }}
        search={{
          mode: 'server',
          inputValue: choice.text,
          onInputChange: choice.onType,
        }}
      />
      {error && (
        <p className={theme.muted} role="alert">
          {t('reviews.create.namesUnread', { message: errorMessage(error) })}
        </p>
      )}
    </div>
  );
}
