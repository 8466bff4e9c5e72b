// SPDX-License-Identifier: Apache-2.0
import { Checkbox, Select } from '@backstage/ui';
import type { ReviewScope } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect } from 'react';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import { useCriticalSystems, useKnownConnections } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { GroupField, SpaceField } from './ContainerFields';
import styles from './reviews.module.css';

const kinds = ['connection', 'system', 'group', 'space'] as const;
const narrower = ['admins', 'guests', 'changed'] as const;

/** What a review covers, as it stands in the form. */
export interface ScopeDraft {
  connection?: string;
  kind: (typeof kinds)[number];
  /** Id of the group or space, or ref of the critical system. */
  container?: string;
  /** What that is called, where it is known. */
  name?: string;
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
    ...(kind === 'system' && { system: container }),
    ...(only?.has('admins') && { admins: true }),
    ...(only?.has('guests') && { guests: true }),
    ...(only?.has('changed') && { changed: true }),
  };
}

interface ScopeFieldsProps {
  draft: ScopeDraft;
  onChange: (draft: ScopeDraft) => void;
}

/** Chooses a site, and in it one critical system, one group or one space. */
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
              name: undefined,
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
            name: undefined,
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
      {connection && kind === 'system' && (
        <SystemField
          connection={connection}
          value={draft.container}
          onChange={container =>
            onChange({ ...draft, container, name: undefined })
          }
        />
      )}
      {connection && kind === 'group' && (
        <GroupField
          key={connection}
          connection={connection}
          before={draft.name ?? draft.container}
          onChange={(container, name) =>
            onChange({ ...draft, container, name })
          }
        />
      )}
      {connection && kind === 'space' && (
        <SpaceField
          key={connection}
          connection={connection}
          before={draft.name ?? draft.container}
          onChange={(container, name) =>
            onChange({ ...draft, container, name })
          }
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

interface SystemFieldProps {
  connection: string;
  value?: string;
  onChange: (ref?: string) => void;
}

/** Chooses a critical system of a site. */
function SystemField({ connection, value, onChange }: SystemFieldProps) {
  const t = useWords();
  const { data, error } = useCriticalSystems();
  const systems = (data?.items ?? []).filter(
    ({ resource }) => resource.connection === connection,
  );
  if (error) {
    return (
      <p className={theme.muted} role="alert">
        {t('reviews.create.systemsUnread', { message: errorMessage(error) })}
      </p>
    );
  }
  if (data && systems.length === 0) {
    return <p className={theme.muted}>{t('reviews.create.noSystem')}</p>;
  }
  return (
    <div className={styles.field}>
      <Select
        label={t('reviews.create.systemField')}
        options={systems.map(({ resource }) => ({
          value: resource.ref,
          label: resource.title,
        }))}
        value={value ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
    </div>
  );
}
