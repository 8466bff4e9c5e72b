// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button, TextAreaField } from '@backstage/ui';
import {
  policyApprovePermission,
  type Policy,
  type PolicyDifference,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import theme from '../components/theme.module.css';
import { ActionDialog } from '../connections/ActionDialog';
import { useApprovePolicy } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';

interface ApprovePolicyProps {
  policy: Policy;
  difference: PolicyDifference;
}

/** The ways to approve the version that is on screen, for those who may, and that it was done. */
export function ApprovePolicy({ policy, difference }: ApprovePolicyProps) {
  const t = useWords();
  const { allowed } = usePermission({ permission: policyApprovePermission });
  const isPast = useIsPast();
  const [asked, setAsked] = useState<'whole' | 'minor'>();
  const [done, setDone] = useState('');
  const { published, approval } = difference;
  if (!allowed || isPast) {
    return null;
  }
  const n = String(published.version);
  const isApproved = approval?.version === published.version;
  return (
    <div className={styles.actions}>
      <span role="status" className={theme.second}>
        {done}
      </span>
      {!isApproved && approval && (
        <Button variant="secondary" onPress={() => setAsked('minor')}>
          {t('policies.approve.minor')}
        </Button>
      )}
      {!isApproved && (
        <Button onPress={() => setAsked('whole')}>
          {t('policies.approve.button', { n })}
        </Button>
      )}
      {asked && (
        <ApproveDialog
          policy={policy}
          difference={difference}
          minorEdit={asked === 'minor'}
          onApproved={() => {
            setAsked(undefined);
            setDone(t(`policies.approve.done.${asked}`, { n }));
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

interface ApproveDialogProps extends ApprovePolicyProps {
  minorEdit: boolean;
  onApproved: () => void;
  onClose: () => void;
}

function ApproveDialog({
  policy,
  difference,
  minorEdit,
  onApproved,
  onClose,
}: ApproveDialogProps) {
  const t = useWords();
  const [note, setNote] = useState('');
  const { mutate, isPending, error } = useApprovePolicy(policy.id);
  const { pageId, published } = difference;
  const given = note.trim() || undefined;
  const n = String(published.version);
  return (
    <ActionDialog
      title={
        minorEdit
          ? t('policies.approve.minorTitle', { n })
          : t('policies.approve.title', {
              n,
              title: <bdi>{policy.title}</bdi>,
            })
      }
      submit={t(
        minorEdit ? 'policies.approve.minorSubmit' : 'policies.approve.submit',
      )}
      missing={minorEdit && !given && t('common.missing.reason')}
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(
          { pageId, version: published.version, minorEdit, note: given },
          { onSuccess: onApproved },
        )
      }
      onClose={onClose}
    >
      <p>
        {t(
          minorEdit ? 'policies.approve.minorMeans' : 'policies.approve.means',
        )}
      </p>
      <TextAreaField
        label={t('policies.approve.note')}
        description={t(
          minorEdit
            ? 'policies.approve.minorNoteHint'
            : 'policies.approve.noteHint',
        )}
        value={note}
        onChange={setNote}
        rows={3}
      />
    </ActionDialog>
  );
}
