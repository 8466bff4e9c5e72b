// SPDX-License-Identifier: Apache-2.0
import { KeyList } from '../components/KeyList';
import { useWords } from '../translation/useWords';

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
    <KeyList
      label={t('identify.keys.title')}
      keys={keys.map(([names, does]) => ({
        names,
        does: t(`identify.keys.${does}`),
      }))}
    />
  );
}
