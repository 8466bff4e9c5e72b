// SPDX-License-Identifier: Apache-2.0
import { Button, Link } from '@backstage/ui';
import type { OwnAcknowledgement } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FailedBanner } from '../components/Banner';
import { errorMessage } from '../components/errors';
import { formatDate } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { useAcknowledgePolicy } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import styles from './policies.module.css';

interface AcknowledgeProps {
  own: OwnAcknowledgement;
  /** Default: what the policy is called. */
  title?: string;
}

/** One policy that concerns whoever looks: read it, then say so. */
export function Acknowledge({ own, title = own.title }: AcknowledgeProps) {
  const t = useWords();
  const isPast = useIsPast();
  const { mutate, isPending, error } = useAcknowledgePolicy(own.policy);
  const { target, acknowledgement, newer, url } = own;
  const { pageId, version } = target;
  return (
    <Panel title={title}>
      <p>
        {acknowledgement
          ? t('policies.acknowledge.done', {
              n: String(acknowledgement.version),
              date: formatDate(new Date(acknowledgement.at)),
            })
          : t('policies.acknowledge.open', { n: String(version) })}
      </p>
      {!acknowledgement && newer !== undefined && (
        <p className={theme.second}>
          {t('policies.acknowledge.newer', { n: String(newer) })}
        </p>
      )}
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      <div className={styles.actions}>
        {!acknowledgement && !isPast && (
          <Button
            isDisabled={isPending || newer !== undefined}
            onPress={() => mutate({ pageId, version })}
          >
            {t('policies.acknowledge.button', { n: String(version) })}
          </Button>
        )}
        {url && (
          <Link href={url} target="_blank" rel="noopener noreferrer">
            {t('policies.acknowledge.read')}
          </Link>
        )}
      </div>
    </Panel>
  );
}
