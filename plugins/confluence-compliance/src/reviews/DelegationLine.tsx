// SPDX-License-Identifier: Apache-2.0
import type { Delegation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ReactNode } from 'react';
import { formatDate } from '../components/format';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

const tones = {
  active: 'pass',
  planned: 'busy',
  over: 'none',
  ended: 'none',
} as const;

function stateOf({ active, endedAt, endsAt }: Delegation) {
  if (active) {
    return 'active';
  }
  if (endedAt) {
    return 'ended';
  }
  return Date.parse(endsAt) > Date.now() ? 'planned' : 'over';
}

export const isOver = (one: Delegation) =>
  ['over', 'ended'].includes(stateOf(one));

interface DelegationLineProps {
  delegation: Delegation;
  /** Who decides for whom. */
  sentence: ReactNode;
  /** The way to end it; nothing for whoever may not. */
  end: ReactNode;
}

/** A delegation: who decides for whom, why, when, and whether it is on. */
export function DelegationLine({
  delegation,
  sentence,
  end,
}: DelegationLineProps) {
  const t = useWords();
  const { startsAt, endsAt, endedAt, reason } = delegation;
  const state = stateOf(delegation);
  return (
    <li>
      <div className={styles.ownWords}>
        <span>{sentence}</span>
        {reason && (
          <span className={`${theme.second} ${styles.words}`} dir="auto">
            {reason}
          </span>
        )}
      </div>
      <span className={theme.number}>
        {t('reviews.delegation.period', {
          from: formatDate(new Date(startsAt)),
          until: formatDate(new Date(endedAt ?? endsAt)),
        })}
      </span>
      <StateTag
        tone={tones[state]}
        label={t(`reviews.delegation.state.${state}`)}
      />
      {end}
    </li>
  );
}
