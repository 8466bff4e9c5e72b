// SPDX-License-Identifier: Apache-2.0
import theme from '../components/theme.module.css';
import { useWords } from '../translation/useWords';
import styles from './identify.module.css';

const keys = [
  [['j', 'k'], 'move'],
  [['1–5'], 'choose'],
  [['Enter'], 'confirm'],
  [['b'], 'nobody'],
  [['c'], 'classify'],
  [['p'], 'pick'],
  [['s'], 'skip'],
  [['u'], 'undo'],
] as const;

/** The keys that act while focus is on the page and in no field. */
export function Keys() {
  const t = useWords();
  return (
    <dl className={styles.keys} aria-label={t('identify.keys.title')}>
      {keys.map(([names, does]) => (
        <div key={does}>
          <dt>
            {names.map(name => (
              <kbd key={name} className={styles.key}>
                {name}
              </kbd>
            ))}
          </dt>
          <dd className={theme.second}>{t(`identify.keys.${does}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
