// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { MOST_ASSIGNED_AT_ONCE } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { EntityPicker } from '../components/EntityPicker';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { ActionDialog } from '../connections/ActionDialog';
import { useAssignFindings } from '../queries';
import { useWords } from '../translation/useWords';

const targets = ['me', 'other', 'nobody'] as const;

interface AssignDialogProps {
  /** Ids. */
  findings: string[];
  onAssigned: () => void;
  onClose: () => void;
}

/** Gives findings to somebody. */
export function AssignDialog({
  findings,
  onAssigned,
  onClose,
}: AssignDialogProps) {
  const t = useWords();
  const [to, setTo] = useState<(typeof targets)[number]>('me');
  const [ref, setRef] = useState('');
  const { mutate, isPending, error } = useAssignFindings();
  const count = findings.length;
  const owners = { me: 'me', other: ref, nobody: null };
  return (
    <ActionDialog
      title={t('findings.assign.title', {
        count,
        n: formatNumber(count),
      })}
      submit={t('findings.assign.button')}
      missing={
        (count > MOST_ASSIGNED_AT_ONCE &&
          t('common.missing.atMost', {
            n: formatNumber(MOST_ASSIGNED_AT_ONCE),
          })) ||
        (owners[to] === '' && t('common.missing.owner'))
      }
      isPending={isPending}
      failed={
        error && t('findings.assign.failed', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate({ findings, owner: owners[to] }, { onSuccess: onAssigned })
      }
      onClose={onClose}
    >
      <Select
        label={t('findings.assign.to')}
        options={targets.map(value => ({
          value,
          label: t(`findings.assign.${value}`),
        }))}
        value={to}
        onChange={key =>
          setTo(targets.find(value => value === String(key)) ?? 'me')
        }
      />
      {to === 'other' && (
        <EntityPicker
          label={t('findings.assign.ref')}
          value={ref}
          onChange={setRef}
        />
      )}
      <span className={theme.second}>{t('findings.assign.told')}</span>
    </ActionDialog>
  );
}
