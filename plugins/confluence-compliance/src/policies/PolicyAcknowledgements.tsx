// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  type AcknowledgementProgress,
  policyApprovePermission,
  type PolicyDetail,
  policyReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { FailedBanner } from '../components/Banner';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import { useAcknowledgements, useRemindOfPolicy } from '../queries';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { Acknowledged } from './Acknowledged';
import styles from './policies.module.css';

/** How many have acknowledged a policy, in all and by group, and who has not. */
export function PolicyAcknowledgements({ policy }: { policy: PolicyDetail }) {
  const t = useWords();
  const { allowed } = usePermission({ permission: policyReadPermission });
  const shown = allowed && policy.acknowledged !== undefined;
  const list = useAcknowledgements(policy.id, shown);
  const { data, error, refetch } = list;
  if (!shown) {
    return null;
  }
  const [first] = data?.pages ?? [];
  const missing = data?.pages.flatMap(page => page.missing) ?? [];
  return (
    <Panel title={t('policies.acknowledged.title')}>
      {error && <PanelError error={error} onRetry={refetch} stale={!!first} />}
      {!error && !first && <Loading rows={3} />}
      {first && (
        <>
          <p className={styles.version}>
            <Acknowledged of={first} />
          </p>
          {!first.target && (
            <p className={theme.second}>
              {t('policies.acknowledged.notApproved')}
            </p>
          )}
          <ul className={styles.checks}>
            {first.groups.map(one => (
              <li key={one.group}>
                <EntityLink entityRef={one.group} />
                {one.unknown ? (
                  <UnknownValue
                    reason={t(`policies.acknowledged.why.${one.unknown}`)}
                  />
                ) : (
                  <Acknowledged of={one} />
                )}
              </li>
            ))}
          </ul>
          {first.target && missing.length > 0 && (
            <>
              <h3 className={styles.missing}>
                {t('policies.acknowledged.missing')}
              </h3>
              <ul className={styles.people}>
                {missing.map(ref => (
                  <li key={ref}>
                    <EntityLink entityRef={ref} />
                  </li>
                ))}
              </ul>
              {list.hasNextPage && (
                <Button
                  variant="tertiary"
                  isPending={list.isFetchingNextPage}
                  onPress={() => list.fetchNextPage()}
                >
                  {t('common.more')}
                </Button>
              )}
              <Remind id={policy.id} progress={first} />
            </>
          )}
        </>
      )}
    </Panel>
  );
}

function Remind({
  id,
  progress: { people, acknowledged, remindedOn },
}: {
  id: string;
  progress: AcknowledgementProgress;
}) {
  const t = useWords();
  const { allowed } = usePermission({ permission: policyApprovePermission });
  const isPast = useIsPast();
  const { mutate, isPending, error, data } = useRemindOfPolicy(id);
  if (!allowed || isPast) {
    return null;
  }
  const count = people - acknowledged;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      {error && (
        <FailedBanner>
          {t('common.error.action', { message: errorMessage(error) })}
        </FailedBanner>
      )}
      <Button
        variant="secondary"
        isDisabled={isPending || remindedOn === today}
        onPress={() => mutate()}
      >
        {t('policies.acknowledged.remind', { n: formatNumber(count) })}
      </Button>
      {data && (
        <p role="status" className={theme.second}>
          {t('policies.acknowledged.reminded', {
            n: formatNumber(data.people),
            total: formatNumber(count),
          })}
        </p>
      )}
      {!data && remindedOn === today && (
        <p className={theme.second}>{t('policies.acknowledged.today')}</p>
      )}
    </>
  );
}
