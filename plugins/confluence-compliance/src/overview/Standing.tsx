// SPDX-License-Identifier: Apache-2.0
import { checkReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ErrorState, PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { NoConnection } from '../connections/NoConnection';
import { useChecks, useConnections, useTrend } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CoveragePanel } from './CoveragePanel';
import { NeedsYou } from './NeedsYou';
import styles from './overview.module.css';
import { Posture } from './Posture';
import { TrendPanel } from './TrendPanel';

/** Where everything stands now, over all connections or the one that is chosen. */
export function Standing() {
  const t = useWords();
  const { connection } = useScope();
  const checks = useChecks({ connection });
  const connections = useConnections();
  const trend = useTrend({ connection });

  if (checks.error && !checks.data) {
    return (
      <ErrorState
        error={checks.error}
        what={t('overview.what')}
        permission={checkReadPermission.name}
        onRetry={checks.refetch}
      />
    );
  }
  if (connections.data?.items.length === 0) {
    return <NoConnection />;
  }
  return (
    <>
      {checks.error && (
        <PanelError error={checks.error} onRetry={checks.refetch} stale />
      )}
      {checks.data ? (
        <Posture checks={checks.data.items} trend={trend.data} />
      ) : (
        <Panel label={t('overview.posture.label')} flush>
          <Loading rows={4} />
        </Panel>
      )}
      <div className={styles.pair}>
        <TrendPanel result={trend} />
        <NeedsYou
          checks={checks.data}
          connections={connections}
          connection={connection}
        />
      </div>
      <CoveragePanel result={connections} connection={connection} />
    </>
  );
}
