// SPDX-License-Identifier: Apache-2.0
import { policyAcknowledgePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import { useOwnAcknowledgements } from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useWords } from '../translation/useWords';
import { Acknowledge } from './Acknowledge';

/** What whoever looks is to read: one policy, or all that concern them. */
export function AcknowledgePage() {
  const t = useWords();
  const links = useLinks();
  const { id } = useParams();
  const { data, error, refetch } = useOwnAcknowledgements();
  const all = data?.items ?? [];
  const asked = all.filter(({ policy }) => id === undefined || policy === id);
  const isOther = asked.length === 0 && all.length > 0;
  return (
    <PageFrame title={t('policies.acknowledge.title')} visibleTitle>
      <ScopeBanner />
      <DetailHead
        list={t('policies.title')}
        listHref={id && links.policies()}
        title={t('policies.acknowledge.title')}
      />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('policies.what')}
          permission={policyAcknowledgePermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('policies.acknowledge.title')} flush>
          <Loading rows={4} />
        </Panel>
      )}
      {data && all.length === 0 && (
        <EmptyState
          icon={<RiFileTextLine />}
          title={t('policies.acknowledge.none.title')}
          text={t('policies.acknowledge.none.text')}
        />
      )}
      {isOther && (
        <EmptyState
          icon={<RiFileTextLine />}
          title={t('policies.acknowledge.other.title')}
          text={t('policies.acknowledge.other.text')}
        />
      )}
      {(isOther ? all : asked).map(own => (
        <Acknowledge key={own.policy} own={own} />
      ))}
    </PageFrame>
  );
}
