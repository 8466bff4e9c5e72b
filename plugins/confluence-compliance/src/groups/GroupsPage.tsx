// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import {
  groupReadPermission,
  groupsQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGroupLine } from '@remixicon/react';
import { confluenceComplianceApiRef } from '../api';
import { SearchBox } from '../components/SearchBox';
import toolbar from '../components/toolbar.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import { Incomplete } from '../lists/Incomplete';
import styles from '../lists/list.module.css';
import { ListPage } from '../lists/ListPage';
import { NothingListed } from '../lists/NothingListed';
import { useListUrl } from '../lists/useListUrl';
import { useGroups } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useGroupColumns } from './csv';
import { GroupsTable } from './GroupsTable';

const filterNames = ['q'];

/** What the list rests on. */
const datasets = ['groups', 'memberships'] as const;

/** The groups of the connected sites, by which most access is given. */
export function GroupsPage() {
  const t = useWords();
  const totalWords = useTotalWords();
  const scope = useScope();
  const url = useListUrl(groupsQuerySchema, filterNames);
  const query = { ...url.query, ...scope.query };
  const result = useGroups(query);
  const api = useApi(confluenceComplianceApiRef);
  const columns = useGroupColumns();
  const completeness = useCompleteness(datasets, scope.connection);
  const { q } = url.query;
  const filters = q ? [t('directory.filters.search', { q })] : [];
  return (
    <ListPage
      title={t('groups.title')}
      what={t('groups.what')}
      permission={groupReadPermission.name}
      result={result}
      url={url}
      filters={filters}
      toolbar={
        <div className={toolbar.toolbar} role="search">
          <SearchBox
            label={t('groups.search')}
            value={q ?? ''}
            onChange={text => url.change({ q: text.trim() }, { replace: true })}
          />
        </div>
      }
      csv={
        <DownloadCsv
          name={t('groups.what')}
          columns={columns}
          completeness={completeness}
          connection={scope.connection}
          filters={filters}
          read={(page, options) =>
            api.listGroups({ ...query, ...page }, options)
          }
        />
      }
      notes={<Incomplete datasets={datasets} connection={scope.connection} />}
      count={({ totalItems }) => (
        <p className={styles.total} role="status">
          {t('groups.count', {
            count: atLeast(totalItems),
            n: totalWords(totalItems),
          })}
        </p>
      )}
      table={(data, isStale) => (
        <GroupsTable data={data} url={url} isStale={isStale} />
      )}
      empty={
        <NothingListed
          icon={<RiGroupLine />}
          title={t('groups.empty.title')}
          text={t('groups.empty.text')}
          past={t('groups.empty.past')}
        />
      }
      filtered={{
        title: t('groups.filtered.title'),
        text: t('groups.filtered.text', { filters: filters.join(', ') }),
      }}
    />
  );
}
