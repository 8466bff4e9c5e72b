// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Button } from '@backstage/ui';
import {
  peopleManagePermission,
  type PersonRecord,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiUserFollowLine } from '@remixicon/react';
import { useState } from 'react';
import { EmptyState } from '../components/EmptyState';
import { EntityLink } from '../components/EntityLink';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import { ReasonDialog } from '../components/ReasonDialog';
import theme from '../components/theme.module.css';
import { TimeAgo } from '../components/TimeAgo';
import { More } from '../details/More';
import { useConfirmDeparture, useMissingPeople } from '../queries';
import { useWords } from '../translation/useWords';

/** People whom no source has any more, for somebody to say that they have left. */
export function Departures({ isWhole = true }: { isWhole?: boolean }) {
  const t = useWords();
  const { allowed } = usePermission({ permission: peopleManagePermission });
  const list = useMissingPeople();
  const { data, error, refetch } = list;
  const { mutate, isPending, error: failed, reset } = useConfirmDeparture();
  const [chosen, setChosen] = useState<PersonRecord>();
  const people = data?.pages.flatMap(({ items }) => items) ?? [];
  const nameOf = ({ name, ref }: PersonRecord) => name ?? ref;
  return (
    <Panel
      flush
      title={t('people.departures.title')}
      sub={t('people.departures.sub')}
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {list.isPending && <Loading rows={3} />}
      {data && people.length === 0 && (
        <EmptyState
          icon={<RiUserFollowLine />}
          title={t('people.departures.none')}
          text={t(
            isWhole
              ? 'people.departures.noneText'
              : 'people.departures.uncertain',
          )}
        />
      )}
      {people.length > 0 && (
        <div className={theme.scroll}>
          <table className={theme.table}>
            <thead>
              <tr>
                <th scope="col">{t('people.departures.who')}</th>
                <th scope="col">{t('people.departures.since')}</th>
                <th scope="col">{t('people.departures.act')}</th>
              </tr>
            </thead>
            <tbody>
              {people.map(person => (
                <tr key={person.ref}>
                  <th scope="row">
                    <EntityLink entityRef={person.ref} title={person.name} />
                  </th>
                  <td>
                    {person.absentSince && (
                      <TimeAgo time={person.absentSince} />
                    )}
                  </td>
                  <td>
                    {allowed ? (
                      <Button
                        size="small"
                        variant="secondary"
                        aria-label={t('people.departures.confirmOf', {
                          name: nameOf(person),
                        })}
                        onPress={() => {
                          reset();
                          setChosen(person);
                        }}
                      >
                        {t('people.departures.confirm')}
                      </Button>
                    ) : (
                      <span className={theme.second}>
                        {t('people.departures.forbidden', {
                          permission: peopleManagePermission.name,
                        })}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More list={list} shown={people.length} />
      {chosen && (
        <ReasonDialog
          title={t('people.departures.dialog', {
            name: <bdi>{nameOf(chosen)}</bdi>,
          })}
          text={t('people.departures.dialogText')}
          label={t('people.shrink.reason')}
          hint={t('people.shrink.reasonHint')}
          submit={t('people.departures.confirm')}
          isPending={isPending}
          error={failed}
          onSubmit={reason =>
            mutate(
              { person: chosen.ref, reason },
              { onSuccess: () => setChosen(undefined) },
            )
          }
          onClose={() => setChosen(undefined)}
        />
      )}
    </Panel>
  );
}
