// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import { useState } from 'react';
import { usePaused } from '../components/usePaused';
import { useGroups, useSpaces } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const CHOICES = 20;

interface ContainerFieldProps {
  connection: string;
  /** Id of what was chosen before the form was opened. */
  before?: string;
  /** Gets the id and the name of what was chosen. */
  onChange: (id?: string, name?: string) => void;
}

/** Chooses a group of a site by its name. */
export function GroupField({
  connection,
  before,
  onChange,
}: ContainerFieldProps) {
  const t = useWords();
  const [search, setSearch] = useState('');
  const { data } = useGroups({
    connection,
    q: usePaused(search) || undefined,
    limit: CHOICES,
  });
  return (
    <ContainerField
      label={t('reviews.create.groupField')}
      options={(data?.items ?? []).map(({ groupId, name }) => ({
        id: groupId,
        label: name,
      }))}
      search={search}
      onSearch={setSearch}
      before={before}
      onChange={onChange}
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
  const [search, setSearch] = useState('');
  const { data } = useSpaces({
    connection,
    q: usePaused(search) || undefined,
    limit: CHOICES,
  });
  return (
    <ContainerField
      label={t('reviews.create.spaceField')}
      options={(data?.items ?? []).map(({ spaceId, key, name }) => ({
        id: spaceId,
        label: `${name} (${key})`,
      }))}
      search={search}
      onSearch={setSearch}
      before={before}
      onChange={onChange}
    />
  );
}

interface PickerProps {
  label: string;
  before?: string;
  options: { id: string; label: string }[];
  search: string;
  onSearch: (text: string) => void;
  onChange: (id?: string, name?: string) => void;
}

function ContainerField({
  label,
  options,
  search,
  onSearch,
  before,
  onChange,
}: PickerProps) {
  const t = useWords();
  const [chosen, setChosen] = useState<string>();
  return (
    <div className={styles.field}>
      <Combobox
        size="medium"
        label={label}
        placeholder={
          before && chosen === undefined
            ? t('reviews.create.before', { id: before })
            : t('reviews.create.search')
        }
        options={options}
        value={chosen ?? null}
        onChange={key => {
          const id = key === null ? undefined : String(key);
          setChosen(id);
          onChange(id, options.find(option => option.id === id)?.label);
        }}
        search={{
          mode: 'server',
          inputValue: search,
          onInputChange: onSearch,
        }}
      />
    </div>
  );
}
