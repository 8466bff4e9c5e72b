// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  checkAttestPermission,
  type Check,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { AttestDialog } from './AttestDialog';

/** Attests a check that only somebody can judge; not there for whoever may not. */
export function AttestButton({ check }: { check: Check }) {
  const t = useWords();
  const isPast = useIsPast();
  const { allowed } = usePermission({ permission: checkAttestPermission });
  const [asked, setAsked] = useState(false);
  if (!allowed || isPast || !check.attested?.length) {
    return null;
  }
  return (
    <>
      <Button
        size="small"
        variant="secondary"
        aria-label={`${t('checks.attest.button')}, ${check.title}`}
        onPress={() => setAsked(true)}
      >
        {t('checks.attest.button')}
      </Button>
      {asked && <AttestDialog check={check} onClose={() => setAsked(false)} />}
    </>
  );
}
