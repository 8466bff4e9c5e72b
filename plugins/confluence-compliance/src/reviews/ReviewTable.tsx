// SPDX-License-Identifier: Apache-2.0
import { Avatar, Checkbox } from '@backstage/ui';
import type {
  DecisionKind,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { forwardRef, type ReactNode } from 'react';
import theme from '../components/theme.module.css';
import { withOne } from '../components/useSelection';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import { ReviewRow } from './ReviewRow';
import styles from './table.module.css';
import type { RowStatus } from './useDeciding';
import { isQuiet, principalKey, useRowName } from './words';

interface ReviewTableProps {
  /** Rows of one principal together. */
  groups: ReviewItem[][];
  current?: string;
  statuses: ReadonlyMap<string, RowStatus>;
  selected: ReadonlySet<string>;
  onSelect?: (ids: ReadonlySet<string>) => void;
  onGo: (id: string) => void;
  onAct?: (item: ReviewItem, decision: DecisionKind | 'undo') => void;
  /** Somebody else has the row by now: nothing is done with it here. */
  isGone: (item: ReviewItem) => boolean;
  /** What stands under a row, such as the question why. */
  under: (item: ReviewItem) => ReactNode;
}

/** The rows of a review, grouped by whom they are about. One row at a time takes the keys. */
export const ReviewTable = forwardRef<HTMLTableElement, ReviewTableProps>(
  function Rows(
    {
      groups,
      current,
      statuses,
      selected,
      onSelect,
      onGo,
      onAct,
      isGone,
      under,
    },
    ref,
  ) {
    const t = useWords();
    const quiet = groups.flat().filter(item => isQuiet(item) && !isGone(item));
    const isAll = quiet.length > 0 && quiet.every(({ id }) => selected.has(id));
    const width = onSelect ? 6 : 5;
    return (
      <div className={styles.scroll}>
        <table
          ref={ref}
          role="grid"
          aria-label={t('reviews.table.label')}
          aria-multiselectable={onSelect ? true : undefined}
          className={`${theme.table} ${styles.rows}`}
        >
          <thead>
            <tr>
              {onSelect && (
                <th scope="col" className={styles.check}>
                  <Checkbox
                    aria-label={t('reviews.table.selectAll')}
                    isSelected={isAll}
                    isIndeterminate={!isAll && selected.size > 0}
                    isDisabled={quiet.length === 0 && selected.size === 0}
                    onChange={all =>
                      onSelect(new Set(all ? quiet.map(({ id }) => id) : []))
                    }
                  />
                </th>
              )}
              <th scope="col">{t('reviews.table.access')}</th>
              <th scope="col" className={styles.since}>
                {t('reviews.delta.label')}
              </th>
              <th scope="col" className={styles.active}>
                {t('reviews.table.active')}
              </th>
              <th scope="col">{t('reviews.table.recommendation')}</th>
              <th scope="col" className={styles.decision}>
                {t('reviews.table.decision')}
              </th>
            </tr>
          </thead>
          {groups.map(group => (
            <tbody key={principalKey(group[0])}>
              <tr>
                <th scope="rowgroup" colSpan={width} className={styles.who}>
                  <Who item={group[0]} />
                </th>
              </tr>
              {group.map(item => (
                <RowAndMore key={item.id} width={width} more={under(item)}>
                  <ReviewRow
                    item={item}
                    status={statuses.get(item.id)}
                    isCurrent={item.id === current}
                    isSelected={selected.has(item.id)}
                    onSelect={
                      onSelect &&
                      (isSelected =>
                        onSelect(withOne(selected, item.id, isSelected)))
                    }
                    onFocus={() => onGo(item.id)}
                    onAct={
                      onAct && !isGone(item)
                        ? decision => onAct(item, decision)
                        : undefined
                    }
                  />
                </RowAndMore>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    );
  },
);

interface RowAndMoreProps {
  width: number;
  more: ReactNode;
  children: ReactNode;
}

function RowAndMore({ width, more, children }: RowAndMoreProps) {
  return (
    <>
      {children}
      {more && (
        <tr>
          <td colSpan={width} className={styles.under}>
            {more}
          </td>
        </tr>
      )}
    </>
  );
}

/** Whom rows are about: an account with its person, a group, an access class. */
function Who({ item }: { item: ReviewItem }) {
  const t = useWords();
  const name = useRowName()(item);
  const { principal } = item;
  const { kind, person } = principal;
  const what = kind === 'account' ? principal.class : kind;
  const isUnusual = what !== undefined && what !== 'person';
  const isGuest = item.guest && what !== 'guest';
  return (
    <span className={styles.whoLine}>
      <Avatar src="" name={name} size="small" purpose="decoration" />
      <span className={theme.cut} dir="auto" title={name}>
        {name}
      </span>
      {isUnusual && (
        <span className={list.chip}>{t(`reviews.table.kind.${what}`)}</span>
      )}
      {isGuest && (
        <span className={list.chip}>{t('reviews.table.kind.guest')}</span>
      )}
      {what === 'person' && !person && (
        <span className={list.chip}>{t('reviews.table.nobody')}</span>
      )}
    </span>
  );
}
