// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { useState } from 'react';
import { BulkBar } from '../components/BulkBar';
import { useWords } from '../translation/useWords';
import { RequestDialog } from './RequestDialog';
import type { Asking } from './useAsking';

/** Asks for an exception of every finding that is selected. */
export function AskBar({ asking }: { asking: Asking }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <span role="status" style={{ paddingInline: 20 }}>
        {isAsked && t('exceptions.ask.asked')}
      </span>
      <BulkBar count={asking.selected.length} onClear={asking.clear}>
        <Button variant="primary" onPress={() => setOpen(true)}>
          {t('exceptions.ask.button')}
        </Button>
      </BulkBar>
      {isOpen && (
        <RequestDialog
          findings={asking.selected}
          onClose={() => setOpen(false)}
          onAsked={() => {
            setOpen(false);
            setAsked(true);
            asking.clear();
          }}
        />
      )}
    </>
  );
}
