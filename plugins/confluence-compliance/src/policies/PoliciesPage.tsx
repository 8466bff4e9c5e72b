// SPDX-License-Identifier: Apache-2.0
import {
  pageReadPermission,
  type Policy,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { EmptyState } from '../components/EmptyState';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { usePolicies } from '../queries';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { FrameworkDocuments } from './FrameworkDocuments';
import styles from './policies.module.css';
import { PoliciesTable } from './PoliciesTable';
import { shownAs, worstOf } from './state';

/** The documents that the organization must have, and how each stands. */
export function PoliciesPage() {
  const t = useWords();
  const { connection } = useScope();
  const { data, error, refetch } = usePolicies();
  const policies = (data?.items ?? []).filter(
    policy => !connection || policy.connection === connection,
  );
  return (
    <PageFrame title={t('policies.title')}>
      <ScopeBanner />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('policies.what')}
          permission={pageReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('policies.title')} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {data && policies.length === 0 && (
        <EmptyState
          icon={<RiFileTextLine />}
          title={t('policies.empty.title')}
          text={t('policies.empty.text')}
        />
      )}
      {policies.length > 0 && (
        <>
          <Lead policies={policies} />
          <Panel label={t('policies.title')} flush>
            <PoliciesTable policies={policies} />
          </Panel>
        </>
      )}
      {data && <FrameworkDocuments />}
    </PageFrame>
  );
}

function Lead({ policies }: { policies: Policy[] }) {
  const t = useWords();
  const verdicts = policies.map(policy => shownAs(worstOf(policy)));
  const open = verdicts.filter(each => each === 'fail' || each === 'warning');
  const unknown = verdicts.filter(each => each === 'unknown');
  const excepted = verdicts.filter(each => each === 'excepted');
  const total = String(policies.length);
  const sentence = () => {
    if (open.length > 0) {
      const n = String(open.length);
      return t('policies.lead.open', { count: open.length, n, total });
    }
    if (unknown.length > 0) {
      const n = String(unknown.length);
      return t('policies.lead.unknown', { count: unknown.length, n, total });
    }
    if (excepted.length > 0) {
      const n = String(excepted.length);
      return t('policies.lead.excepted', { count: excepted.length, n, total });
    }
    return t('policies.lead.current', { count: policies.length, n: total });
  };
  return <p className={styles.lead}>{sentence()}</p>;
}
