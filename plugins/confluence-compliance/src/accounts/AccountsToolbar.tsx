// SPDX-License-Identifier: Apache-2.0
import {
  accountClassSchema,
  type AccountsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FilterSelect } from '../components/FilterSelect';
import { SearchBox } from '../components/SearchBox';
import styles from '../components/toolbar.module.css';
import type { ListUrl } from '../lists/useListUrl';
import { useWords } from '../translation/useWords';
import { splitStatuses } from './useSplit';

const people = ['linked', 'unlinked'] as const;
const populations = ['inside', 'outside'] as const;
const mfas = ['enabled', 'disabled', 'unknown'] as const;
const foundOptions = ['open', 'all'] as const;
const classes = accountClassSchema.options;

/** The filters that are on, in words, as the empty state names them. */
export function useFilterWords(query: AccountsQuery): string[] {
  const t = useWords();
  const pair = (name: string, value: string) =>
    t('directory.filters.pair', { name, value });
  const { q, class: accountClass, status, person, findings } = query;
  const { mfa, population } = query;
  const known = splitStatuses.find(candidate => candidate === status);
  const words: string[] = [];
  if (q) {
    words.push(t('directory.filters.search', { q }));
  }
  if (status) {
    words.push(
      pair(
        t('accounts.filters.status'),
        known ? t(`accounts.status.${known}`) : status,
      ),
    );
  }
  if (accountClass) {
    words.push(
      pair(t('accounts.filters.class'), t(`accounts.class.${accountClass}`)),
    );
  }
  if (person) {
    words.push(
      pair(t('accounts.filters.person'), t(`accounts.filters.${person}`)),
    );
  }
  if (population) {
    words.push(
      pair(
        t('accounts.filters.population'),
        t(`accounts.filters.${population}`),
      ),
    );
  }
  if (mfa) {
    words.push(pair(t('accounts.filters.mfa'), t(`accounts.mfa.${mfa}`)));
  }
  if (findings) {
    words.push(
      pair(t('accounts.filters.findings'), t(`accounts.filters.${findings}`)),
    );
  }
  return words;
}

interface AccountsToolbarProps {
  query: AccountsQuery;
  change: ListUrl<unknown>['change'];
}

export function AccountsToolbar({ query, change }: AccountsToolbarProps) {
  const t = useWords();
  return (
    <div className={styles.toolbar} role="search">
      <SearchBox
        label={t('accounts.search')}
        value={query.q ?? ''}
        onChange={q => change({ q: q.trim() }, { replace: true })}
      />
      <FilterSelect
        label={t('accounts.filters.status')}
        anyLabel={t('accounts.filters.anyStatus')}
        options={splitStatuses.map(value => ({
          value,
          label: t(`accounts.status.${value}`),
        }))}
        value={query.status}
        onChange={status => change({ status })}
      />
      <FilterSelect
        label={t('accounts.filters.class')}
        anyLabel={t('accounts.filters.anyClass')}
        options={classes.map(value => ({
          value,
          label: t(`accounts.class.${value}`),
        }))}
        value={query.class}
        onChange={value => change({ class: value })}
      />
      <FilterSelect
        label={t('accounts.filters.person')}
        anyLabel={t('accounts.filters.anyPerson')}
        options={people.map(value => ({
          value,
          label: t(`accounts.filters.${value}`),
        }))}
        value={query.person}
        onChange={person => change({ person })}
      />
      <FilterSelect
        label={t('accounts.filters.population')}
        anyLabel={t('accounts.filters.anyPopulation')}
        options={populations.map(value => ({
          value,
          label: t(`accounts.filters.${value}`),
        }))}
        value={query.population}
        onChange={population => change({ population })}
      />
      <FilterSelect
        label={t('accounts.filters.mfa')}
        anyLabel={t('accounts.filters.anyMfa')}
        options={mfas.map(value => ({
          value,
          label: t(`accounts.mfa.${value}`),
        }))}
        value={query.mfa}
        onChange={mfa => change({ mfa })}
      />
      <FilterSelect
        label={t('accounts.filters.findings')}
        anyLabel={t('accounts.filters.anyFindings')}
        options={foundOptions.map(value => ({
          value,
          label: t(`accounts.filters.${value}`),
        }))}
        value={query.findings}
        onChange={findings => change({ findings })}
      />
    </div>
  );
}
