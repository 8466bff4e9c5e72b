// SPDX-License-Identifier: Apache-2.0
import { Select, TextAreaField } from '@backstage/ui';
import type {
  Account,
  AccountClassInput,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityPicker } from '../components/EntityPicker';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useWords } from '../translation/useWords';

const classes = ['service', 'shared', 'guest', 'app'] as const;

interface ClassifyDialogProps {
  /** What is said holds for all of them. */
  accounts: Account[];
  isPending: boolean;
  failed?: string;
  onSave: (body: AccountClassInput) => void;
  onClose: () => void;
}

/** Says what accounts are that are no person, who answers for them and what they are for. */
export function ClassifyDialog({
  accounts,
  isPending,
  failed,
  onSave,
  onClose,
}: ClassifyDialogProps) {
  const t = useWords();
  // Nothing is guessed: what was only not looked at would be saved as said.
  const [chosen, setChosen] = useState(() =>
    classes.find(value => accounts.every(account => account.class === value)),
  );
  const [owner, setOwner] = useState('');
  const [purpose, setPurpose] = useState('');
  // A guest waits for a person until somebody answers for them.
  const unanswered = chosen === 'guest' && owner.trim() === '';
  return (
    <ActionDialog
      title={
        accounts.length === 1
          ? t('identify.classify.title', {
              name: <bdi>{accounts[0].name ?? accounts[0].accountId}</bdi>,
            })
          : t('identify.classify.titleMany', {
              n: formatNumber(accounts.length),
            })
      }
      submit={t('identify.classify.submit')}
      missing={
        (!chosen && t('identify.classify.missing')) ||
        (unanswered && t('common.missing.owner'))
      }
      isPending={isPending}
      failed={failed && t('common.error.action', { message: failed })}
      onSubmit={() =>
        chosen &&
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
        value={chosen ?? null}
        onChange={key => setChosen(classes.find(value => value === key))}
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
