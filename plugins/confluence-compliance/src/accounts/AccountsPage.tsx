// SPDX-License-Identifier: Apache-2.0
import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import {
  accountReadPermission,
  type TotalItems,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGroupLine, RiUserSearchLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { useAccounts } from '../queries';
import { connectionsRouteRef } from '../routes';
import { confluenceComplianceTranslationRef } from '../translation';
import { AccountsTable } from './AccountsTable';
import { AccountsToolbar, useFilterWords } from './AccountsToolbar';
import { useAccountsUrl } from './useAccountsUrl';

/** Everybody and everything that has an account in a connected site. */
export function AccountsPage() {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const url = useAccountsUrl();
  const { data, error, refetch, isPlaceholderData, isPending } = useAccounts(
    url.query,
  );
  const filters = useFilterWords(url.query);
  const retry = () => {
    // A cursor can be too old to go on from: then the list starts again.
    if (url.query.cursor) {
      url.change({}, { replace: true });
    } else {
      refetch();
    }
  };
  const failed = error && (!data || isPlaceholderData);

  return (
    <PageFrame title={t('accounts.title')}>
      {!(failed && filters.length === 0) && (
        <AccountsToolbar query={url.query} change={url.change} />
      )}
      {failed && (
        <ErrorState
          error={error}
          what={t('accounts.what')}
          permission={accountReadPermission.name}
          onRetry={retry}
        />
      )}
      {error && !failed && <PanelError error={error} onRetry={refetch} stale />}
      {isPending && (
        <Panel label={t('accounts.title')} flush>
          <Loading rows={10} height={28} />
        </Panel>
      )}
      {data && !failed && (
        <>
          {data.items.length > 0 && <Count total={data.totalItems} />}
          <Panel label={t('accounts.title')} flush>
            {data.items.length > 0 && (
              <AccountsTable
                data={data}
                url={url}
                isStale={isPlaceholderData}
              />
            )}
            {data.items.length === 0 && filters.length === 0 && <NoAccount />}
            {data.items.length === 0 && filters.length > 0 && (
              <EmptyState
                icon={<RiUserSearchLine />}
                title={t('accounts.filtered.title')}
                text={
                  <bdi>
                    {t('accounts.filtered.text', {
                      filters: filters.join(', '),
                    })}
                  </bdi>
                }
                actions={
                  <Button variant="secondary" onPress={url.clear}>
                    {t('common.clearFilters')}
                  </Button>
                }
              />
            )}
          </Panel>
        </>
      )}
    </PageFrame>
  );
}

function Count({ total }: { total: TotalItems }) {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const n = useTotalWords()(total);
  return (
    <p className={`${theme.lead} ${theme.number}`} role="status">
      <strong>{t('accounts.count', { count: atLeast(total), n })}</strong>
    </p>
  );
}

function NoAccount() {
  const { t } = useTranslationRef(confluenceComplianceTranslationRef);
  const connections = useRouteRef(connectionsRouteRef);
  return (
    <EmptyState
      icon={<RiGroupLine />}
      title={t('accounts.empty.title')}
      text={t('accounts.empty.text')}
      actions={
        connections && (
          <ButtonLink variant="secondary" href={connections()}>
            {t('accounts.empty.action')}
          </ButtonLink>
        )
      }
    />
  );
}
