// SPDX-License-Identifier: Apache-2.0
import type { PersonRecord } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import list from '../lists/list.module.css';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';

/** Who somebody is, as their source says. */
export function PersonWords({ person }: { person: PersonRecord }) {
  const t = useWords();
  const { name, ref, email, status } = person;
  return (
    <span className={styles.person}>
      <span dir="auto" className={theme.cut}>
        {name ?? ref}
      </span>
      <span className={`${theme.second} ${theme.cut}`} dir="auto">
        {email ?? ref}
      </span>
      {status !== 'employed' && (
        <span className={list.chip}>
          {t(`identify.suggestion.status.${status}`)}
        </span>
      )}
    </span>
  );
}
