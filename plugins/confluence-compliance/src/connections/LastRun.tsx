// SPDX-License-Identifier: Apache-2.0
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';

/** How the last run ended, its age, and what it changed. */
export function LastRun({ run }: { run?: Run }) {
  const t = useWords();
  if (!run) {
    return <>{t('connections.noRun')}</>;
  }
  const { opened, changed, removed, requests } = run;
  const parts = [
    opened > 0 &&
      t('connections.changed.opened', {
        count: opened,
        n: formatNumber(opened),
      }),
    changed > 0 &&
      t('connections.changed.changed', {
        count: changed,
        n: formatNumber(changed),
      }),
    removed > 0 &&
      t('connections.changed.removed', {
        count: removed,
        n: formatNumber(removed),
      }),
  ].filter(part => part !== false);
  const asked = t('connections.changed.requests', {
    count: requests,
    n: formatNumber(requests),
  });
  return (
    <>
      {t(`connections.run.${run.state}`)}{' '}
      <TimeAgo time={run.finishedAt ?? run.startedAt} />
      <span
        className={`${theme.second} ${theme.number}`}
        style={{ display: 'block' }}
      >
        {run.state === 'failed' && run.reason ? (
          <span dir="auto">{run.reason.text}</span>
        ) : (
          `${parts.join(', ') || t('connections.changed.none')}. ${asked}`
        )}
      </span>
    </>
  );
}
