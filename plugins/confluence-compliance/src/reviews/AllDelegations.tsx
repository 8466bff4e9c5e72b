// SPDX-License-Identifier: Apache-2.0
import type { Delegation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { More } from '../details/More';
import { useAllDelegations } from '../queries';
import { useWords } from '../translation/useWords';
import { DelegationLine } from './DelegationLine';
import { EndDelegation } from './EndDelegation';
import { nameOf } from './RefField';
import styles from './reviews.module.css';

/** Who decides for whom now or later, and a way to end that, for whoever manages reviews. */
export function AllDelegations() {
  const t = useWords();
  const query = useAllDelegations();
  const { data, error, refetch, isPending } = query;
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      flush
      title={t('reviews.delegation.all.title')}
      sub={t('reviews.delegation.all.sub')}
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && all.length === 0 && (
        <p className={styles.note}>{t('reviews.delegation.all.none')}</p>
      )}
      {all.length > 0 && (
        <ul className={styles.own}>
          {all.map(one => (
            <Line key={one.id} delegation={one} />
          ))}
        </ul>
      )}
      <More list={query} shown={all.length} />
    </Panel>
  );
}

function Line({ delegation }: { delegation: Delegation }) {
  const t = useWords();
  const { id, from, to } = delegation;
  return (
    <DelegationLine
      delegation={delegation}
      sentence={t('reviews.delegation.all.one', {
        to: (
          <strong>
            <EntityLink entityRef={to} />
          </strong>
        ),
        from: (
          <strong>
            <EntityLink entityRef={from} />
          </strong>
        ),
      })}
      end={
        <EndDelegation
          id={id}
          whose="any"
          label={t('reviews.delegation.all.endOf', {
            to: nameOf(to),
            from: nameOf(from),
          })}
        >
          {t('reviews.delegation.all.endText', {
            to: <EntityLink entityRef={to} />,
            from: <EntityLink entityRef={from} />,
          })}
        </EndDelegation>
      }
    />
  );
}
