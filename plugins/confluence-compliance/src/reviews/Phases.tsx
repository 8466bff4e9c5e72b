// SPDX-License-Identifier: Apache-2.0
import type { ReviewState } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiCheckLine } from '@remixicon/react';
import { useWords } from '../translation/useWords';
import { ReviewStateTag } from './ReviewStateTag';
import styles from './reviews.module.css';

const phases = ['draft', 'in-progress', 'remediation', 'completed'] as const;

/** Where a review stands on its way; one that was cancelled is on none. */
export function Phases({ state }: { state: ReviewState }) {
  const t = useWords();
  if (state === 'cancelled') {
    return <ReviewStateTag state={state} />;
  }
  const at = phases.indexOf(state);
  return (
    <ol className={styles.phases} aria-label={t('reviews.page.phases')}>
      {phases.map((phase, index) => (
        <li
          key={phase}
          aria-current={index === at ? 'step' : undefined}
          className={index === at ? styles.current : undefined}
        >
          {(index < at || state === 'completed') && (
            <RiCheckLine aria-hidden="true" />
          )}
          {t(`reviews.state.${phase}`)}
        </li>
      ))}
    </ol>
  );
}
