// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { FailedBanner } from '../components/Banner';
import { ChoiceGroup, RadioCard } from '../components/ChoiceCards';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { usePaused } from '../components/usePaused';
import { useWords } from '../translation/useWords';
import styles from './connect.module.css';
import { useSaveConnection, useUserGroupChoices } from './queries';
import { StepFoot } from './StepFoot';
import type { Step } from './steps';
import { useErrorWords } from './useFieldNames';
import { useStartSync } from './useStartSync';
import { usePeopleWords } from './useSummaries';

interface GroupStepProps {
  connection: Connection;
  go: (step: Step) => void;
}

/** Who counts: everybody, or the members of one group. */
export function GroupStep({ connection, go }: GroupStepProps) {
  const t = useWords();
  const errorWords = useErrorWords();
  const [mode, setMode] = useState(connection.userGroup ? 'one' : 'all');
  const [group, setGroup] = useState(connection.userGroup?.id);
  const choices = useUserGroupChoices(connection.id, '');
  const save = useSaveConnection();
  const sync = useStartSync(connection);
  const begun = connection.state !== 'setting-up';
  const unreadable =
    choices.error !== null ||
    connection.capabilities.some(
      ({ dataset, ability }) => dataset === 'groups' && ability === 'cannot',
    );
  const chosen = { userGroup: mode === 'one' ? group : null };
  // What cannot be chosen now stays as it is.
  const update = unreadable ? {} : chosen;
  const error = save.error ?? sync.error;

  const goOn = () => {
    if (begun) {
      save.mutate(
        { id: connection.id, update },
        { onSuccess: () => go('sync') },
      );
    } else {
      sync.start(update, () => go('sync'));
    }
  };

  return (
    <>
      <Panel title={t('connect.group.title')} sub={t('connect.group.sub')}>
        {unreadable ? (
          <p className={theme.lead}>
            {connection.userGroup
              ? t('connect.group.unreadableKept', {
                  name: <bdi>{connection.userGroup.name}</bdi>,
                })
              : t('connect.group.unreadable')}
          </p>
        ) : (
          <div className={styles.stack}>
            <ChoiceGroup
              label={t('connect.group.title')}
              hideLabel
              value={mode}
              onChange={setMode}
            >
              <RadioCard
                value="all"
                title={t('connect.group.everybody')}
                text={t('connect.group.everybodyText')}
              />
              <RadioCard
                value="one"
                title={t('connect.group.one')}
                text={t('connect.group.oneText')}
              />
            </ChoiceGroup>
            {mode === 'one' && (
              <GroupPicker
                connection={connection}
                value={group}
                onChange={setGroup}
              />
            )}
          </div>
        )}
      </Panel>
      {error && (
        <FailedBanner>
          {t('connect.group.failed', { message: errorWords(error) })}
        </FailedBanner>
      )}
      <StepFoot
        label={begun ? t('connect.group.save') : t('connect.group.start')}
        missing={
          mode === 'one' &&
          !unreadable &&
          group === undefined &&
          t('connect.missing.group')
        }
        isPending={save.isPending || sync.isPending}
        onBack={() => go('test')}
        onContinue={goOn}
      />
    </>
  );
}

interface GroupPickerProps {
  connection: Connection;
  value?: string;
  onChange: (id?: string) => void;
}

function GroupPicker({ connection, value, onChange }: GroupPickerProps) {
  const t = useWords();
  const people = usePeopleWords();
  const { userGroup } = connection;
  const [text, setText] = useState(userGroup?.name ?? '');
  const search = usePaused(text);
  const first = useUserGroupChoices(connection.id, '');
  const known = first.data?.items.find(({ id }) => id === value);
  // What the field shows once something is chosen is not looked for again.
  const shown = known && people(known) === search ? '' : search;
  const { data, isFetching } = useUserGroupChoices(connection.id, shown);
  return (
    <div className={styles.narrow}>
      <Combobox
        size="medium"
        label={t('connect.group.field')}
        placeholder={t('connect.group.placeholder')}
        options={(data?.items ?? []).map(item => ({
          id: item.id,
          label: people(item),
        }))}
        value={value ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
        search={{
          mode: 'server',
          inputValue: text,
          onInputChange: setText,
        }}
        description={data?.more ? t('connect.group.more') : undefined}
      />
      <p role="status" className={styles.note}>
        {!isFetching && data?.items.length === 0 && t('connect.group.none')}
      </p>
    </div>
  );
}
