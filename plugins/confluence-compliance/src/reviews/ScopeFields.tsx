// SPDX-License-Identifier: Apache-2.0
import { Checkbox, Combobox, Select } from '@backstage/ui';
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useState } from 'react';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import { usePaused } from '../components/usePaused';
import { useGroups, useKnownConnections, useSpaces } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const kinds = ['connection', 'group', 'space'] as const;
const narrower = ['admins', 'guests', 'changed'] as const;
const CHOICES = 20;

/** What a review covers, as it stands in the form. */
export interface ScopeDraft {
  connection?: string;
  kind: (typeof kinds)[number];
  /** Id of the group or space. */
  container?: string;
  /** What it is narrowed to. */
  only?: ReadonlySet<(typeof narrower)[number]>;
}

/** The scope of a form that is filled in. */
export function scopeOf(draft: ScopeDraft): ReviewScope | undefined {
  const { connection, kind, container, only } = draft;
  if (!connection || (kind !== 'connection' && !container)) {
    return undefined;
  }
  return {
    connection,
    ...(kind === 'group' && { group: container }),
    ...(kind === 'space' && { space: container }),
    ...(only?.has('admins') && { admins: true }),
    ...(only?.has('guests') && { guests: true }),
    ...(only?.has('changed') && { changed: true }),
  };
}

interface ScopeFieldsProps {
  draft: ScopeDraft;
  onChange: (draft: ScopeDraft) => void;
}

/** Chooses a site, and in it one group or one space. */
export function ScopeFields({ draft, onChange }: ScopeFieldsProps) {
  const t = useWords();
  const scope = useScope();
  const { data } = useKnownConnections();
  const connections = data?.items ?? [];
  const only =
    scope.connection ??
    (connections.length === 1 ? connections[0].id : undefined);
  useEffect(() => {
    if (!draft.connection && only) {
      onChange({ ...draft, connection: only });
    }
  }, [draft, only, onChange]);

  if (data && connections.length === 0) {
    return <p className={theme.muted}>{t('reviews.create.noSite')}</p>;
  }
  const { connection, kind } = draft;
  return (
    <div className={styles.fields}>
      <div className={styles.field}>
        <Select
          label={t('reviews.create.site')}
          options={connections.map(({ id, title }) => ({
            value: id,
            label: title,
          }))}
          value={connection ?? null}
          onChange={key =>
            onChange({
              ...draft,
              container: undefined,
              connection: key === null ? undefined : String(key),
            })
          }
        />
      </div>
      <ChoiceGroup
        label={t('reviews.create.covers')}
        hideLabel
        value={kind}
        onChange={value =>
          onChange({
            ...draft,
            container: undefined,
            kind: kinds.find(one => one === value) ?? 'connection',
          })
        }
      >
        {kinds.map(one => (
          <RadioCard
            key={one}
            value={one}
            title={t(`reviews.create.kinds.${one}`)}
            text={t(`reviews.create.kinds.${one}Text`)}
          />
        ))}
      </ChoiceGroup>
      {connection && kind === 'group' && (
        <GroupField
          key={connection}
          connection={connection}
          onChange={container => onChange({ ...draft, container })}
        />
      )}
      {connection && kind === 'space' && (
        <SpaceField
          key={connection}
          connection={connection}
          onChange={container => onChange({ ...draft, container })}
        />
      )}
      <div
        role="group"
        aria-label={t('reviews.create.only')}
        className={styles.only}
      >
        <span className={theme.muted}>{t('reviews.create.only')}</span>
        {narrower.map(one => (
          <Checkbox
            key={one}
            isSelected={draft.only?.has(one) ?? false}
            onChange={isOn =>
              onChange({ ...draft, only: withOne(draft.only, one, isOn) })
            }
          >
            {t(`reviews.create.${one}`)}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}

interface ContainerFieldProps {
  connection: string;
  onChange: (id?: string) => void;
}

function GroupField({ connection, onChange }: ContainerFieldProps) {
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
      onChange={onChange}
    />
  );
}

function SpaceField({ connection, onChange }: ContainerFieldProps) {
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
      onChange={onChange}
    />
  );
}

interface PickerProps {
  label: string;
  options: { id: string; label: string }[];
  search: string;
  onSearch: (text: string) => void;
  onChange: (id?: string) => void;
}

function ContainerField({
  label,
  options,
  search,
  onSearch,
  onChange,
}: PickerProps) {
  const t = useWords();
  const [chosen, setChosen] = useState<string>();
  return (
    <div className={styles.field}>
      <Combobox
        size="medium"
        label={label}
        placeholder={t('reviews.create.search')}
        options={options}
        value={chosen ?? null}
        onChange={key => {
          const id = key === null ? undefined : String(key);
          setChosen(id);
          onChange(id);
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
