// SPDX-License-Identifier: Apache-2.0
import type { PersonRecord } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { PanelError } from '../components/ErrorState';
import { SearchBox } from '../components/SearchBox';
import theme from '../components/theme.module.css';
import { usePeople } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';
import { PersonWords } from './PersonWords';

interface PersonSearchProps {
  isPending: boolean;
  onLink: (person: PersonRecord) => void;
}

/** Finds somebody whom no suggestion names; pressing one links the account. */
export function PersonSearch({ isPending, onLink }: PersonSearchProps) {
  const t = useWords();
  const [search, setSearch] = useState('');
  const { data, error, refetch } = usePeople(search.trim());
  return (
    <div className={styles.search}>
      <SearchBox
        label={t('identify.search.label')}
        value={search}
        onChange={setSearch}
      />
      {error && <PanelError error={error} onRetry={refetch} />}
      {search.trim() && data?.items.length === 0 && (
        <p className={theme.second} role="status">
          {t('identify.search.none')}
        </p>
      )}
      {search.trim() && data && data.items.length > 0 && (
        <ul className={styles.suggestions}>
          {data.items.map(person => (
            <li key={`${person.source} ${person.ref}`}>
              <button
                type="button"
                className={styles.suggestion}
                disabled={isPending}
                onClick={() => onLink(person)}
              >
                <PersonWords person={person} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {search.trim() && data?.pageInfo.nextCursor && (
        <p className={theme.second}>{t('identify.search.more')}</p>
      )}
    </div>
  );
}
