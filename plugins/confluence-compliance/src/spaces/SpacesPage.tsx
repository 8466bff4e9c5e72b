// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import {
  spaceReadPermission,
  spacesQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiBookOpenLine } from '@remixicon/react';
import { confluenceComplianceApiRef } from '../api';
import { atLeast, useTotalWords } from '../components/totals';
import { CriticalSystemsPanel } from '../critical/CriticalSystemsPanel';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import { Incomplete } from '../lists/Incomplete';
import styles from '../lists/list.module.css';
import { ListPage } from '../lists/ListPage';
import { NothingListed } from '../lists/NothingListed';
import { useListUrl } from '../lists/useListUrl';
import { useSpaces } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useSpaceColumns } from './csv';
import { SpacesTable } from './SpacesTable';
import { SpacesToolbar, useFilterWords } from './SpacesToolbar';

const filterNames = ['q', 'type', 'status'];

/** What the list rests on. */
const datasets = ['spaces', 'grants'] as const;

/** The spaces of the connected sites, and which of them somebody must look at. */
export function SpacesPage() {
  const t = useWords();
  const totalWords = useTotalWords();
  const scope = useScope();
  const url = useListUrl(spacesQuerySchema, filterNames);
  const query = { ...url.query, ...scope.query };
  const result = useSpaces(query);
  const api = useApi(confluenceComplianceApiRef);
  const columns = useSpaceColumns();
  const completeness = useCompleteness(datasets, scope.connection);
  const filters = useFilterWords(url.query);
  return (
    <ListPage
      title={t('spaces.title')}
      what={t('spaces.what')}
      permission={spaceReadPermission.name}
      result={result}
      url={url}
      filters={filters}
      toolbar={<SpacesToolbar query={url.query} change={url.change} />}
      csv={
        <DownloadCsv
          name={t('spaces.what')}
          columns={columns}
          completeness={completeness}
          connection={scope.connection}
          filters={filters}
          read={(page, options) =>
            api.listSpaces({ ...query, ...page }, options)
          }
        />
      }
      notes={<Incomplete datasets={datasets} connection={scope.connection} />}
      count={({ totalItems }) => (
        <p className={styles.total} role="status">
          {t('spaces.count', {
            count: atLeast(totalItems),
            n: totalWords(totalItems),
          })}
        </p>
      )}
      table={(data, isStale) => (
        <SpacesTable data={data} url={url} isStale={isStale} />
      )}
      empty={
        <NothingListed
          icon={<RiBookOpenLine />}
          title={t('spaces.empty.title')}
          text={t('spaces.empty.text')}
          past={t('spaces.empty.past')}
        />
      }
      below={<CriticalSystemsPanel />}
      filtered={{
        title: t('spaces.filtered.title'),
        text: t('spaces.filtered.text', { filters: filters.join(', ') }),
      }}
    />
  );
}
