// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Delegation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiUserSharedLine } from '@remixicon/react';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { More } from '../details/More';
import { useDelegations } from '../queries';
import { useWords } from '../translation/useWords';
import { DelegateDialog } from './DelegateDialog';
import { DelegationLine, isOver } from './DelegationLine';
import { EndDelegation } from './EndDelegation';
import { nameOf } from './RefField';
import styles from './reviews.module.css';
import { useMe } from './useMe';

/** Who decides for whoever looks, for whom they decide, and a way to let somebody. */
export function Delegations() {
  const t = useWords();
  const query = useDelegations();
  const { data, error, refetch, isPending } = query;
  const [isAsking, setAsking] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const over = all.filter(isOver);
  const shown = isWhole ? all : all.filter(one => !isOver(one));
  return (
    <Panel
      flush
      title={t('reviews.delegation.title')}
      sub={shown.length > 0 && t('reviews.delegation.sub')}
      actions={
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiUserSharedLine />}
          onPress={() => setAsking(true)}
        >
          {t('reviews.delegation.button')}
        </Button>
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && shown.length === 0 && !query.hasNextPage && (
        <p className={styles.note}>{t('reviews.delegation.none')}</p>
      )}
      {shown.length > 0 && (
        <ul className={styles.own}>
          {shown.map(one => (
            <Line key={one.id} delegation={one} />
          ))}
        </ul>
      )}
      {!isWhole && over.length > 0 && (
        <p className={styles.note}>
          <Button
            variant="tertiary"
            size="small"
            onPress={() => setWhole(true)}
          >
            {t('reviews.delegation.showOver', { n: formatNumber(over.length) })}
          </Button>
        </p>
      )}
      <More list={query} shown={all.length} />
      {isAsking && <DelegateDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Line({ delegation }: { delegation: Delegation }) {
  const t = useWords();
  const me = useMe();
  const { id, from, to } = delegation;
  const isGiven = from === me;
  if (!me) {
    return null;
  }
  return (
    <DelegationLine
      delegation={delegation}
      sentence={t(`reviews.delegation.${isGiven ? 'given' : 'received'}`, {
        who: (
          <strong>
            <EntityLink entityRef={isGiven ? to : from} />
          </strong>
        ),
      })}
      end={
        isGiven &&
        !isOver(delegation) && (
          <EndDelegation
            id={id}
            whose="own"
            label={t('reviews.delegation.endOf', { who: nameOf(to) })}
          >
            {t('reviews.delegation.endText', {
              who: <EntityLink entityRef={to} />,
            })}
          </EndDelegation>
        )
      }
    />
  );
}
