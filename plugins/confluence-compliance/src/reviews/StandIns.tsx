// SPDX-License-Identifier: Apache-2.0
import type { Delegation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { formatDate } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { More } from '../details/More';
import { useAllDelegations } from '../queries';
import { useWords } from '../translation/useWords';
import { EndDelegation } from './EndDelegation';
import { nameOf } from './RefField';
import styles from './reviews.module.css';

/** Who decides for whom now or later, and a way to end that, for whoever manages reviews. */
export function StandIns() {
  const t = useWords();
  const query = useAllDelegations();
  const { data, error, refetch, isPending } = query;
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      flush
      title={t('reviews.standIns.title')}
      sub={t('reviews.standIns.sub')}
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={2} />}
      {data && all.length === 0 && (
        <p className={styles.note}>{t('reviews.standIns.none')}</p>
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
  const { id, from, to, startsAt, endsAt, reason, active } = delegation;
  const state = active ? 'active' : 'planned';
  return (
    <li>
      <div className={styles.ownWords}>
        <span>
          {t('reviews.standIns.one', {
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
        </span>
        {reason && (
          <span className={`${theme.second} ${styles.words}`} dir="auto">
            {reason}
          </span>
        )}
      </div>
      <span className={theme.number}>
        {t('reviews.delegation.period', {
          from: formatDate(new Date(startsAt)),
          until: formatDate(new Date(endsAt)),
        })}
      </span>
      <StateTag
        tone={active ? 'pass' : 'busy'}
        label={t(`reviews.delegation.state.${state}`)}
      />
      <EndDelegation
        id={id}
        whose="any"
        label={t('reviews.standIns.endOf', {
          to: nameOf(to),
          from: nameOf(from),
        })}
      >
        {t('reviews.standIns.endText', {
          to: <EntityLink entityRef={to} />,
          from: <EntityLink entityRef={from} />,
        })}
      </EndDelegation>
    </li>
  );
}
