// SPDX-License-Identifier: Apache-2.0
import { DatePicker, TextAreaField } from '@backstage/ui';
import {
  type Finding,
  MOST_EXCEPTIONS_AT_ONCE,
  SHORTEST_EXCEPTION_REASON,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { parseDate, today } from '@internationalized/date';
import { useState } from 'react';
import { EntityPicker } from '../components/EntityPicker';
import { errorMessage } from '../components/errors';
import { formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import { useExceptions, useRequestExceptions } from '../queries';
import { isRef } from '../reviews/RefField';
import { useMe } from '../reviews/useMe';
import { useWords } from '../translation/useWords';
import { NamedFindings } from './NamedFindings';

const STANDARD_DAYS = 90;
const people = ['User'] as const;

interface RequestDialogProps {
  findings: Finding[];
  onClose: () => void;
  /** They were asked for. */
  onAsked: () => void;
}

/** Asks for an exception of one or many findings, all for the same reason. */
export function RequestDialog({
  findings,
  onClose,
  onAsked,
}: RequestDialogProps) {
  const t = useWords();
  const me = useMe();
  const { mutate, isPending, error } = useRequestExceptions();
  const rules = useExceptions({ limit: 1 });
  const maxDays = rules.data?.pages[0].maxDays;
  const [reason, setReason] = useState('');
  const [control, setControl] = useState('');
  const [approver, setApprover] = useState('');
  const [chosen, setChosen] = useState<string>();
  // A day counts whole, in UTC.
  const now = today('UTC');
  const standard = now.add({ days: Math.min(STANDARD_DAYS, maxDays ?? 1) });
  const until = chosen ?? standard.toString();
  const day = until === '' ? null : parseDate(until);
  const last = now.add({ days: maxDays ?? 1 });
  const count = findings.length;
  const isSelf =
    approver !== '' && approver.toLowerCase() === me?.toLowerCase();
  const missingDay = () => {
    if (!day) {
      return t('common.missing.day');
    }
    if (maxDays === undefined) {
      return t('exceptions.ask.missing.rules');
    }
    if (day.compare(now) < 0) {
      return t('exceptions.ask.missing.passed');
    }
    return (
      day.compare(last) > 0 &&
      t('exceptions.ask.missing.far', { n: formatNumber(maxDays) })
    );
  };

  return (
    <ActionDialog
      title={t('exceptions.ask.title', { count, n: formatNumber(count) })}
      submit={t('exceptions.ask.submit')}
      missing={
        (count > MOST_EXCEPTIONS_AT_ONCE &&
          t('common.missing.atMost', {
            n: formatNumber(MOST_EXCEPTIONS_AT_ONCE),
          })) ||
        (reason.trim().length < SHORTEST_EXCEPTION_REASON &&
          t('common.missing.reasonOf', {
            n: formatNumber(SHORTEST_EXCEPTION_REASON),
          })) ||
        (control.trim() === '' && t('exceptions.ask.missing.control')) ||
        missingDay() ||
        (approver !== '' && !isRef(approver) && t('common.missing.person')) ||
        (isSelf && t('exceptions.ask.missing.self'))
      }
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          {
            findings: findings.map(({ id }) => id),
            reason: reason.trim(),
            control: control.trim(),
            until,
            ...(approver && { approver }),
          },
          { onSuccess: onAsked },
        )
      }
      onClose={onClose}
    >
      <NamedFindings findings={findings} />
      <TextAreaField
        label={t('exceptions.ask.reason')}
        description={t('exceptions.ask.reasonHint')}
        value={reason}
        onChange={setReason}
        rows={3}
      />
      <TextAreaField
        label={t('exceptions.ask.control')}
        value={control}
        onChange={setControl}
        rows={2}
      />
      <DatePicker
        size="medium"
        shouldForceLeadingZeros
        label={t('exceptions.ask.until', { n: formatNumber(maxDays ?? 0) })}
        value={day}
        minValue={now}
        maxValue={last}
        onChange={date => setChosen(date?.toString().slice(0, 10) ?? '')}
      />
      <EntityPicker
        label={t('exceptions.ask.approver')}
        description={t('exceptions.ask.approverHint')}
        kinds={people}
        value={approver}
        onChange={setApprover}
      />
    </ActionDialog>
  );
}
