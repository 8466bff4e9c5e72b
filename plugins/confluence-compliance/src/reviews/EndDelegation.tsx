// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { type ReactNode, useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useEndDelegation } from '../queries';
import { useWords } from '../translation/useWords';

interface EndDelegationProps {
  id: string;
  /** Whose it is: that of whoever looks, or of anybody. */
  whose: 'own' | 'any';
  /** What the button is called, with whose delegation it ends. */
  label: string;
  /** What comes of it. */
  children: ReactNode;
}

/** Ends a delegation before its time, once that was confirmed. */
export function EndDelegation({
  id,
  whose,
  label,
  children,
}: EndDelegationProps) {
  const t = useWords();
  const { mutate, isPending, error } = useEndDelegation(whose);
  const [isEnding, setEnding] = useState(false);
  const close = () => setEnding(false);
  return (
    <>
      <Button
        variant="secondary"
        size="small"
        aria-label={label}
        onPress={() => setEnding(true)}
      >
        {t('reviews.delegation.end')}
      </Button>
      {isEnding && (
        <ActionDialog
          title={t('reviews.delegation.endTitle')}
          submit={t('reviews.delegation.end')}
          destructive
          isPending={isPending}
          failed={
            error && t('common.error.action', { message: errorMessage(error) })
          }
          onSubmit={() => mutate(id, { onSuccess: close })}
          onClose={close}
        >
          <p>{children}</p>
        </ActionDialog>
      )}
    </>
  );
}
