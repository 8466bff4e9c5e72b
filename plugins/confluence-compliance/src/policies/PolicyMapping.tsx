// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type PolicyDetail,
  policyManagePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useDurationWords } from '../components/words';
import { ActionDialog } from '../connections/ActionDialog';
import { useMapPolicy } from '../queries';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { ChoosePageDialog } from './ChoosePageDialog';
import styles from './mapping.module.css';

/** Whether whoever looks may choose pages, on a page that shows now. */
export function useMayMap(): boolean {
  const { allowed } = usePermission({ permission: policyManagePermission });
  return !useIsPast() && allowed;
}

/** How the page of a policy is found, how often it is reviewed, whom it concerns, who said so, and changing it. */
export function PolicyMapping({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const mayMap = useMayMap();
  const [asked, setAsked] = useState<'change' | 'off'>();
  const durationWords = useDurationWords();
  const { origin, mapping, rule, acknowledgedBy = [], reviewEvery } = policy;
  const fromPortal = origin === 'portal';
  const close = () => setAsked(undefined);
  return (
    <Panel title={t('policies.mapping.panel')}>
      <p className={styles.rule} dir="auto">
        {rule}
      </p>
      <p className={theme.second}>
        {t(
          mapping && !fromPortal
            ? 'policies.mapping.origin.both'
            : `policies.mapping.origin.${origin}`,
        )}
      </p>
      {reviewEvery && (
        <p className={theme.second}>
          {t('policies.mapping.reviewed', {
            every: durationWords(reviewEvery),
          })}
        </p>
      )}
      <p className={theme.second}>
        {t(
          acknowledgedBy.length > 0
            ? 'policies.mapping.concerns.groups'
            : 'policies.mapping.concerns.nobody',
        )}
      </p>
      {acknowledgedBy.length > 0 && (
        <ul className={styles.groups}>
          {acknowledgedBy.map(ref => (
            <li key={ref}>
              <EntityLink entityRef={ref} />
            </li>
          ))}
        </ul>
      )}
      {mayMap && mapping && (
        <div className={styles.actions}>
          {fromPortal && (
            <Button
              variant="secondary"
              size="small"
              onPress={() => setAsked('change')}
            >
              {t('policies.mapping.change')}
            </Button>
          )}
          <Button
            variant="tertiary"
            size="small"
            onPress={() => setAsked('off')}
          >
            {t('policies.mapping.off.button')}
          </Button>
        </div>
      )}
      {asked === 'change' && (
        <ChoosePageDialog policy={policy} mapping={mapping} onClose={close} />
      )}
      {asked === 'off' && <TakeOffDialog policy={policy} onClose={close} />}
    </Panel>
  );
}

interface TakeOffDialogProps {
  policy: PolicyDetail;
  onClose: () => void;
}

function TakeOffDialog({ policy, onClose }: TakeOffDialogProps) {
  const t = useWords();
  const navigate = useNavigate();
  const list = useLinks().policies();
  const { mutate, isPending, error } = useMapPolicy(policy.id);
  const fromPortal = policy.origin === 'portal';
  return (
    <ActionDialog
      title={t('policies.mapping.off.title', {
        title: <bdi>{policy.title}</bdi>,
      })}
      submit={t('policies.mapping.off.button')}
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() =>
        mutate(undefined, {
          onSuccess: () => {
            onClose();
            // It is no policy any more.
            if (fromPortal && list) {
              navigate(list);
            }
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {t(
          fromPortal
            ? 'policies.mapping.off.means'
            : 'policies.mapping.off.outweighed',
        )}
      </p>
    </ActionDialog>
  );
}
