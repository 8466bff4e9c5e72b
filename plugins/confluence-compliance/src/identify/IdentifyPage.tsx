// SPDX-License-Identifier: Apache-2.0
import { accountLinkPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { PeopleLink } from '../people/PeopleLink';
import { useUnidentified } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { Identified } from './Identified';
import { WorkThrough } from './WorkThrough';

/** The accounts without a person, to be worked through one after the other. */
export function IdentifyPage() {
  const t = useWords();
  const { connection } = useScope();
  const links = useLinks();
  const result = useUnidentified(connection);
  const { data, error, refetch } = result;
  const accounts = data?.pages.flatMap(({ items }) => items);
  return (
    <PageFrame title={t('identify.title')} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('accounts.title')}
        listHref={links.accounts()}
        title={t('identify.title')}
      >
        <PeopleLink />
      </DetailHead>
      {error && !data && (
        <ErrorState
          error={error}
          what={t('identify.what')}
          permission={accountLinkPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('identify.queue')} flush>
          <Loading rows={8} height={28} />
        </Panel>
      )}
      {data && accounts?.length === 0 && (
        <Panel label={t('identify.queue')}>
          <Identified />
        </Panel>
      )}
      {data && accounts && accounts.length > 0 && (
        <WorkThrough
          accounts={accounts}
          total={data.pages[0].totalItems}
          more={result.hasNextPage ? () => result.fetchNextPage() : undefined}
          isLoadingMore={result.isFetchingNextPage}
        />
      )}
    </PageFrame>
  );
}
