// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  Run,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { floorPercent, formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { scrollRegion } from '../components/scrollRegion';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useRuns } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { isWhole, lastDay, type Part, costsOf } from './costs';

/** Points an hour that Atlassian gives an OAuth app, over all sites, where it was not given more. */
const OAUTH_POINTS = 65_000;

/** What is read, and its cadences: it is read whole as soon as one of them is due. */
const kinds = [
  { part: 'access', cadences: ['groups', 'memberships', 'accounts'] },
  { part: 'grants', cadences: ['grants'] },
  { part: 'pagesIncremental', cadences: ['pages'] },
  { part: 'pagesFull', cadences: ['pagesFull'] },
  { part: 'directory', cadences: ['directory'] },
] as const;

/** How Atlassian counts what a connection asks, by its method that is counted most. */
function quotaOf({ methods }: Connection): 'oauth' | 'token' | 'unknown' {
  const has = (name: string) => methods.some(({ method }) => method === name);
  if (has('oauth')) {
    return 'oauth';
  }
  return has('service-account') ? 'unknown' : 'token';
}

/** What a sync of each kind cost when it last ran, and how often it runs. */
export function CostPanel({ connection }: { connection: Connection }) {
  const t = useWords();
  const { data, error, refetch } = useRuns(connection);
  const runs = data?.items ?? [];
  const costs = costsOf(runs);
  if (costs.length === 0 && !error) {
    return null;
  }
  const title = t('connections.cost.title', { title: connection.title });
  return (
    <Panel flush title={title} sub={t('connections.cost.sub')}>
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {costs.length > 0 && (
        <>
          <div className={theme.scroll} aria-label={title} {...scrollRegion}>
            <table className={`${theme.table} ${styles.cost}`}>
              <thead>
                <tr>
                  <th scope="col">{t('connections.cost.reads')}</th>
                  <th scope="col">{t('connections.cost.requests')}</th>
                  <th scope="col">{t('connections.cost.points')}</th>
                  <th scope="col">{t('connections.cost.time')}</th>
                  <th scope="col">{t('connections.cost.when')}</th>
                </tr>
              </thead>
              <tbody>
                {costs.map(({ parts, run, isPart }) => (
                  <CostRow
                    key={run.id}
                    parts={parts}
                    run={run}
                    isPart={isPart}
                    counted={quotaOf(connection) === 'oauth'}
                  />
                ))}
              </tbody>
            </table>
          </div>
          <Notes
            connection={connection}
            runs={runs}
            more={data?.pageInfo.nextCursor !== undefined}
            unknown={!costs.some(({ parts }) => isWhole(parts))}
          />
        </>
      )}
    </Panel>
  );
}

interface CostRowProps {
  parts: Part[];
  run: Run;
  /** Not all of it came. */
  isPart: boolean;
  /** Atlassian counts its points. */
  counted: boolean;
}

function CostRow({ parts, run, isPart, counted }: CostRowProps) {
  const t = useWords();
  const duration = useDuration();
  const { startedAt, finishedAt, requests, points } = run;
  const percent = floorPercent(points, OAUTH_POINTS);
  const names = parts.map(part => t(`connections.cost.parts.${part}`));
  return (
    <tr>
      <th scope="row">
        {isWhole(parts)
          ? t('connections.cost.everything', { parts: names.join(', ') })
          : names.join(', ')}
        {isPart && (
          <span className={styles.below}>{t('connections.cost.part')}</span>
        )}
      </th>
      <td>{formatNumber(requests)}</td>
      <td>
        {formatNumber(points)}
        {counted && (
          <span className={theme.second} style={{ display: 'block' }}>
            {percent < 1
              ? t('connections.cost.shareLess')
              : t('connections.cost.share', { percent: `${percent} %` })}
          </span>
        )}
      </td>
      <td>
        {finishedAt &&
          duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}
      </td>
      <td>{finishedAt && <TimeAgo time={finishedAt} />}</td>
    </tr>
  );
}

interface NotesProps {
  connection: Connection;
  runs: Run[];
  /** There are older runs than these. */
  more: boolean;
  /** No sync of everything is among them. */
  unknown: boolean;
}

function Notes({ connection, runs, more, unknown }: NotesProps) {
  const t = useWords();
  const duration = useDuration();
  const used = lastDay(runs, Date.now());
  const often = kinds
    .filter(({ part }) => part !== 'directory' || connection.organization)
    .flatMap(({ part, cadences }) => {
      const seconds = cadences.flatMap(
        name => connection.cadence?.[name] ?? [],
      );
      return seconds.length === 0
        ? []
        : t('connections.cost.every', {
            what: t(`connections.cost.parts.${part}`),
            time: duration(Math.min(...seconds)),
          });
    });
  return (
    <div className={styles.costNotes}>
      <p>
        {t(
          more && used.runs === runs.length
            ? 'connections.cost.lastMore'
            : 'connections.cost.last',
          {
            requests: formatNumber(used.requests),
            points: formatNumber(used.points),
            runs: formatNumber(used.runs),
          },
        )}
      </p>
      {unknown && (
        <p>{t('connections.cost.noFull', { n: formatNumber(runs.length) })}</p>
      )}
      {often.length > 0 && (
        <p>{t('connections.cost.often', { list: often.join('; ') })}</p>
      )}
      <p>
        {t(`connections.cost.quota.${quotaOf(connection)}`, {
          n: formatNumber(OAUTH_POINTS),
        })}
      </p>
    </div>
  );
}

/** Seconds in the largest unit that they fill. */
function useDuration() {
  const t = useWords();
  return (seconds: number): string => {
    const units = [
      ['days', 86_400],
      ['hours', 3_600],
      ['minutes', 60],
    ] as const;
    const [unit, size] = units.find(([, s]) => seconds >= s) ?? ['seconds', 1];
    const n = Math.round((seconds / size) * 10) / 10;
    return t(`connections.cost.duration.${unit}`, { n: String(n) });
  };
}
