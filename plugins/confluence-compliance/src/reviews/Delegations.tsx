// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type { Delegation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiUserSharedLine } from '@remixicon/react';
import { useState } from 'react';
import { EntityLink } from '../components/EntityLink';
import { errorMessage } from '../components/errors';
import { PanelError } from '../components/ErrorState';
import { formatDate, formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { StateTag } from '../components/StateTag';
import theme from '../components/theme.module.css';
import { ActionDialog } from '../connections/ActionDialog';
import { useDelegations, useEndDelegation } from '../queries';
import { useWords } from '../translation/useWords';
import { DelegateDialog } from './DelegateDialog';
import styles from './reviews.module.css';
import { useMe } from './useMe';

const tones = {
  active: 'pass',
  planned: 'busy',
  over: 'none',
  ended: 'none',
} as const;

function stateOf({ active, endedAt, endsAt }: Delegation) {
  if (active) {
    return 'active';
  }
  if (endedAt) {
    return 'ended';
  }
  return Date.parse(endsAt) > Date.now() ? 'planned' : 'over';
}

const isOver = (one: Delegation) => ['over', 'ended'].includes(stateOf(one));

/** The name in a reference, where no link can stand. */
const nameOf = (ref: string) => ref.split('/').at(-1) ?? ref;

/** Who decides for whoever looks, for whom they decide, and a way to let somebody. */
export function Delegations() {
  const t = useWords();
  const { data, error, refetch, isPending } = useDelegations();
  const [isAsking, setAsking] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const all = data?.items ?? [];
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
      {data && shown.length === 0 && (
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
      {isAsking && <DelegateDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Line({ delegation }: { delegation: Delegation }) {
  const t = useWords();
  const me = useMe();
  const [isEnding, setEnding] = useState(false);
  const { from, to, startsAt, endsAt, endedAt, reason } = delegation;
  const isGiven = from === me;
  const state = stateOf(delegation);
  if (!me) {
    return null;
  }
  return (
    <li>
      <div className={styles.ownWords}>
        <span>
          {t(`reviews.delegation.${isGiven ? 'given' : 'received'}`, {
            who: (
              <strong>
                <EntityLink entityRef={isGiven ? to : from} />
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
          until: formatDate(new Date(endedAt ?? endsAt)),
        })}
      </span>
      <StateTag
        tone={tones[state]}
        label={t(`reviews.delegation.state.${state}`)}
      />
      {isGiven && !isOver(delegation) && (
        <Button
          variant="secondary"
          size="small"
          aria-label={t('reviews.delegation.endOf', { who: nameOf(to) })}
          onPress={() => setEnding(true)}
        >
          {t('reviews.delegation.end')}
        </Button>
      )}
      {isEnding && (
        <EndDialog delegation={delegation} onClose={() => setEnding(false)} />
      )}
    </li>
  );
}

interface EndDialogProps {
  delegation: Delegation;
  onClose: () => void;
}

function EndDialog({ delegation: { id, to }, onClose }: EndDialogProps) {
  const t = useWords();
  const { mutate, isPending, error } = useEndDelegation();
  return (
    <ActionDialog
      title={t('reviews.delegation.endTitle')}
      submit={t('reviews.delegation.end')}
      destructive
      isPending={isPending}
      failed={
        error && t('common.error.action', { message: errorMessage(error) })
      }
      onSubmit={() => mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {t('reviews.delegation.endText', {
          who: <EntityLink entityRef={to} />,
        })}
      </p>
    </ActionDialog>
  );
}
