// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@backstage/ui';
import type { RemediatedItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { scrollRegion } from '../components/scrollRegion';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { type Selection, withOne } from '../components/useSelection';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import { LastTry } from './LastTry';
import { RemediationTag } from './RemediationTag';
import { Residual } from './Residual';
import styles from './reviews.module.css';
import { useAccessWords, useRowName, useRowWords } from './words';

const columns = ['who', 'access', 'decided', 'proof', 'owner'] as const;

/** Somebody has something to do about it: it is not proven gone. */
export const isOpenRemoval = ({ remediation }: RemediatedItem): boolean =>
  remediation.state !== 'removed';

interface RemovalTableProps {
  items: RemediatedItem[];
  /** Absent where nothing can be assigned. */
  selection?: Selection;
}

/** What was revoked, what proves that it is gone, and who removes it by when. */
export function RemovalTable({ items, selection }: RemovalTableProps) {
  const t = useWords();
  const open = items.filter(isOpenRemoval).map(({ item }) => item.id);
  const isAll = open.length > 0 && open.every(id => selection?.ids.has(id));
  return (
    <div
      className={theme.scroll}
      {...scrollRegion}
      aria-label={t('reviews.remediation.title')}
    >
      <table className={`${theme.table} ${styles.list} ${styles.removals}`}>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className={styles.check}>
                <Checkbox
                  aria-label={t('reviews.remediation.selectAll')}
                  isSelected={isAll}
                  isIndeterminate={!isAll && selection.ids.size > 0}
                  isDisabled={open.length === 0}
                  onChange={all => selection.change(new Set(all ? open : []))}
                />
              </th>
            )}
            {columns.map(column => (
              <th key={column} scope="col">
                {t(`reviews.remediation.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(one => (
            <Row key={one.item.id} removal={one} selection={selection} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  removal: RemediatedItem;
  selection?: Selection;
}

function Row({ removal, selection }: RowProps) {
  const t = useWords();
  const name = useRowName();
  const words = useRowWords();
  const { item } = removal;
  const { what, where, of } = useAccessWords()(item);
  const { decision } = item;
  return (
    <tr>
      {selection && (
        <td className={styles.check}>
          {isOpenRemoval(removal) && (
            <Checkbox
              aria-label={t('reviews.table.select', { name: words(item) })}
              isSelected={selection.ids.has(item.id)}
              onChange={isSelected =>
                selection.change(withOne(selection.ids, item.id, isSelected))
              }
            />
          )}
        </td>
      )}
      <th scope="row" className={styles.name}>
        <bdi>{name(item)}</bdi>
      </th>
      <td dir="auto">
        {of
          ? t('reviews.table.of', { what, where })
          : t('reviews.table.on', { what, where })}
      </td>
      <td className={styles.person}>
        {decision && (
          <>
            {t('reviews.table.decidedBy', {
              who: <DecidedBy by={decision.by} for={decision.for} />,
              when: <TimeAgo time={decision.at} />,
            })}
            {decision.reason && (
              <span className={`${theme.second} ${styles.block}`} dir="auto">
                {decision.reason}
              </span>
            )}
          </>
        )}
      </td>
      <td>
        <Proof removal={removal} />
      </td>
      <td className={styles.person}>
        <Remover removal={removal} />
      </td>
    </tr>
  );
}

function Proof({ removal }: { removal: RemediatedItem }) {
  const t = useWords();
  const { item, remediation } = removal;
  const { state, reason, readStartedAt, residual } = remediation;
  return (
    <>
      <RemediationTag state={state} />
      <span className={`${theme.second} ${styles.block}`} dir="auto">
        {reason?.text ?? t(`reviews.remediation.means.${state}`)}
      </span>
      {readStartedAt && (
        <span className={`${theme.second} ${styles.block}`}>
          {t('reviews.remediation.read', {
            when: <TimeAgo time={readStartedAt} />,
          })}
        </span>
      )}
      <LastTry removal={removal} />
      <Residual item={item} residual={residual} />
    </>
  );
}

/** Who removes it, and by when. */
function Remover({ removal }: { removal: RemediatedItem }) {
  const t = useWords();
  const { owner, dueAt } = removal;
  const isLate =
    dueAt !== undefined &&
    isOpenRemoval(removal) &&
    Date.parse(dueAt) < Date.now();
  return (
    <>
      {owner && <EntityLink entityRef={owner} />}
      {dueAt && (
        <span className={`${theme.second} ${styles.block}`}>
          {t('reviews.due.at', { when: <TimeAgo time={dueAt} /> })}
        </span>
      )}
      {isLate && <StateTag tone="warning" label={t('reviews.due.over')} />}
    </>
  );
}
