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
  // Kept, because the list is read again before the dialog closes.
  const [assigning, setAssigning] = useState<Finding[]>();
  return (
    <>
      <AskBar {...asking}>
        {mayAssign && (
          <Button variant="primary" onPress={() => setAssigning(selected)}>
            {t('findings.assign.button')}
          </Button>
        )}
      </AskBar>
      {assigning && (
        <AssignDialog
          findings={assigning.map(({ id }) => id)}
          onAssigned={() => {
            setAssigning(undefined);
            onClear();
          }}
          onClose={() => setAssigning(undefined)}
        />
      )}
    </>
  );
}
