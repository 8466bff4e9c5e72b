// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { checkReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useWords } from '../translation/useWords';
import { OwnAccess } from './OwnAccess';
import { Standing } from './Standing';

/** What a security lead must know in ten seconds; for everybody else, their own access. */
export function OverviewPage() {
  const t = useWords();
  const { allowed, loading } = usePermission({
    permission: checkReadPermission,
  });
  const body = () => {
    if (loading) {
      return (
        <Panel label={t('overview.posture.label')} flush>
          <Loading rows={4} />
        </Panel>
      );
    }
    return allowed ? <Standing /> : <OwnAccess />;
  };
  return (
    <PageFrame title={t('overview.title')}>
      <ScopeBanner />
      {body()}
    </PageFrame>
  );
}
