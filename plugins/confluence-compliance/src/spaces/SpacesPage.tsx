// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import {
  spaceReadPermission,
  spacesQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiBookOpenLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { atLeast, useTotalWords } from '../components/totals';
import { Incomplete } from '../lists/Incomplete';
import styles from '../lists/list.module.css';
import { ListPage } from '../lists/ListPage';
import { useListUrl } from '../lists/useListUrl';
import { useSpaces } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { SpacesTable } from './SpacesTable';
import { SpacesToolbar, useFilterWords } from './SpacesToolbar';

const filterNames = ['q', 'type', 'status'];

/** The spaces of the connected sites, and which of them somebody must look at. */
export function SpacesPage() {
  const t = useWords();
  const totalWords = useTotalWords();
  const scope = useScope();
  const url = useListUrl(spacesQuerySchema, filterNames);
  const result = useSpaces({ ...url.query, ...scope.query });
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
      notes={
        <Incomplete
          datasets={['spaces', 'grants']}
          connection={scope.connection}
        />
      }
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
      empty={<NoSpace />}
      filtered={{
        title: t('spaces.filtered.title'),
        text: t('spaces.filtered.text', { filters: filters.join(', ') }),
      }}
    />
  );
}

function NoSpace() {
  const t = useWords();
  const { asOf } = useScope();
  const connections = useLinks().connections();
  return (
    <EmptyState
      icon={<RiBookOpenLine />}
      title={t('spaces.empty.title')}
      text={asOf ? t('spaces.empty.past') : t('spaces.empty.text')}
      actions={
        connections && (
          <ButtonLink variant="secondary" href={connections}>
            {t('directory.connections')}
          </ButtonLink>
        )
      }
    />
  );
}
