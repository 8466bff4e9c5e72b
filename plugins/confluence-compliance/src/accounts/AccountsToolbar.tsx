// SPDX-License-Identifier: Apache-2.0
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  accountClassSchema,
  type AccountsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FilterSelect } from '../components/FilterSelect';
import { SearchBox } from '../components/SearchBox';
import styles from '../components/toolbar.module.css';
import { useConnections } from '../queries';
import { confluenceComplianceTranslationRef } from '../translation';

const statuses = ['active', 'inactive', 'closed'] as const;
const people = ['linked', 'unlinked'] as const;
const classes = accountClassSchema.options;

/** Connections by title; the list works without the right to see them. */
function useConnectionOptions() {
  const { data } = useConnections();
  return (data?.items ?? []).map(({ id, title }) => ({
    value: id,
    label: title,
  }));
}

/** The filters that are on, in words, as the empty state names them. */
export function useFilterWords(query: AccountsQuery): string[] {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const connections = useConnectionOptions();
  const pair = (name: string, value: string) =>
    t('accounts.filters.pair', { name, value });
  const { q, class: accountClass, status, person, connection } = query;
  const known = statuses.find(candidate => candidate === status);
  const words: string[] = [];
  if (q) {
    words.push(t('accounts.filters.search', { q }));
  }
  if (accountClass) {
    words.push(
      pair(t('accounts.filters.class'), t(`accounts.class.${accountClass}`)),
    );
  }
  if (status) {
    words.push(
      pair(
        t('accounts.filters.status'),
        known ? t(`accounts.status.${known}`) : status,
      ),
    );
  }
  if (person) {
    words.push(
      pair(t('accounts.filters.person'), t(`accounts.filters.${person}`)),
    );
  }
  if (connection) {
    words.push(
      pair(
        t('accounts.filters.connection'),
        connections.find(({ value }) => value === connection)?.label ??
          connection,
      ),
    );
  }
  return words;
}

interface AccountsToolbarProps {
  query: AccountsQuery;
  change: (
    values: Record<string, string | undefined>,
    options?: { replace?: boolean },
  ) => void;
}

export function AccountsToolbar({ query, change }: AccountsToolbarProps) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const connections = useConnectionOptions();
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
        options={statuses.map(value => ({
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
      {(connections.length > 1 || query.connection) && (
        <FilterSelect
          label={t('accounts.filters.connection')}
          anyLabel={t('accounts.filters.anyConnection')}
          options={connections}
          value={query.connection}
          onChange={connection => change({ connection })}
        />
      )}
    </div>
  );
}
