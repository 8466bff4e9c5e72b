// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type CriticalSystem,
  criticalSystemManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { errorMessage } from '../components/errors';
import { ActionDialog } from '../connections/ActionDialog';
import { type Place, useMarkCriticalSystem } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './critical.module.css';
import { MarkDialog } from './MarkDialog';

/** Whether whoever looks may mark critical systems, on a page that shows now. */
export function useMayMark(): boolean {
  const { allowed } = usePermission({
    permission: criticalSystemManagePermission,
  });
  return !useIsPast() && allowed;
}

/** The place of a system, as it is marked. */
export function placeOf({
  connection,
  key,
}: CriticalSystem['resource']): Place {
  return { connection, ...(key !== undefined && { space: key }) };
}

interface MarkActionsProps {
  place: Place;
  title: string;
  /** How it is a critical system; absent where it is none. */
  system?: CriticalSystem;
}

/** What somebody who may can do: mark, change, take the mark away. */
export function MarkActions({ place, title, system }: MarkActionsProps) {
  const t = useWords();
  const mayMark = useMayMark();
  const [asked, setAsked] = useState<'mark' | 'unmark'>();
  if (!mayMark || system?.origin === 'config') {
    return null;
  }
  const close = () => setAsked(undefined);
  return (
    <div className={styles.actions}>
      <Button
        variant="secondary"
        size="small"
        aria-label={system && t('critical.change.named', { title })}
        onPress={() => setAsked('mark')}
      >
        {t(system ? 'critical.change.button' : 'critical.mark.button')}
      </Button>
      {system?.origin === 'portal' && (
        <Button
          variant="tertiary"
          size="small"
          onPress={() => setAsked('unmark')}
        >
          {t('critical.unmark.button')}
        </Button>
      )}
      {asked === 'mark' && (
        <MarkDialog
          place={place}
          title={title}
          system={system}
          onClose={close}
        />
      )}
      {asked === 'unmark' && (
        <UnmarkDialog place={place} title={title} onClose={close} />
      )}
    </div>
  );
}

interface UnmarkDialogProps {
  place: Place;
  title: string;
  onClose: () => void;
}

function UnmarkDialog({ place, title, onClose }: UnmarkDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useMarkCriticalSystem(place);
  return (
    <ActionDialog
      title={t('critical.unmark.title', { title: <bdi>{title}</bdi> })}
      submit={t('critical.unmark.submit')}
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t(
          place.space === undefined
            ? 'critical.unmark.site'
            : 'critical.unmark.space',
        )}
      </p>
    </ActionDialog>
  );
}
