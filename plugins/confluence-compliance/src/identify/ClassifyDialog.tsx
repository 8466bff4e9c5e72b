// SPDX-License-Identifier: Apache-2.0
import { Select, TextAreaField } from '@backstage/ui';
import type {
  Account,
  AccountClassInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityPicker } from '../components/EntityPicker';
import { ActionDialog } from '../connections/ActionDialog';
import { useWords } from '../translation/useWords';

const classes = ['service', 'shared', 'guest', 'app'] as const;

interface ClassifyDialogProps {
  account: Account;
  isPending: boolean;
  failed?: string;
  onSave: (body: AccountClassInput) => void;
  onClose: () => void;
}

/** Says what an account is that is no person, who answers for it and what it is for. */
export function ClassifyDialog({
  account,
  isPending,
  failed,
  onSave,
  onClose,
}: ClassifyDialogProps) {
  const t = useWords();
  const [chosen, setChosen] = useState<(typeof classes)[number]>('service');
  const [owner, setOwner] = useState('');
  const [purpose, setPurpose] = useState('');
  return (
    <ActionDialog
      title={t('identify.classify.title', {
        name: <bdi>{account.name ?? account.accountId}</bdi>,
      })}
      submit={t('identify.classify.submit')}
      isPending={isPending}
      failed={failed && t('common.error.action', { message: failed })}
      onSubmit={() =>
        onSave({
          class: chosen,
          ...(owner && { owner }),
          ...(purpose.trim() && { purpose: purpose.trim() }),
        })
      }
      onClose={onClose}
    >
      <Select
        label={t('identify.classify.class')}
        options={classes.map(value => ({
          value,
          label: t(`identify.done.${value}`),
        }))}
        value={chosen}
        onChange={key =>
          setChosen(classes.find(value => value === key) ?? 'service')
        }
      />
      <EntityPicker
        label={t('identify.classify.owner')}
        description={t('identify.classify.ownerHint')}
        value={owner}
        onChange={setOwner}
      />
      <TextAreaField
        label={t('identify.classify.purpose')}
        description={t('identify.classify.purposeHint')}
        value={purpose}
        onChange={setPurpose}
        rows={2}
      />
    </ActionDialog>
  );
}
