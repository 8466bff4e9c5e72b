// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  Account,
  GroupDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { AccountClass, AccountStatus } from '../accounts/values';
import { AccountFindings } from '../accounts/AccountFindings';
import theme from '../components/theme.module.css';
import { useAccountColumns } from '../csv/accountColumns';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { ListPanel } from '../details/ListPanel';
import { Nothing } from '../details/Nothing';
import { useGroupMembers } from '../queries';
import { useLinks } from '../scope/links';
import { useMaybeMore } from '../details/useMaybeMore';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** The accounts in a group, in the order in which they were first seen. */
export function Members({ group }: { group: GroupDetail }) {
  const t = useWords();
  const maybeMore = useMaybeMore();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useAccountColumns();
  const members = useGroupMembers(group.connection, group.groupId, { asOf });
  const gap = group.membership.unknown?.text;
  const completeness = useCompleteness(
    ['memberships', 'accounts', 'directory'],
    group.connection,
    gap,
  );
  return (
    <ListPanel
      title={t('groups.page.members.title')}
      list={members}
      count={total => t('groups.page.members.count', total)}
      maybeMore={maybeMore(gap, group.membership)}
      download={
        <DownloadCsv
          name={t('csv.file.membersOf', { name: group.name })}
          columns={columns}
          completeness={completeness}
          connection={group.connection}
          read={(page, options) =>
            api.listGroupMembers(
              group.connection,
              group.groupId,
              { asOf, ...page },
              options,
            )
          }
        />
      }
      loading={{ rows: 4, height: 28 }}
      nothing={
        <Nothing
          gap={gap}
          unread={t('groups.page.members.unread')}
          none={t('groups.page.members.none')}
          text={t('groups.page.members.noneText')}
        />
      }
    >
      {items => (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.members}`}>
            <thead>
              <tr>
                <th scope="col">{t('groups.page.members.account')}</th>
                <th scope="col">{t('groups.page.members.class')}</th>
                <th scope="col">{t('groups.page.members.status')}</th>
                <th scope="col">{t('accounts.column.findings')}</th>
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
    </ListPanel>
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
      <td>
        <AccountFindings account={account} />
      </td>
    </tr>
  );
}
