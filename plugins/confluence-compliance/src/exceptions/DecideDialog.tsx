// SPDX-License-Identifier: Apache-2.0
import { TextAreaField } from '@backstage/ui';
import type { Exception } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { findingName } from '../components/findingName';
import { formatDate, formatNumber } from '../components/format';
import { ActionDialog } from '../connections/ActionDialog';
import {
  type ExceptionAct,
  type RefusedException,
  useDecideExceptions,
} from '../queries';
import { useWords } from '../translation/useWords';
import { lastOf } from './ExceptionTag';
import styles from './exceptions.module.css';
import { NamedFindings } from './NamedFindings';

interface DecideDialogProps {
  exceptions: Exception[];
  act: ExceptionAct;
  /** All of them are decided: how many were left. */
  onDone: (count: number) => void;
  onClose: () => void;
}

/** Saying no to what somebody else asked for, or is used to, needs a reason. */
const needsReason = (act: ExceptionAct) => act === 'reject' || act === 'end';

/**
 * Approves, rejects, withdraws or ends exceptions. Each is decided by itself: where one is refused the
 * others are decided all the same, and the dialog says why it was not.
 */
export function DecideDialog({
  exceptions,
  act,
  onDone,
  onClose,
}: DecideDialogProps) {
  const t = useWords();
  const { mutate, isPending, data } = useDecideExceptions();
  const [note, setNote] = useState('');
  // The dialog is still there for a moment after nothing was refused.
  const refused = data?.refused.length ? data.refused : undefined;
  // What is decided is not decided again.
  const left = refused?.map(({ exception }) => exception) ?? exceptions;
  const count = left.length;
  const n = formatNumber(count);
  const given = note.trim();
  const [only] = exceptions;
  const isOne = exceptions.length === 1;
  const decide = () =>
    mutate(
      { exceptions: left, act, note: given },
      {
        onSuccess: outcome => {
          if (outcome.refused.length === 0) {
            onDone(count);
            onClose();
          }
        },
      },
    );
  return (
    <ActionDialog
      title={
        isOne
          ? t(`exceptions.dialog.${act}`, {
              title: <bdi>{findingName(only)}</bdi>,
            })
          : t(`exceptions.dialog.${act}Many`, { count, n })
      }
      submit={t(`exceptions.act.${act}`)}
      destructive={act !== 'approve'}
      missing={needsReason(act) && given === '' && t('common.missing.reason')}
      isPending={isPending}
      failed={refused && <Refused exceptions={exceptions} refused={refused} />}
      onSubmit={decide}
      onClose={onClose}
    >
      {!refused && <NamedFindings findings={left} />}
      <p>
        {act === 'approve'
          ? t('exceptions.dialog.approveText', {
              date: isOne
                ? formatDate(lastOf(only.until), new Date())
                : t('exceptions.dialog.itsDate'),
            })
          : t(`exceptions.dialog.${act}Text`)}
      </p>
      <TextAreaField
        label={t(
          needsReason(act)
            ? 'exceptions.dialog.note'
            : 'exceptions.dialog.noteOptional',
        )}
        value={note}
        onChange={setNote}
        rows={3}
      />
    </ActionDialog>
  );
}

interface RefusedProps {
  exceptions: Exception[];
  refused: RefusedException[];
}

/** Which were not decided, each with the reason. */
function Refused({ exceptions, refused }: RefusedProps) {
  const t = useWords();
  if (exceptions.length === 1) {
    return (
      <>
        {t('common.error.action', { message: errorMessage(refused[0].error) })}
      </>
    );
  }
  const done = exceptions.length - refused.length;
  return (
    <>
      {t('exceptions.dialog.refused', {
        done: formatNumber(done),
        n: formatNumber(refused.length),
      })}
      <ul className={styles.named}>
        {refused.map(({ exception, error }) => (
          <li key={exception.id}>
            <bdi>{findingName(exception)}</bdi>: {errorMessage(error)}
          </li>
        ))}
      </ul>
    </>
  );
}
