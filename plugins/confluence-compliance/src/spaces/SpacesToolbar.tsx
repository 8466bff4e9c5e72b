// SPDX-License-Identifier: Apache-2.0
import type { SpacesQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FilterSelect } from '../components/FilterSelect';
import { SearchBox } from '../components/SearchBox';
import styles from '../components/toolbar.module.css';
import type { ListUrl } from '../lists/useListUrl';
import { useWords } from '../translation/useWords';
import { spaceStatuses, spaceTypes, useSpaceWords } from './words';

/** The filters that are on, in words, as the empty state names them. */
export function useFilterWords({ q, type, status }: SpacesQuery): string[] {
  const t = useWords();
  const words = useSpaceWords();
  const pair = (name: string, value: string) =>
    t('directory.filters.pair', { name, value });
  return [
    ...(q ? [t('directory.filters.search', { q })] : []),
    ...(type ? [pair(t('spaces.filters.type'), words.type(type))] : []),
    ...(status ? [pair(t('spaces.filters.status'), words.status(status))] : []),
  ];
}

interface SpacesToolbarProps {
  query: SpacesQuery;
  change: ListUrl<unknown>['change'];
}

export function SpacesToolbar({ query, change }: SpacesToolbarProps) {
  const t = useWords();
  const words = useSpaceWords();
  return (
    <div className={styles.toolbar} role="search">
      <SearchBox
        label={t('spaces.search')}
        value={query.q ?? ''}
        onChange={q => change({ q: q.trim() }, { replace: true })}
      />
      <FilterSelect
        label={t('spaces.filters.type')}
        anyLabel={t('spaces.filters.anyType')}
        options={spaceTypes.map(value => ({ value, label: words.type(value) }))}
        value={query.type}
        onChange={type => change({ type })}
      />
      <FilterSelect
        label={t('spaces.filters.status')}
        anyLabel={t('spaces.filters.anyStatus')}
        options={spaceStatuses.map(value => ({
          value,
          label: words.status(value),
        }))}
        value={query.status}
        onChange={status => change({ status })}
      />
    </div>
  );
}
