// SPDX-License-Identifier: Apache-2.0
import type {
  Run,
  RunDataset,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiCheckLine,
  RiCircleLine,
  RiCloseLine,
  RiContrastLine,
  RiLoader4Line,
  RiPauseLine,
} from '@remixicon/react';
import { useWords } from '../translation/useWords';
import { Banner } from './Banner';
import styles from './dataset.module.css';
import { floorPercent, formatNumber } from './format';
import { LiveRegion } from './LiveRegion';
import { Panel } from './Panel';
import theme from './theme.module.css';
import { TimeAgo } from './TimeAgo';

const glyphs = {
  waiting: RiCircleLine,
  running: RiLoader4Line,
  complete: RiCheckLine,
  partial: RiContrastLine,
  failed: RiCloseLine,
};

const fills = {
  waiting: '',
  running: '',
  complete: styles.fillComplete,
  partial: styles.fillPartial,
  failed: styles.fillPartial,
};

interface SyncProgressProps {
  run: Run;
  /** Title of the connection. */
  title: string;
}

/** A run while it goes: per dataset what is done of what is expected, and why it waits. */
export function SyncProgress({ run, title }: SyncProgressProps) {
  const t = useWords();
  const sum = (pick: (dataset: RunDataset) => number) =>
    run.datasets.reduce((total, dataset) => total + pick(dataset), 0);
  const rows = sum(dataset => dataset.rows);
  const done = sum(({ containers }) => containers.done);
  const total = sum(({ containers }) => containers.total);
  const paused = run.state === 'paused';

  return (
    <Panel
      title={t('connections.progress.title', { title })}
      sub={
        <>
          {t('connections.progress.started', {
            when: <TimeAgo time={run.startedAt} />,
          })}{' '}
          {t('connections.progress.leave')}
        </>
      }
    >
      <LiveRegion
        state={run.state}
        text={
          paused
            ? t('connections.progress.livePaused', {
                title,
                reason: run.reason?.text ?? '',
              })
            : t('connections.progress.live', {
                title,
                done: formatNumber(done),
                total: formatNumber(total),
                rows: formatNumber(rows),
              })
        }
      />
      <div className={styles.figures}>
        <span>
          <span className={styles.figure}>{formatNumber(rows)}</span>{' '}
          {t('connections.progress.rows', { count: rows })},{' '}
          <span className={theme.number}>
            {t('connections.progress.containers', {
              done: formatNumber(done),
              total: formatNumber(total),
            })}
          </span>
        </span>
        <span className={`${theme.second} ${theme.number}`}>
          {t('connections.progress.requests', {
            count: run.requests,
            n: formatNumber(run.requests),
          })}
          ,{' '}
          {t('connections.progress.points', {
            count: run.points,
            n: formatNumber(run.points),
          })}
        </span>
      </div>
      <span
        className={`${styles.track} ${styles.trackTall}`}
        aria-hidden="true"
      >
        <span
          className={styles.fill}
          style={{ width: `${floorPercent(done, total)}%` }}
        />
      </span>
      {paused && <PausedBanner run={run} />}
      <ul className={styles.progress}>
        {run.datasets.map(dataset => (
          <DatasetProgress key={dataset.dataset} dataset={dataset} />
        ))}
      </ul>
    </Panel>
  );
}

function PausedBanner({ run }: { run: Run }) {
  const t = useWords();
  const words = run.reason?.text ?? t('common.unknownNoReason');
  return (
    <div style={{ marginTop: 12 }}>
      <Banner glyph={<RiPauseLine size={16} aria-hidden="true" />}>
        <p>
          <strong>{t('connections.progress.paused')}.</strong>{' '}
          <span dir="auto">{words}</span>{' '}
          {run.resumeAt &&
            t('connections.progress.resumes', {
              when: <TimeAgo time={run.resumeAt} />,
            })}
        </p>
      </Banner>
    </div>
  );
}

function DatasetProgress({ dataset }: { dataset: RunDataset }) {
  const t = useWords();
  const { containers, rows, expected, state } = dataset;
  const Glyph = glyphs[state];
  const known = expected !== undefined && expected > 0;
  const share = known
    ? floorPercent(Math.min(rows, expected), expected)
    : floorPercent(containers.done, containers.total);
  const numbers =
    expected === undefined
      ? formatNumber(rows)
      : t('connections.progress.rowsOf', {
          n: formatNumber(rows),
          expected: formatNumber(expected),
        });
  return (
    <li>
      <Glyph
        aria-hidden="true"
        className={state === 'running' ? styles.spin : undefined}
      />
      <span className={styles.name}>{dataset.dataset}</span>
      <span
        className={styles.track}
        role="progressbar"
        aria-valuenow={share}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t('connections.progress.containersFor', {
          dataset: dataset.dataset,
          done: formatNumber(containers.done),
          total: formatNumber(containers.total),
        })}
      >
        <span
          className={`${styles.fill} ${fills[state]}`}
          style={{ width: `${share}%` }}
        />
      </span>
      <span className={theme.number}>{numbers}</span>
      <span className={`${styles.word} ${theme.second} ${theme.number}`}>
        {t(`connections.progress.state.${state}`)}
        {containers.total > 0 &&
          `, ${t('connections.progress.containers', {
            done: formatNumber(containers.done),
            total: formatNumber(containers.total),
          })}`}
      </span>
      {dataset.malformed > 0 && (
        <span className={styles.reason}>
          {t('connections.progress.malformed', {
            count: dataset.malformed,
            n: formatNumber(dataset.malformed),
          })}
        </span>
      )}
      {dataset.reasons.map(({ code, text }) => (
        <span key={`${code} ${text}`} className={styles.reason} dir="auto">
          {text}
        </span>
      ))}
    </li>
  );
}
