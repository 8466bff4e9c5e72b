// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon } from '@backstage/ui';
import { groupRefSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { EntityPicker } from '../components/EntityPicker';
import { useWords } from '../translation/useWords';
import styles from './mapping.module.css';

const GROUPS = ['Group'] as const;

/** As many as a policy takes. */
const MOST = 50;

/** Groups that were added, and what stands in the field and was not added yet. */
export interface Concerned {
  groups: string[];
  typed: string;
}

/** Refs of all of them, what stands in the field too; undefined where that is no group. */
export function refsOf({ groups, typed }: Concerned): string[] | undefined {
  if (typed.trim() === '') {
    return groups;
  }
  const { data: ref } = groupRefSchema.safeParse(typed);
  return ref ? [...new Set([...groups, ref])] : undefined;
}

interface ConcernsFieldProps {
  value: Concerned;
  onChange: (value: Concerned) => void;
}

/** Picks the groups whom a policy concerns: they are to acknowledge it. */
export function ConcernsField({ value, onChange }: ConcernsFieldProps) {
  const t = useWords();
  const [added, setAdded] = useState(0);
  const { groups, typed } = value;
  const all = refsOf(value);
  return (
    <div
      role="group"
      aria-label={t('policies.mapping.concerns.title')}
      className={styles.concerns}
    >
      {groups.length > 0 && (
        <ul className={styles.groups}>
          {groups.map(ref => (
            <li key={ref}>
              <EntityLink entityRef={ref} />
              <ButtonIcon
                variant="tertiary"
                size="small"
                icon={<RiCloseLine />}
                aria-label={t('policies.mapping.concerns.remove', {
                  group: ref,
                })}
                onPress={() =>
                  onChange({ ...value, groups: groups.filter(g => g !== ref) })
                }
              />
            </li>
          ))}
        </ul>
      )}
      {groups.length < MOST && (
        <>
          <EntityPicker
            key={added}
            label={t('policies.mapping.concerns.title')}
            description={t('policies.mapping.concerns.hint')}
            kinds={GROUPS}
            value={typed}
            error={all ? undefined : t('policies.mapping.concerns.wrong')}
            onChange={ref => onChange({ ...value, typed: ref })}
          />
          <Button
            variant="secondary"
            size="small"
            iconStart={<RiAddLine />}
            isDisabled={!all || typed.trim() === ''}
            onPress={() => {
              onChange({ groups: all ?? groups, typed: '' });
              setAdded(added + 1);
            }}
          >
            {t('policies.mapping.concerns.add')}
          </Button>
        </>
      )}
    </div>
  );
}
