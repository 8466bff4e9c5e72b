// SPDX-License-Identifier: Apache-2.0
import { accountLinkPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { usePeopleSources } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useWords } from '../translation/useWords';
import { Departures } from './Departures';
import { RefusedPeople } from './RefusedPeople';
import { SourcesTable } from './SourcesTable';

/** Where people come from, what of it was refused, and whose departure waits for a word. */
export function PeoplePage() {
  const t = useWords();
  const { data, error, refetch } = usePeopleSources();
  const isWhole = data?.items.every(({ outcome }) => outcome === 'complete');
  return (
    <PageFrame title={t('people.title')} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('accounts.title')}
        listHref={useLinks().accounts()}
        title={t('people.title')}
      />
      {error && !data ? (
        <ErrorState
          error={error}
          what={t('people.what')}
          permission={accountLinkPermission.name}
          onRetry={refetch}
        />
      ) : (
        <>
          {data?.items.map(source => (
            <RefusedPeople key={source.id} source={source} />
          ))}
          <Panel
            flush
            title={t('people.sources.title')}
            sub={t('people.sources.sub')}
          >
            {error && <PanelError error={error} onRetry={refetch} stale />}
            {data ? (
              <SourcesTable sources={data.items} />
            ) : (
              <Loading rows={2} />
            )}
          </Panel>
          <Departures isWhole={isWhole} />
        </>
      )}
    </PageFrame>
  );
}
