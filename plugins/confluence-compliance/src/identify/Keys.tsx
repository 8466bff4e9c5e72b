// SPDX-License-Identifier: Apache-2.0
import { KeyList } from '../components/KeyList';
import { useWords } from '../translation/useWords';

const keys = [
  [['↑', '↓', 'J', 'K'], 'move'],
  [['1–5'], 'choose'],
  [['Y', 'Enter'], 'confirm'],
  [['N'], 'skip'],
  [['S', 'C'], 'classify'],
  [['P'], 'pick'],
  [['B'], 'nobody'],
  [['U'], 'undo'],
  [['E'], 'exact'],
  [['Space', 'X'], 'select'],
  [['Shift', '↑', '↓'], 'extend'],
  [['A'], 'all'],
  [['Esc'], 'clear'],
  [['?'], 'help'],
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
