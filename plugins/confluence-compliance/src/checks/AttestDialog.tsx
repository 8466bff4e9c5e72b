// SPDX-License-Identifier: Apache-2.0
import { DatePicker, Select, TextAreaField, TextField } from '@backstage/ui';
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { getLocalTimeZone, parseDate, today } from '@internationalized/date';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { useAttest } from '../queries';
import { useWords } from '../translation/useWords';

const STANDARD_DAYS = 90;
const MOST_DAYS = 365;

interface AttestDialogProps {
  check: Check;
  onClose: () => void;
}

/** Says whether the statement of a check is true on a connection, and until when that stands. */
export function AttestDialog({ check, onClose }: AttestDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useAttest(check.id);
  const connections = (check.attested ?? []).map(own => own.connection);
  const now = today(getLocalTimeZone());
  const [connection, setConnection] = useState(connections[0] ?? '');
  const [answer, setAnswer] = useState<'yes' | 'no'>();
  const [until, setUntil] = useState(
    now.add({ days: STANDARD_DAYS }).toString(),
  );
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState('');

  return (
    <ActionDialog
      title={t('checks.attest.dialog', { title: <bdi>{check.title}</bdi> })}
      submit={t('checks.attest.submit')}
      missing={
        (connection === '' && t('checks.attest.missing.connection')) ||
        (!answer && t('checks.attest.missing.answer')) ||
        (answer === 'yes' && until === '' && t('common.missing.day'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        answer &&
        mutate(
          {
            connection,
            answer,
            ...(answer === 'yes' && { until }),
            ...(note.trim() && { note: note.trim() }),
            ...(evidence.trim() && { evidence: evidence.trim() }),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {connections.length > 1 && (
        <Select
          label={t('checks.attest.connection')}
          options={connections.map(id => ({ value: id, label: id }))}
          value={connection}
          onChange={key => setConnection(String(key))}
        />
      )}
      <Select
        label={t('checks.attest.answer')}
        options={(['yes', 'no'] as const).map(value => ({
          value,
          label: t(`checks.attest.${value}`),
        }))}
        value={answer ?? null}
        onChange={key => setAnswer(key === 'yes' ? 'yes' : 'no')}
      />
      {answer !== 'no' && (
        <DatePicker
          size="medium"
          shouldForceLeadingZeros
          label={t('checks.attest.until')}
          value={until === '' ? null : parseDate(until)}
          minValue={now}
          maxValue={now.add({ days: MOST_DAYS })}
          onChange={day => setUntil(day?.toString().slice(0, 10) ?? '')}
        />
      )}
      <TextAreaField
        label={t('checks.attest.note')}
        value={note}
        onChange={setNote}
        rows={3}
      />
      <TextField
        label={t('checks.attest.evidence')}
        value={evidence}
        onChange={setEvidence}
      />
    </ActionDialog>
  );
}
