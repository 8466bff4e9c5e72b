// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  pageReadPermission,
  policyAcknowledgePermission,
  policyReadPermission,
  type PolicyDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { EmptyState } from '../components/EmptyState';
import { isNotFound } from '../components/errors';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import details from '../details/details.module.css';
import {
  useOwnAcknowledgements,
  usePolicy,
  usePolicyDifference,
} from '../queries';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useWords } from '../translation/useWords';
import { Acknowledge } from './Acknowledge';
import { ApprovePolicy } from './ApprovePolicy';
import { PolicyAcknowledgements } from './PolicyAcknowledgements';
import { PolicyApprovals } from './PolicyApprovals';
import { PolicyChecks } from './PolicyChecks';
import { PolicyDifferencePanel } from './PolicyDifferencePanel';
import { PolicyEditors } from './PolicyEditors';
import { PolicyHead } from './PolicyHead';
import { PolicyMapping } from './PolicyMapping';
import { PolicyStructure } from './PolicyStructure';
import { currentPage } from './state';

/** One policy: what is approved, what is published, what differs. */
export function PolicyPage() {
  const t = useWords();
  const { id = '' } = useParams();
  const links = useLinks();
  const { data, error, refetch } = usePolicy(id);
  return (
    <PageFrame title={data?.title ?? id} visibleTitle>
      <ScopeBanner />
      {data ? (
        <Policy policy={data} />
      ) : (
        <DetailHead
          list={t('policies.title')}
          listHref={links.policies()}
          title={id}
        />
      )}
      {error && !data && isNotFound(error) && (
        <EmptyState
          icon={<RiFileTextLine />}
          title={t('policies.page.missing.title')}
          text={t('policies.page.missing.text', { id })}
        />
      )}
      {error && !data && !isNotFound(error) && (
        <ErrorState
          error={error}
          what={t('policies.page.what')}
          permission={pageReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={id} flush>
          <Loading rows={8} />
        </Panel>
      )}
    </PageFrame>
  );
}

function Policy({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const links = useLinks();
  const { allowed } = usePermission({ permission: policyReadPermission });
  const page = currentPage(policy);
  const { allowed: acknowledges } = usePermission({
    permission: policyAcknowledgePermission,
  });
  const mine = useOwnAcknowledgements(
    acknowledges && policy.acknowledged !== undefined,
  );
  const own = mine.data?.items.find(one => one.policy === policy.id);
  const difference = usePolicyDifference(policy.id, allowed && !!page);
  return (
    <>
      <DetailHead
        list={t('policies.title')}
        listHref={links.policies()}
        title={policy.title}
      >
        {difference.data && (
          <ApprovePolicy policy={policy} difference={difference.data} />
        )}
      </DetailHead>
      <div className={details.columns}>
        <div className={details.column}>
          {mine.error && (
            <PanelError
              error={mine.error}
              onRetry={mine.refetch}
              stale={!!mine.data}
            />
          )}
          {own && (
            <Acknowledge own={own} title={t('policies.acknowledge.one')} />
          )}
          <PolicyHead policy={policy} difference={difference.data} />
          {page && (
            <PolicyDifferencePanel result={difference} allowed={allowed} />
          )}
          <PolicyApprovals policy={policy} />
        </div>
        <div className={details.column}>
          <PolicyAcknowledgements policy={policy} />
          <PolicyMapping policy={policy} />
          <PolicyEditors policy={policy} />
          <PolicyChecks policy={policy} />
          <PolicyStructure policy={policy} />
        </div>
      </div>
    </>
  );
}
