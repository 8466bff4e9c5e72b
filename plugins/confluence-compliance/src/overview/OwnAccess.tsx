// SPDX-License-Identifier: Apache-2.0
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { checkReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useQuery } from '@tanstack/react-query';
import { AccessOf } from '../cards/AccessOf';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';

/** For whoever may not read checks: the Confluence access they have themselves. */
export function OwnAccess() {
  const t = useWords();
  const identity = useApi(identityApiRef);
  const { data, error, refetch } = useQuery({
    queryKey: ['confluence-compliance', 'identity'],
    queryFn: () => identity.getBackstageIdentity(),
  });
  return (
    <>
      <Panel title={t('overview.own.title')}>
        {error && <PanelError error={error} onRetry={refetch} />}
        {!error && !data && <Loading rows={4} />}
        {data && <AccessOf entityRef={data.userEntityRef} />}
      </Panel>
      <p className={theme.muted} style={{ margin: 0 }}>
        {t('overview.own.note', { permission: checkReadPermission.name })}
      </p>
    </>
  );
}
