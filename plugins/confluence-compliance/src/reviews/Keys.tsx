// SPDX-License-Identifier: Apache-2.0
import { KeyList } from '../components/KeyList';
import { useWords } from '../translation/useWords';

const keys = [
  [['K'], 'keep'],
  [['R'], 'revoke'],
  [['D'], 'defer'],
  [['U'], 'undo'],
  [['A'], 'reassign'],
  [['↑', '↓'], 'move'],
  [['J'], 'next'],
  [['Enter'], 'open'],
  [['Space'], 'select'],
  [['Shift', 'K'], 'keepAll'],
  [['?'], 'help'],
] as const;

/** The keys that act on rows; those that one cannot use are left out. */
export function Keys({ mayReassign }: { mayReassign: boolean }) {
  const t = useWords();
  return (
    <KeyList
      label={t('common.keys.title')}
      keys={keys
        .filter(([, does]) => does !== 'reassign' || mayReassign)
        .map(([names, does]) => ({ names, does: t(`reviews.keys.${does}`) }))}
    />
  );
}
