// SPDX-License-Identifier: Apache-2.0
import { Button, ButtonIcon, Checkbox } from '@backstage/ui';
import type {
  DecisionKind,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  RiArrowGoBackLine,
  RiGlobalLine,
  RiGroupLine,
  RiUserLine,
} from '@remixicon/react';
import { formatNumber } from '../components/format';
import { EntityLink } from '../components/EntityLink';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { FactValue } from '../accounts/FactValue';
import { useFactWords } from '../accounts/useFactWords';
import { Since } from '../details/Since';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import { DecidedBy } from './DecidedBy';
import { Delta } from './Delta';
import { Recommendation } from './Recommendation';
import styles from './table.module.css';
import type { RowStatus } from './useDeciding';
import { useMe } from './useMe';
import { useAccessWords, useRowWords } from './words';

export const doneTones = {
  keep: 'pass',
  revoke: 'fail',
  defer: 'none',
} as const;

const icons = {
  account: [RiUserLine, 'direct'],
  group: [RiGroupLine, 'wholeGroup'],
  'access-class': [RiGlobalLine, 'accessClass'],
} as const;

interface ReviewRowProps {
  item: ReviewItem;
  status?: RowStatus;
  isCurrent: boolean;
  isSelected: boolean;
  /** Absent where nothing can be selected. */
  onSelect?: (isSelected: boolean) => void;
  onFocus: () => void;
  /** Absent where one does not decide. */
  onAct?: (decision: DecisionKind | 'undo') => void;
}

/** One row: what access, since when, what is recommended, what was decided. */
export function ReviewRow({
  item,
  status,
  isCurrent,
  isSelected,
  onSelect,
  onFocus,
  onAct,
}: ReviewRowProps) {
  const t = useWords();
  const words = useRowWords()(item);
  return (
    <tr
      id={`row-${item.id}`}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={words}
      aria-selected={onSelect ? isSelected : undefined}
      className={styles.row}
      data-current={isCurrent || undefined}
      data-selected={isSelected || undefined}
      onFocus={onFocus}
    >
      {onSelect && (
        <td className={styles.check}>
          {!item.decision && onAct && (
            <Checkbox
              aria-label={t('reviews.table.select', { name: words })}
              isSelected={isSelected}
              onChange={onSelect}
            />
          )}
        </td>
      )}
      <td>
        <Access item={item} />
      </td>
      <td className={styles.since}>
        <Delta item={item} />
        {item.since && (
          <span className={`${theme.second} ${styles.by}`}>
            <Since time={item.since} />
          </span>
        )}
      </td>
      <td className={styles.active}>
        <LastActive item={item} />
      </td>
      <td>
        <Recommendation item={item} />
      </td>
      <td className={styles.decision}>
        <Decision item={item} status={status} words={words} onAct={onAct} />
        {onAct && <InPlaceOf item={item} />}
      </td>
    </tr>
  );
}

/** In whose place one decides a row; nothing of one's own. */
function InPlaceOf({ item }: { item: ReviewItem }) {
  const t = useWords();
  const me = useMe();
  const { ref } = item.reviewer;
  if (!me || ref === me) {
    return null;
  }
  return (
    <span className={`${theme.second} ${styles.by}`}>
      {t('reviews.table.for', { who: <EntityLink entityRef={ref} /> })}
    </span>
  );
}

/** When the account was last active, and what is wrong with it at a glance. */
function LastActive({ item }: { item: ReviewItem }) {
  const t = useWords();
  const { lastActive, mfa, openFindings } = item;
  const words = useFactWords();
  if (item.principal.kind !== 'account') {
    return null;
  }
  return (
    <>
      <FactValue
        fact={
          lastActive ?? {
            reason: { code: 'not-told', text: t('reviews.details.notTold') },
          }
        }
        show={words.lastActive}
      />
      {mfa?.value === 'disabled' && (
        <span className={`${theme.second} ${styles.by}`}>
          {t('reviews.table.noMfa')}
        </span>
      )}
      {openFindings && openFindings.total > 0 && (
        <span className={`${theme.second} ${styles.by}`}>
          {t('reviews.table.findings', {
            count: openFindings.total,
            n: formatNumber(openFindings.total),
          })}
        </span>
      )}
    </>
  );
}

function Access({ item }: { item: ReviewItem }) {
  const t = useWords();
  const { what, where, of } = useAccessWords()(item);
  const [Icon, path] = icons[item.principal.kind];
  const values = {
    what: <strong>{what}</strong>,
    where: <strong dir="auto">{where}</strong>,
  };
  return (
    <div className={styles.access}>
      <span>
        {of ? t('reviews.table.of', values) : t('reviews.table.on', values)}{' '}
        {item.admin && of && (
          <span className={list.chip}>{t('reviews.table.admin')}</span>
        )}
      </span>
      <span className={`${theme.second} ${styles.path}`}>
        <Icon aria-hidden="true" />
        {t(`reviews.table.${path}`)}
      </span>
    </div>
  );
}

interface DecisionProps
  extends Pick<ReviewRowProps, 'item' | 'status' | 'onAct'> {
  words: string;
}

function Decision({ item, status, words, onAct }: DecisionProps) {
  const t = useWords();
  const pending =
    status?.kind === 'saving' || status?.kind === 'retrying'
      ? status.act.decision
      : undefined;
  const saved = pending === 'undo' ? undefined : item.decision?.kind;
  const shown = pending && pending !== 'undo' ? pending : saved;
  const named = (decision: DecisionKind | 'undo') =>
    t('reviews.act.of', { act: t(`reviews.act.${decision}`), name: words });
  if (shown) {
    return (
      <span className={styles.buttons}>
        <StateTag tone={doneTones[shown]} label={t(`reviews.done.${shown}`)} />
        {onAct ? (
          <ButtonIcon
            variant="tertiary"
            size="small"
            icon={<RiArrowGoBackLine />}
            aria-label={named('undo')}
            isDisabled={pending !== undefined}
            onPress={() => onAct('undo')}
          />
        ) : (
          item.decision && (
            <span className={`${theme.second} ${styles.by}`}>
              {t('reviews.table.decidedBy', {
                who: (
                  <DecidedBy by={item.decision.by} for={item.decision.for} />
                ),
                when: <TimeAgo time={item.decision.at} />,
              })}
            </span>
          )
        )}
      </span>
    );
  }
  if (!onAct) {
    return (
      <span>
        {t('reviews.table.undecided')}
        <span className={`${theme.second} ${styles.by}`}>
          <EntityLink entityRef={item.reviewer.ref} />
        </span>
      </span>
    );
  }
  return (
    <span className={styles.buttons}>
      {(['keep', 'revoke', 'defer'] as const).map(decision => (
        <Button
          key={decision}
          variant={decision === 'defer' ? 'tertiary' : 'secondary'}
          size="small"
          aria-label={named(decision)}
          onPress={() => onAct(decision)}
        >
          {t(`reviews.act.${decision}`)}
        </Button>
      ))}
    </span>
  );
}
