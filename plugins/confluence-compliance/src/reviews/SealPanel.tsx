// SPDX-License-Identifier: Apache-2.0
import { RiLockLine } from '@remixicon/react';
import { CopyButton } from '../components/CopyButton';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './reviews.module.css';

/** The hash that a review was sealed with, in groups of eight for the eye. */
export function SealPanel({ seal }: { seal: string }) {
  const t = useWords();
  const groups = seal.match(/.{1,8}/g) ?? [seal];
  return (
    <Panel
      title={t('reviews.page.seal')}
      sub={t('reviews.page.sealedHash')}
      actions={
        <CopyButton text={seal} label={t('reviews.page.copySeal')} iconOnly />
      }
    >
      <p className={styles.text}>
        <RiLockLine size={14} aria-hidden="true" /> {t('reviews.page.sealed')}
      </p>
      <p className={`${theme.mono} ${styles.seal}`}>
        {groups.map((group, index) => (
          <span key={`${index} ${group}`}>{group}</span>
        ))}
      </p>
    </Panel>
  );
}
