// SPDX-License-Identifier: Apache-2.0
import type {
  AccountGrant,
  Resource,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useLevelWords } from '../components/words';
import { useWords } from '../translation/useWords';
import styles from './details.module.css';

type Granted = Pick<AccountGrant, 'level' | 'role' | 'effective' | 'why'>;

interface GrantedLevelProps {
  grant: Granted;
  /** What it is granted on. */
  kind: Resource['kind'];
}

/** What a grant allows, by which role, and where it does not surely come to anything, why. */
export function GrantedLevel({ grant, kind }: GrantedLevelProps) {
  const t = useWords();
  const levelWords = useLevelWords();
  const { level, role, effective, why } = grant;
  const isAdmin = level === 'admin' && effective !== 'no';
  return (
    <>
      <span className={isAdmin ? styles.admin : styles.tight}>
        {levelWords(level, kind)}
      </span>
      {role && (
        <span className={`${theme.second} ${styles.line}`}>
          {t('directory.byRole')} <bdi>{role}</bdi>
        </span>
      )}
      {effective === 'no' && (
        <span className={styles.line}>
          <StateTag tone="none" label={t('directory.notEffective')} />{' '}
          <bdi className={theme.second}>
            {why?.text ?? t('common.unknownNoReason')}
          </bdi>
        </span>
      )}
      {effective === 'perhaps' && (
        <span className={styles.line}>
          <UnknownValue
            label={t('directory.perhapsEffective')}
            reason={why?.text}
          />
        </span>
      )}
    </>
  );
}
