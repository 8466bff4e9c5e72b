// SPDX-License-Identifier: Apache-2.0
import { Box, Button } from '@backstage/ui';
import { useState } from 'react';
import { formatNumber } from '../components/format';
import { useWords } from '../translation/useWords';
import { AssignDialog } from './AssignDialog';
import styles from './findings.module.css';

interface AssignBarProps {
  /** Ids; without any there is no bar. */
  selected: string[];
  onClear: () => void;
}

/** What can be done with the selected findings, at the foot of the page. */
export function AssignBar({ selected, onClear }: AssignBarProps) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  if (selected.length === 0) {
    return null;
  }
  return (
    <>
      <div className={styles.room} />
      <Box
        bg="neutral"
        role="toolbar"
        aria-label={t('findings.select.label')}
        className={styles.bar}
      >
        <span role="status">
          {t('findings.select.count', {
            count: selected.length,
            n: formatNumber(selected.length),
          })}
        </span>
        <Button variant="primary" onPress={() => setOpen(true)}>
          {t('findings.assign.button')}
        </Button>
        <Button variant="tertiary" onPress={onClear}>
          {t('findings.select.clear')}
        </Button>
      </Box>
      {isOpen && (
        <AssignDialog
          findings={selected}
          onAssigned={() => {
            setOpen(false);
            onClear();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
