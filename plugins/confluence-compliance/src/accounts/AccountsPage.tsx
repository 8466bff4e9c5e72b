// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import {
  accountReadPermission,
  accountsQuerySchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGroupLine } from '@remixicon/react';
import { confluenceComplianceApiRef } from '../api';
import { useAccountColumns } from '../csv/accountColumns';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import { Incomplete } from '../lists/Incomplete';
import { ListPage } from '../lists/ListPage';
import { NothingListed } from '../lists/NothingListed';
import { useListUrl } from '../lists/useListUrl';
import { useAccounts } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AccountsCount } from './AccountsCount';
import { AccountsTable } from './AccountsTable';
import { AccountsToolbar, useFilterWords } from './AccountsToolbar';
import { filterNames } from './filters';

/** What the list rests on. */
const datasets = ['accounts', 'memberships', 'directory'] as const;

/** Everybody and everything that has an account in a connected site. */
export function AccountsPage() {
  const t = useWords();
  const scope = useScope();
  const url = useListUrl(accountsQuerySchema, filterNames);
  const query = { ...url.query, ...scope.query };
  const result = useAccounts(query);
  const filters = useFilterWords(url.query);
  const api = useApi(confluenceComplianceApiRef);
  const columns = useAccountColumns();
  const completeness = useCompleteness(datasets, scope.connection);
  return (
    <ListPage
      title={t('accounts.title')}
      what={t('accounts.what')}
      permission={accountReadPermission.name}
      result={result}
      url={url}
      filters={filters}
      toolbar={<AccountsToolbar query={url.query} change={url.change} />}
      csv={
        <DownloadCsv
          name={t('accounts.what')}
          columns={columns}
          completeness={completeness}
          connection={scope.connection}
          filters={filters}
          read={(page, options) =>
            api.listAccounts({ ...query, ...page }, options)
          }
        />
      }
      notes={<Incomplete datasets={datasets} connection={scope.connection} />}
      count={data => <AccountsCount data={data} query={query} />}
      table={(data, isStale) => (
        <AccountsTable data={data} url={url} isStale={isStale} />
      )}
      empty={
        <NothingListed
          icon={<RiGroupLine />}
          title={t('accounts.empty.title')}
          text={t('accounts.empty.text')}
          past={t('accounts.empty.past')}
        />
      }
      filtered={{
        title: t('accounts.filtered.title'),
        text: t('accounts.filtered.text', { filters: filters.join(', ') }),
      }}
    />
  );
}
