// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { useKnownConnections } from '../queries';
import { useWords } from '../translation/useWords';
import { AsOfPicker } from './AsOfPicker';
import styles from './scope.module.css';
import { useEarliestDay } from './useEarliestDay';
import { useKeepScope } from './useKeepScope';
import { useScope, useSetScope } from './useScope';

const ALL = 'all';

/** The connection and the date that hold on every tab. */
export function ScopeControl() {
  useKeepScope();
  const { connection, asOf } = useScope();
  const setScope = useSetScope();
  return (
    <div className={styles.control}>
      <ConnectionSelect
        value={connection}
        onChange={chosen => setScope({ connection: chosen })}
      />
      <AsOfPicker
        value={asOf}
        earliest={useEarliestDay(connection)}
        onChange={chosen => setScope({ asOf: chosen })}
      />
    </div>
  );
}

interface ConnectionSelectProps {
  value?: string;
  onChange: (value?: string) => void;
}

/** Stands there where there is something to choose; whoever may not list connections sees none. */
function ConnectionSelect({ value, onChange }: ConnectionSelectProps) {
  const t = useWords();
  const { data } = useKnownConnections();
  const options = (data?.items ?? []).map(({ id, title }) => ({
    value: id,
    label: title,
  }));
  if (options.length < 2 && !value) {
    return null;
  }
  const foreign =
    value && !options.some(option => option.value === value)
      ? [{ value, label: value }]
      : [];
  return (
    <Select
      className={styles.select}
      aria-label={t('scope.connection')}
      options={[
        { value: ALL, label: t('scope.allConnections') },
        ...options,
        ...foreign,
      ]}
      value={value ?? ALL}
      onChange={key =>
        onChange(key === ALL || key === null ? undefined : String(key))
      }
    />
  );
}
