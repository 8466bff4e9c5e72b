// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  Account,
  GroupDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { AccountClass, AccountStatus } from '../accounts/values';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { More } from '../details/More';
import { Nothing } from '../details/Nothing';
import { useGroupMembers } from '../queries';
import { useLinks } from '../scope/links';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useAccountColumns } from '../accounts/csv';

/** The accounts in a group, in the order in which they were first seen. */
export function Members({ group }: { group: GroupDetail }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useAccountColumns();
  const words = useTotalWords();
  const members = useGroupMembers(group.connection, group.groupId, { asOf });
  const { data, error, refetch, isPending } = members;
  const items = data?.pages.flatMap(page => page.items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const gap = group.membership.unknown?.text;
  const completeness = useCompleteness(
    ['memberships', 'accounts'],
    group.connection,
    gap,
  );
  return (
    <Panel
      flush
      title={t('groups.page.members.title')}
      actions={
        items.length > 0 && (
          <DownloadCsv
            name={t('csv.file.membersOf', { name: group.name })}
            columns={columns}
            completeness={completeness}
            read={(page, options) =>
              api.listGroupMembers(
                group.connection,
                group.groupId,
                { asOf, ...page },
                options,
              )
            }
          />
        )
      }
      sub={
        items.length > 0 && (
          <>
            {t('groups.page.members.count', {
              count: atLeast(total),
              n: words(total),
            })}
            {gap && (
              <bdi className={styles.gap}>
                {t('groups.page.members.maybeMore', { reason: gap })}
              </bdi>
            )}
          </>
        )
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={4} height={28} />}
      {data && items.length === 0 && (
        <Nothing
          gap={gap}
          unread={t('groups.page.members.unread')}
          none={t('groups.page.members.none')}
          text={t('groups.page.members.noneText')}
        />
      )}
      {items.length > 0 && (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.members}`}>
            <thead>
              <tr>
                <th scope="col">{t('groups.page.members.account')}</th>
                <th scope="col">{t('groups.page.members.class')}</th>
                <th scope="col">{t('groups.page.members.status')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(account => (
                <MemberRow key={account.accountId} account={account} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <More list={members} shown={items.length} />
    </Panel>
  );
}

function MemberRow({ account }: { account: Account }) {
  const href = useLinks().account(account);
  const { name, accountId } = account;
  const title = name ?? accountId;
  return (
    <tr>
      <th scope="row" className={styles.names} title={title}>
        {href ? (
          <Link href={href} className={name ? undefined : theme.mono}>
            <bdi>{title}</bdi>
          </Link>
        ) : (
          <bdi>{title}</bdi>
        )}
      </th>
      <td>
        <AccountClass account={account} />
      </td>
      <td>
        <AccountStatus account={account} />
      </td>
    </tr>
  );
}
