// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  SpaceDetail,
  SpaceGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { Principal } from '../components/GrantPath';
import { PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { StateTag } from '../components/StateTag';
import { atLeast, useTotalWords } from '../components/totals';
import { UnknownValue } from '../components/UnknownValue';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { GrantedLevel } from '../details/GrantedLevel';
import { More } from '../details/More';
import { Nothing } from '../details/Nothing';
import { OpenerHead, OperationsRow } from '../details/Operations';
import { Since } from '../details/Since';
import { useSpaceGrants } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useSpaceGrantColumns } from './csv';
import { useMembers } from './useMembers';

/** The principals that a space's permissions name, and what each can do. */
export function WhoCanDoWhat({ space }: { space: SpaceDetail }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useSpaceGrantColumns();
  const grants = useSpaceGrants(space.connection, space.key, { asOf });
  const { data, error, refetch, isPending } = grants;
  const words = useTotalWords();
  const items = data?.pages.flatMap(page => page.items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const unread = space.principals === undefined;
  const gap =
    space.reach.people.unknown?.text ??
    (unread ? t('spaces.unread') : undefined);
  const completeness = useCompleteness(
    ['grants', 'memberships'],
    space.connection,
    gap,
  );
  return (
    <Panel
      flush
      title={t('spaces.page.access.title')}
      actions={
        items.length > 0 && (
          <DownloadCsv
            name={t('csv.file.accessTo', { name: space.key })}
            columns={columns}
            completeness={completeness}
            read={(page, options) =>
              api.listSpaceGrants(
                space.connection,
                space.key,
                { asOf, ...page },
                options,
              )
            }
          />
        )
      }
      sub={
        items.length > 0 &&
        t('spaces.page.access.count', {
          count: atLeast(total),
          n: words(total),
        })
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={4} height={28} />}
      {data && items.length === 0 && (
        <Nothing
          gap={unread ? gap : undefined}
          unread={t('spaces.page.access.unread')}
          none={t('spaces.page.access.none')}
          text={t('spaces.page.access.noneText')}
        />
      )}
      {items.length > 0 && (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.grants}`}>
            <thead>
              <tr>
                <OpenerHead />
                <th scope="col">{t('spaces.page.access.who')}</th>
                <th scope="col">{t('spaces.page.access.can')}</th>
                <th scope="col" className={styles.figure}>
                  {t('spaces.page.access.accounts')}
                </th>
                <th scope="col">{t('spaces.page.access.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(grant => (
                <GrantRow
                  connection={space.connection}
                  key={`${grant.principal.kind} ${grant.principal.id} ${grant.level}`}
                  grant={grant}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More list={grants} shown={items.length} />
    </Panel>
  );
}

interface GrantRowProps {
  grant: SpaceGrant;
  connection: string;
}

function GrantRow({ grant, connection }: GrantRowProps) {
  const t = useWords();
  const { principal, operations, since } = grant;
  return (
    <OperationsRow
      name={principal.name ?? principal.id}
      operations={operations}
      columns={4}
    >
      <th
        scope="row"
        className={`${styles.names} ${styles.principal}`}
        title={principal.name}
      >
        <Principal step={principal} connection={connection} />
        {isAnonymous(grant) && (
          <>
            {' '}
            <StateTag tone="fail" label={t('spaces.open')} />
          </>
        )}
      </th>
      <td>
        <GrantedLevel grant={grant} kind="space" />
      </td>
      <td className={styles.figure}>
        <Members grant={grant} />
      </td>
      <td className={styles.tight}>
        <Since time={since} />
      </td>
    </OperationsRow>
  );
}

function isAnonymous({ principal: { kind, id } }: SpaceGrant): boolean {
  return kind === 'access-class' && id === 'anonymous-users';
}

/** How many accounts a principal stands for. */
function Members({ grant }: { grant: SpaceGrant }) {
  const { count, reason } = useMembers()(grant);
  return count === undefined ? (
    <UnknownValue reason={reason} />
  ) : (
    <>{formatNumber(count)}</>
  );
}
