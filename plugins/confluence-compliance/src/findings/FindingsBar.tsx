// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { AskBar } from '../exceptions/AskBar';
import { useWords } from '../translation/useWords';
import { AssignDialog } from './AssignDialog';

interface FindingsBarProps {
  /** Without any there is no bar. */
  selected: Finding[];
  mayAssign: boolean;
  mayAsk: boolean;
  onClear: () => void;
}

/** What can be done with the selected findings, at the foot of the page. */
export function FindingsBar({ mayAssign, ...asking }: FindingsBarProps) {
  const t = useWords();
  const { selected, onClear } = asking;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <AskBar {...asking}>
        {mayAssign && (
          <Button variant="primary" onPress={() => setOpen(true)}>
            {t('findings.assign.button')}
          </Button>
        )}
      </AskBar>
      {isOpen && (
        <AssignDialog
          findings={selected.map(({ id }) => id)}
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
