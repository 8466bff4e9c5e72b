// SPDX-License-Identifier: Apache-2.0
import type { ContainerReport } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { scrollRegion } from '../components/scrollRegion';
import { StateTag, type Tone } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { useWords } from '../translation/useWords';
import styles from './connections.module.css';
import { type ShownContainer, shownOutcome } from './folded';
import { useDatasetName } from './words';
import { SeenBy } from './SeenBy';

const tones: Record<ContainerReport['outcome'], Tone> = {
  complete: 'pass',
  partial: 'warning',
  'not-visible': 'unknown',
  failed: 'fail',
};

const nameOf = ({ connection, container }: ShownContainer) =>
  JSON.stringify([connection.id, container.dataset, container.container]);

interface ContainerTableProps {
  label: string;
  /** Containers that are told in one line. */
  groups: ShownContainer[][];
  /** Whether it says which connection a container is of. */
  isNamed?: boolean;
}

/** Containers with what was fetched of them, why not all, by whom and when. */
export function ContainerTable({
  label,
  groups,
  isNamed,
}: ContainerTableProps) {
  const t = useWords();
  const columns = [
    'container',
    'outcome',
    'seenBy',
    'whole',
    ...(isNamed ? (['connection'] as const) : []),
  ] as const;
  return (
    <div className={theme.scroll} aria-label={label} {...scrollRegion}>
      <table className={`${theme.table} ${styles.containers}`}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`connections.completeness.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(group => (
            <ContainerRow
              key={nameOf(group[0])}
              group={group}
              isNamed={isNamed}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One container, or many that have the same reason. */
function ContainerRow({
  group,
  isNamed,
}: {
  group: ShownContainer[];
  isNamed?: boolean;
}) {
  const datasetWords = useDatasetName();
  const [{ connection, container }] = group;
  return (
    <tr>
      <th scope="row">
        <Where group={group} />
        <span className={styles.below}>{datasetWords(container.dataset)}</span>
      </th>
      <td>
        <Fetched group={group} />
      </td>
      <td>
        <SeenBy connection={connection} scope={container.scope} />
      </td>
      <td>
        <Whole group={group} />
      </td>
      {isNamed && <td dir="auto">{connection.title}</td>}
    </tr>
  );
}

function Where({ group }: { group: ShownContainer[] }) {
  const t = useWords();
  const title = ({
    container: { title: given, container: key },
  }: ShownContainer) =>
    given ??
    (key === 'site' || key === 'all'
      ? t(`connections.completeness.${key}`)
      : key);
  return group.length === 1 ? (
    <bdi>{title(group[0])}</bdi>
  ) : (
    <details>
      <summary>
        {t('connections.completeness.many', { n: formatNumber(group.length) })}
      </summary>
      <ul className={styles.folded}>
        {group.map(item => (
          <li key={nameOf(item)} dir="auto">
            {title(item)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How the last read ended, what it fetched, why not all, and what only another scope has seen. */
function Fetched({ group }: { group: ShownContainer[] }) {
  const t = useWords();
  const [{ container }] = group;
  const shown = shownOutcome(container);
  const sumOf = (count: (of: ContainerReport) => number) =>
    group.reduce((sum, item) => sum + count(item.container), 0);
  const rows = sumOf(of => of.rows);
  const outOfScope = sumOf(of => of.outOfScope);
  // Of many, sums would hide which of them lacks what.
  const expected = group.length === 1 ? container.expected : undefined;
  return (
    <>
      <StateTag
        tone={tones[shown]}
        label={t(`connections.completeness.state.${shown}`)}
      />
      <span className={styles.below}>
        {expected === undefined
          ? t('connections.completeness.rows', {
              count: rows,
              n: formatNumber(rows),
            })
          : t('connections.completeness.expected', {
              n: formatNumber(rows),
              expected: formatNumber(expected),
            })}
      </span>
      {(container.reason || shown !== 'complete') && (
        <span className={styles.because} dir="auto">
          {container.reason?.text ?? t('common.unknownNoReason')}
        </span>
      )}
      {outOfScope > 0 && (
        <span className={styles.below}>
          {t('connections.completeness.outOfScope', {
            count: outOfScope,
            n: formatNumber(outOfScope),
          })}
        </span>
      )}
    </>
  );
}

/** When all of it was last read; of many, when the oldest was. */
function Whole({ group }: { group: ShownContainer[] }) {
  const t = useWords();
  const never = group.some(({ container }) => !container.completeAt);
  const oldest = (time: (of: ContainerReport) => string | undefined) =>
    group.flatMap(({ container }) => time(container) ?? []).sort()[0];
  const completeAt = oldest(of => of.completeAt);
  const readAt = oldest(of => of.readAt);
  return (
    <>
      {never || !completeAt ? (
        t('connections.completeness.never')
      ) : (
        <TimeAgo time={completeAt} />
      )}
      {(never || readAt !== completeAt) && (
        <span className={styles.below}>
          {t('connections.completeness.tried')} <TimeAgo time={readAt} />
        </span>
      )}
    </>
  );
}
