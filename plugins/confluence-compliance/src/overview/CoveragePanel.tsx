// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import type {
  Connection,
  Page,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { CoverageMeter } from '../components/CoverageMeter';
import { DatasetGlyph, datasetStates } from '../components/DatasetGlyph';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { UnknownValue } from '../components/UnknownValue';
import { connectionTones, datasetRows } from '../connections/words';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';
import { columnsOf, coverageOf, gapOf, worstOf } from './coverage';
import styles from './overview.module.css';
import { useShortName } from './useShortName';

interface CoveragePanelProps {
  result: UseQueryResult<Page<Connection>>;
  /** Only this connection. */
  connection?: string;
}

/** How much of each site was seen, and how long ago. */
export function CoveragePanel({ result, connection }: CoveragePanelProps) {
  const t = useWords();
  const href = useLinks().connections();
  const { data, error, refetch } = result;
  const items = (data?.items ?? []).filter(
    ({ id, state }) => state !== 'ended' && (!connection || id === connection),
  );
  const datasets = columnsOf(datasetRows(items));
  const shortName = useShortName();
  return (
    <Panel
      flush
      title={t('overview.coverage.title')}
      sub={t('overview.coverage.sub')}
      actions={
        href &&
        data && (
          <ButtonLink variant="secondary" size="small" href={href}>
            {t('overview.coverage.all')}
          </ButtonLink>
        )
      }
    >
      {error && (
        <div className={styles.inset}>
          <PanelError error={error} onRetry={refetch} stale={!!data} />
        </div>
      )}
      {!error && !data && <Loading rows={3} height={32} />}
      {items.length > 0 && (
        <>
          <div className={theme.scroll}>
            <table className={`${theme.table} ${styles.coverage}`}>
              <thead>
                <tr>
                  <th scope="col">{t('overview.coverage.connection')}</th>
                  <th scope="col">{t('overview.coverage.lastRun')}</th>
                  <th scope="col" className={styles.right}>
                    {t('overview.coverage.accounts')}
                  </th>
                  <th scope="col">{t('overview.coverage.coverage')}</th>
                  {datasets.map(name => (
                    <th key={name} scope="col" className={styles.center}>
                      {shortName(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map(item => (
                  <CoverageRow
                    key={item.id}
                    connection={item}
                    datasets={datasets}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <ul
            className={styles.glyphs}
            aria-label={t('overview.coverage.legend')}
          >
            {datasetStates.map(state => (
              <li key={state}>
                <DatasetGlyph state={state} />
                {t(`connections.matrix.state.${state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

interface CoverageRowProps {
  connection: Connection;
  datasets: string[];
}

function CoverageRow({ connection, datasets }: CoverageRowProps) {
  const t = useWords();
  const href = useLinks().connections();
  const { title, site, state, lastRun } = connection;
  const accounts = connection.datasets.find(
    ({ dataset }) => dataset === 'accounts',
  );
  const { seen, total } = coverageOf(connection);
  const gap = gapOf(connection);
  return (
    <tr>
      <th scope="row" className={styles.site}>
        <bdi>{href ? <Link to={href}>{title}</Link> : title}</bdi>
        <span className={theme.second} dir="auto">
          {gap ?? site?.replace(/^https?:\/\//, '') ?? t('connections.noSite')}
        </span>
      </th>
      <td>
        <div className={styles.run}>
          <StateTag
            tone={connectionTones[state]}
            label={t(`connections.state.${state}`)}
          />
          <span className={theme.second}>
            {lastRun ? (
              <TimeAgo time={lastRun.finishedAt ?? lastRun.startedAt} />
            ) : (
              t('overview.coverage.never')
            )}
            <br />
            <Next at={connection.nextRunAt} />
          </span>
        </div>
      </td>
      <td className={`${styles.right} ${theme.number}`}>
        {accounts?.readAt ? (
          formatNumber(accounts.rows)
        ) : (
          <UnknownValue reason={t('overview.coverage.neverAccounts')} />
        )}
      </td>
      <td>
        <CoverageMeter
          seen={seen}
          total={total}
          reason={gap ?? t('overview.coverage.neverRead')}
        />
      </td>
      {datasets.map(name => (
        <td key={name} className={styles.center}>
          <NamedGlyph connection={connection} name={name} />
        </td>
      ))}
    </tr>
  );
}

/** A glyph that stands alone, so it carries its words. */
function NamedGlyph(props: { connection: Connection; name: string }) {
  const t = useWords();
  const shortName = useShortName();
  const found = worstOf(props.connection, props.name);
  if (!found) {
    return (
      <DatasetGlyph
        state="absent"
        label={t('overview.coverage.absent', {
          dataset: shortName(props.name),
        })}
      />
    );
  }
  const words = {
    dataset: shortName(found.dataset),
    state: t(`connections.matrix.state.${found.state}`),
  };
  const reason = found.reasons[0]?.text;
  return (
    <DatasetGlyph
      state={found.state}
      label={
        reason
          ? t('overview.coverage.datasetBecause', { ...words, reason })
          : t('overview.coverage.dataset', words)
      }
    />
  );
}

function Next({ at }: { at?: string }) {
  const t = useWords();
  if (!at) {
    return <>{t('overview.coverage.nextNone')}</>;
  }
  return Date.parse(at) <= Date.now() ? (
    <>{t('overview.coverage.nextDue')}</>
  ) : (
    <>{t('overview.coverage.next', { when: <TimeAgo time={at} /> })}</>
  );
}
