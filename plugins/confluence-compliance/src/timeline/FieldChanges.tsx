// SPDX-License-Identifier: Apache-2.0
import type { TimelineEntry } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Fragment } from 'react';
import styles from '../components/timeline.module.css';
import { useStatusWords } from '../components/words';
import { useGroupWords } from '../groups/words';
import { useSpaceWords } from '../spaces/words';
import { useWords } from '../translation/useWords';

type Entry = Extract<
  TimelineEntry,
  { dataset: 'accounts' | 'groups' | 'spaces' }
>;
type Value = string | boolean;

const fields = [
  'status',
  'class',
  'listed',
  'name',
  'managedBy',
  'usageType',
  'key',
  'type',
] as const;
type Field = (typeof fields)[number];

const classes = ['person', 'service', 'app', 'guest', 'shared'] as const;

/** Values in our words; what Atlassian adds later, and names, stand as they came. */
function useValueWords(dataset: Entry['dataset']) {
  const t = useWords();
  const group = useGroupWords();
  const space = useSpaceWords();
  const status = useStatusWords();
  return (field: Field, value: Value | undefined): string => {
    if (value === undefined || value === '') {
      return t('timeline.nothing');
    }
    if (typeof value === 'boolean') {
      return value ? t('timeline.yes') : t('timeline.no');
    }
    const known = classes.find(one => one === value);
    switch (field) {
      case 'class':
        return known ? t(`accounts.class.${known}`) : value;
      case 'status':
        return dataset === 'spaces' ? space.status(value) : status(value);
      case 'type':
        return space.type(value);
      case 'managedBy':
        return group.managedBy(value);
      case 'usageType':
        return group.usage(value);
      default:
        return value;
    }
  };
}

/** Which facts of an account, a group or a space became what. */
export function FieldChanges({ entry }: { entry: Entry }) {
  const t = useWords();
  const words = useValueWords(entry.dataset);
  const before: Partial<Record<Field, Value>> = entry.before ?? {};
  const after: Partial<Record<Field, Value>> = entry.after ?? {};
  const changed = fields.filter(field => before[field] !== after[field]);
  if (changed.length === 0) {
    return <>{t('timeline.other')}</>;
  }
  return (
    <>
      {changed.map((field, i) => (
        <Fragment key={field}>
          {i > 0 && ', '}
          {t('timeline.changed', { name: t(`timeline.field.${field}`) })}{' '}
          <span className={styles.values}>
            {t('timeline.fromTo', {
              from: <bdi>{words(field, before[field])}</bdi>,
              to: <bdi>{words(field, after[field])}</bdi>,
            })}
          </span>
        </Fragment>
      ))}
    </>
  );
}
