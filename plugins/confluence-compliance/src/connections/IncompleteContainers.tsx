// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ContainerReport,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import { scrollRegion } from '../components/scrollRegion';
import { StateTag, type Tone } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { atLeast } from '../components/totals';
import { useIncompleteContainers } from '../queries';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { foldByReason, type IncompleteContainer, shownOutcome } from './folded';

const tones: Record<ContainerReport['outcome'], Tone> = {
  complete: 'pass',
  partial: 'warning',
  'not-visible': 'unknown',
  failed: 'fail',
};

const nameOf = ({ connection, container }: IncompleteContainer) =>
  JSON.stringify([connection.id, container.dataset, container.container]);

/** Every container that is not complete, with the reason. */
export function IncompleteContainers({
  connections,
}: {
  connections: Connection[];
}) {
  const t = useWords();
  const queries = useIncompleteContainers(connections);
  const failed = queries.find(({ error }) => error);
  const lists = queries.flatMap(({ data }) => (data ? [data] : []));
  const shown = lists.flatMap(({ connection, page }) =>
    page.items.map(container => ({ connection, container })),
  );
  const more =
    lists.reduce((sum, { page }) => sum + atLeast(page.totalItems), 0) -
    shown.length;
  if (shown.length === 0 && !failed) {
    return null;
  }
  return (
    <Panel
      flush
      title={t('connections.incomplete.title')}
      sub={t('connections.incomplete.sub')}
    >
      {failed?.error && (
        <PanelError error={failed.error} onRetry={failed.refetch} />
      )}
      {shown.length > 0 && (
        <div
          className={theme.scroll}
          aria-label={t('connections.incomplete.title')}
          {...scrollRegion}
        >
          <table className={`${theme.table} ${styles.incomplete}`}>
            <thead>
              <tr>
                <th scope="col">{t('connections.incomplete.container')}</th>
                <th scope="col">{t('connections.incomplete.dataset')}</th>
                <th scope="col">{t('connections.incomplete.outcome')}</th>
                <th scope="col">{t('connections.incomplete.reason')}</th>
                <th scope="col">{t('connections.incomplete.connection')}</th>
                <th scope="col">{t('connections.incomplete.read')}</th>
              </tr>
            </thead>
            <tbody>
              {foldByReason(shown).map(group => (
                <ContainerRow key={nameOf(group[0])} group={group} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && (
        <p className={theme.second} style={{ padding: '8px 20px', margin: 0 }}>
          {t('connections.incomplete.more', {
            count: more,
            n: formatNumber(more),
          })}
        </p>
      )}
    </Panel>
  );
}

/** One container, or many that have the same reason. */
function ContainerRow({ group }: { group: IncompleteContainer[] }) {
  const t = useWords();
  const [{ connection, container }] = group;
  const shown = shownOutcome(container);
  const oldest = group.map(item => item.container.readAt).sort()[0];
  const rows = group.reduce((sum, item) => sum + item.container.rows, 0);
  // Of many, sums would hide which of them lacks what.
  const expected = group.length === 1 ? container.expected : undefined;
  const title = ({ title: given, container: key }: ContainerReport) =>
    given ?? (key === 'site' ? t('connections.incomplete.site') : key);
  return (
    <tr>
      <th scope="row" dir="auto">
        {group.length === 1 ? (
          title(container)
        ) : (
          <details>
            <summary>
              {t('connections.incomplete.many', {
                n: formatNumber(group.length),
              })}
            </summary>
            <ul className={styles.folded}>
              {group.map(item => (
                <li key={nameOf(item)} dir="auto">
                  {title(item.container)}
                </li>
              ))}
            </ul>
          </details>
        )}
      </th>
      <td>{container.dataset}</td>
      <td>
        <StateTag
          tone={tones[shown]}
          label={t(`connections.incomplete.state.${shown}`)}
        />
        <span className={theme.second} style={{ display: 'block' }}>
          {expected === undefined
            ? t('connections.incomplete.rows', {
                count: rows,
                n: formatNumber(rows),
              })
            : t('connections.incomplete.expected', {
                n: formatNumber(rows),
                expected: formatNumber(expected),
              })}
        </span>
      </td>
      <td dir="auto">
        {container.reason?.text ?? t('common.unknownNoReason')}
      </td>
      <td dir="auto">{connection.title}</td>
      <td>
        <TimeAgo time={oldest} />
      </td>
    </tr>
  );
}
