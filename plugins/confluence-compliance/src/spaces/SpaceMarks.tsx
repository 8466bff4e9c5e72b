// SPDX-License-Identifier: Apache-2.0
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGlobalLine, RiShieldStarLine } from '@remixicon/react';
import { useWords } from '../translation/useWords';
import styles from './spaces.module.css';

/** What makes a space stand out: open to the internet, or a critical system. */
export function SpaceMarks({ space }: { space: Space }) {
  const t = useWords();
  if (!space.anonymous && !space.critical) {
    return null;
  }
  return (
    <span className={styles.marks}>
      {space.anonymous && (
        <span className={`${styles.mark} ${styles.open}`}>
          <RiGlobalLine aria-hidden="true" />
          {t('spaces.open')}
        </span>
      )}
      {space.critical && (
        <span className={styles.mark}>
          <RiShieldStarLine aria-hidden="true" />
          {t('spaces.critical')}
        </span>
      )}
    </span>
  );
}
