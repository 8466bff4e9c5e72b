// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { RemediatedItem } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { BulkBar } from '../components/BulkBar';
import { useWords } from '../translation/useWords';
import { AssignDialog } from './AssignDialog';
import { RemoveDialog } from './RemoveDialog';

interface RemovalActionsProps {
  reviewId: string;
  /** Those that are selected; without any there is no bar. */
  removals: RemediatedItem[];
  mayAssign: boolean;
  /** Removing through the API is switched on, and whoever looks may. */
  mayRemove: boolean;
  onClear: () => void;
}

/** What can be done with all selected removals: say who makes them, or send them to Confluence. */
export function RemovalActions({
  reviewId,
  removals,
  mayAssign,
  mayRemove,
  onClear,
}: RemovalActionsProps) {
  const t = useWords();
  const [isAssigning, setAssigning] = useState(false);
  // What was asked about stays the same, whatever is read meanwhile.
  const [removing, setRemoving] = useState<RemediatedItem[]>();
  return (
    <>
      <BulkBar count={removals.length} onClear={onClear}>
        {mayAssign && (
          <Button variant="primary" onPress={() => setAssigning(true)}>
            {t('reviews.remediation.assign.button')}
          </Button>
        )}
        {mayRemove && (
          <Button variant="secondary" onPress={() => setRemoving(removals)}>
            {t('reviews.remediation.execute.button')}
          </Button>
        )}
      </BulkBar>
      {isAssigning && (
        <AssignDialog
          reviewId={reviewId}
          items={removals.map(({ item }) => item.id)}
          onDone={() => {
            setAssigning(false);
            onClear();
          }}
          onClose={() => setAssigning(false)}
        />
      )}
      {removing && (
        <RemoveDialog
          reviewId={reviewId}
          removals={removing}
          onDone={onClear}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}
