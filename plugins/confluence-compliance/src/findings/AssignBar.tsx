// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { BulkBar } from '../components/BulkBar';
import { useWords } from '../translation/useWords';
import { AssignDialog } from './AssignDialog';

interface AssignBarProps {
  /** Ids; without any there is no bar. */
  selected: string[];
  onClear: () => void;
}

/** What can be done with the selected findings, at the foot of the page. */
export function AssignBar({ selected, onClear }: AssignBarProps) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <BulkBar count={selected.length} onClear={onClear}>
        <Button variant="primary" onPress={() => setOpen(true)}>
          {t('findings.assign.button')}
        </Button>
      </BulkBar>
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
