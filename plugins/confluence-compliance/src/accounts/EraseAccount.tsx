// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, TextAreaField } from '@backstage/ui';
import {
  peopleManagePermission,
  type Account,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useEraseAccount } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';

interface EraseAccountProps {
  account: Account;
}

/** The way to erase what names a person, once, for those who may, and not in the past. */
export function EraseAccount({ account }: EraseAccountProps) {
  const t = useWords();
  const { allowed } = usePermission({ permission: peopleManagePermission });
  const isPast = useIsPast();
  const [open, setOpen] = useState(false);
  const isErased = account.emailReason?.code === 'erased';
  if (!allowed || isPast) {
    return null;
  }
  return (
    <>
      {!isErased && (
        <Button variant="secondary" onPress={() => setOpen(true)}>
          {t('accounts.erase.button')}
        </Button>
      )}
      {open && <EraseDialog account={account} onClose={() => setOpen(false)} />}
    </>
  );
}

interface EraseDialogProps extends EraseAccountProps {
  onClose: () => void;
}

function EraseDialog({ account, onClose }: EraseDialogProps) {
  const t = useWords();
  const { connection, accountId } = account;
  const [reason, setReason] = useState('');
  const { mutate, isPending, error } = useEraseAccount();
  const given = reason.trim();
  return (
    <ActionDialog
      title={t('accounts.erase.title', {
        name: <bdi>{account.name ?? accountId}</bdi>,
      })}
      submit={t('accounts.erase.submit')}
      destructive
      missing={given === '' && t('common.missing.reason')}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate({ connection, accountId, reason: given }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p>{t('accounts.erase.goes')}</p>
      <p>{t('accounts.erase.stays')}</p>
      <p>
        <strong>{t('accounts.erase.final')}</strong>{' '}
        {t('accounts.erase.elsewhere')}
      </p>
      <TextAreaField
        label={t('accounts.erase.reason')}
        description={t('accounts.erase.reasonHint')}
        value={reason}
        onChange={setReason}
        rows={3}
      />
    </ActionDialog>
  );
}
