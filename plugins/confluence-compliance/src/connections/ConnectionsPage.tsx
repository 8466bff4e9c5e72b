// SPDX-License-Identifier: Apache-2.0
import {
  connectionReadPermission,
  type Connection,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useEffect, useRef } from 'react';
import { ErrorState, PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { SyncProgress } from '../components/SyncProgress';
import theme from '../components/theme.module.css';
import { useConnections, useForgetSynced } from '../queries';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { CapabilityMatrix } from './CapabilityMatrix';
import { Completeness } from './Completeness';
import { ConnectionCard } from './ConnectionCard';
import { ConnectSite } from './ConnectSite';
import styles from './connections.module.css';
import { CostPanel } from './CostPanel';
import { EndedCard } from './EndedCard';
import { NoConnection } from './NoConnection';
import { RefusedShrinks } from './RefusedShrinks';
import { RunEnded } from './RunEnded';
import { isEnded } from './words';

/** Which sites are connected, what can be read of each, and the sync going on. */
export function ConnectionsPage() {
  const t = useWords();
  const { connection } = useScope();
  const { data, error, refetch } = useConnections();
  useForgetAfterRun(data?.items);

  return (
    <PageFrame title={t('connections.title')}>
      <ScopeBanner />
      {error && !data && (
        <ErrorState
          error={error}
          what={t('connections.what')}
          permission={connectionReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={t('connections.title')} flush>
          <Loading rows={6} />
        </Panel>
      )}
      {data?.items.length === 0 && <NoConnection />}
      {data && data.items.length > 0 && (
        <Connections
          items={data.items.filter(
            ({ id }) => !connection || id === connection,
          )}
        />
      )}
    </PageFrame>
  );
}

function Connections({ items }: { items: Connection[] }) {
  const t = useWords();
  const live = items.filter(item => !isEnded(item));
  return (
    <>
      <div className={styles.leadRow}>
        <Lead connections={live} />
        <ConnectSite />
      </div>
      <RunEnded connections={live} />
      {live.map(connection => (
        <RefusedShrinks key={connection.id} connection={connection} />
      ))}
      <ul className={styles.cards}>
        {live.map(connection => (
          <li key={connection.id}>
            <ConnectionCard connection={connection} />
          </li>
        ))}
      </ul>
      {live.map(
        ({ id, title, activeRun }) =>
          activeRun && <SyncProgress key={id} run={activeRun} title={title} />,
      )}
      {live.length > 0 && <CapabilityMatrix connections={live} />}
      {live.map(connection => (
        <CostPanel key={connection.id} connection={connection} />
      ))}
      <Completeness connections={live} />
      <ul className={styles.cards}>
        {items.filter(isEnded).map(connection => (
          <li key={connection.id}>
            <EndedCard connection={connection} />
          </li>
        ))}
      </ul>
      <p className={theme.second} style={{ margin: 0 }}>
        {t('connections.secret')}
      </p>
    </>
  );
}

function Lead({ connections }: { connections: Connection[] }) {
  const t = useWords();
  const count = connections.length;
  const current = connections.filter(({ greenTick }) => greenTick).length;
  const rest = () => {
    if (count === 0) {
      return '';
    }
    if (count === 1) {
      return current === 1
        ? t('connections.lead.oneCurrent')
        : t('connections.lead.oneNot');
    }
    if (current === 0) {
      return t('connections.lead.none');
    }
    return current === count
      ? t('connections.lead.all')
      : t('connections.lead.some', { n: formatNumber(current) });
  };
  return (
    <p className={theme.lead}>
      <strong>
        {t('connections.sites', { count, n: formatNumber(count) })}
      </strong>
      {rest()}
    </p>
  );
}

/** Lists on other tabs are out of date once a run has ended. */
function useForgetAfterRun(connections: Connection[] | undefined) {
  const forget = useForgetSynced();
  const ended = connections?.map(({ lastRun }) => lastRun?.id ?? '').join(' ');
  const known = useRef(ended);
  useEffect(() => {
    if (known.current !== undefined && known.current !== ended) {
      forget();
    }
    known.current = ended;
  }, [ended, forget]);
}
