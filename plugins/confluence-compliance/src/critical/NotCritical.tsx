// SPDX-License-Identifier: Apache-2.0
import type { Space } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Panel } from '../components/Panel';
import { useWords } from '../translation/useWords';
import styles from './critical.module.css';
import { MarkActions, useMayMark } from './MarkActions';

/** What a critical system is, for whoever may make this space one. */
export function NotCritical({ space }: { space: Space }) {
  const t = useWords();
  if (!useMayMark()) {
    return null;
  }
  const { connection, key, name } = space;
  return (
    <Panel title={t('critical.teach.title')}>
      <p className={styles.text}>{t('critical.teach.text')}</p>
      <MarkActions place={{ connection, space: key }} title={name} />
    </Panel>
  );
}
