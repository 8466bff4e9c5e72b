// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  AccountDetail,
  AccountGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { GrantPath } from '../components/GrantPath';
import theme from '../components/theme.module.css';
import { useAccountGrantColumns } from '../csv/grantColumns';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { GrantedLevel } from '../details/GrantedLevel';
import { ListPanel } from '../details/ListPanel';
import { Nothing } from '../details/Nothing';
import { OpenerHead, OperationsRow } from '../details/Operations';
import { ResourceLink } from '../details/ResourceLink';
import { Since } from '../details/Since';
import { useIncomplete } from '../lists/Incomplete';
import { useAccountGrants } from '../queries';
import { useMaybeMore } from '../details/useMaybeMore';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** Why not all that an account can do is known; undefined when all of it was read. */
function useGap({ access, connection }: AccountDetail): string | undefined {
  const t = useWords();
  const unread = useIncomplete(['grants', 'memberships'], connection)[0];
  if (access) {
    return access.unknown?.text;
  }
  return (
    unread && (unread.dataset.reasons[0]?.text ?? t('common.unknownNoReason'))
  );
}

/** What an account can do, on what, by which path, since when. */
export function EffectiveAccess({ account }: { account: AccountDetail }) {
  const t = useWords();
  const maybeMore = useMaybeMore();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useAccountGrantColumns(account.connection);
  const grants = useAccountGrants(account.connection, account.accountId, {
    asOf,
  });
  const gap = useGap(account);
  const completeness = useCompleteness(
    ['grants', 'memberships', 'directory'],
    account.connection,
    gap,
  );
  return (
    <ListPanel
      title={t('accounts.page.access.title')}
      list={grants}
      count={total => t('accounts.page.access.grants', total)}
      maybeMore={maybeMore(gap, account.access)}
      download={
        <DownloadCsv
          name={t('csv.file.accessOf', {
            name: account.name ?? account.accountId,
          })}
          columns={columns}
          completeness={completeness}
          connection={account.connection}
          read={(page, options) =>
            api.listAccountGrants(
              account.connection,
              account.accountId,
              { asOf, ...page },
              options,
            )
          }
        />
      }
      loading={{ rows: 4, height: 32 }}
      nothing={
        <Nothing
          gap={gap}
          unread={t('accounts.page.access.unread')}
          none={t('accounts.page.access.none')}
          text={t('accounts.page.access.noneText')}
        />
      }
    >
      {items => (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.grants}`}>
            <thead>
              <tr>
                <OpenerHead />
                <th scope="col">{t('accounts.page.access.can')}</th>
                <th scope="col">{t('accounts.page.access.on')}</th>
                <th scope="col">{t('accounts.page.access.path')}</th>
                <th scope="col">{t('accounts.page.access.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(grant => (
                <GrantRow key={keyOf(grant)} grant={grant} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ListPanel>
  );
}

function keyOf({ resource, level, path }: AccountGrant): string {
  return JSON.stringify([
    resource.connection,
    resource.ref,
    level,
    path.map(({ kind, id }) => [kind, id]),
  ]);
}

function GrantRow({ grant }: { grant: AccountGrant }) {
  const { resource, operations, path, since } = grant;
  return (
    <OperationsRow name={resource.title} operations={operations} columns={4}>
      <th scope="row">
        <GrantedLevel grant={grant} kind={resource.kind} />
      </th>
      <td className={styles.names} title={resource.title}>
        <ResourceLink resource={resource} />
      </td>
      <td
        className={styles.names}
        title={path.map(({ name, id }) => name ?? id).join(', ')}
      >
        <GrantPath
          path={path}
          direct="account"
          connection={resource.connection}
        />
      </td>
      <td className={styles.tight}>
        <Since time={since} />
      </td>
    </OperationsRow>
  );
}
