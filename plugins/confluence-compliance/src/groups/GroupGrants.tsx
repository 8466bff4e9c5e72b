// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  GroupDetail,
  GroupGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import theme from '../components/theme.module.css';
import { useLevelWords } from '../components/words';
import { useResourceGrantColumns } from '../csv/grantColumns';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { ListPanel } from '../details/ListPanel';
import { Nothing } from '../details/Nothing';
import { OpenerHead, OperationsRow } from '../details/Operations';
import { ResourceLink } from '../details/ResourceLink';
import { Since } from '../details/Since';
import { useGroupGrants } from '../queries';
import { useMaybeMore } from '../details/useMaybeMore';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** In which spaces a group can do what, since when. */
export function GroupGrants({ group }: { group: GroupDetail }) {
  const t = useWords();
  const maybeMore = useMaybeMore();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useResourceGrantColumns(group.connection);
  const grants = useGroupGrants(group.connection, group.groupId, { asOf });
  const gap = group.access.unknown?.text;
  const completeness = useCompleteness(['grants'], group.connection, gap);
  return (
    <ListPanel
      title={t('groups.page.access.title')}
      list={grants}
      count={total => t('groups.page.access.count', total)}
      maybeMore={maybeMore(gap, group.access)}
      download={
        <DownloadCsv
          name={t('csv.file.accessOf', { name: group.name })}
          columns={columns}
          completeness={completeness}
          connection={group.connection}
          read={(page, options) =>
            api.listGroupGrants(
              group.connection,
              group.groupId,
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
          unread={t('groups.page.access.unread')}
          none={t('groups.page.access.none')}
          text={t('groups.page.access.noneText')}
        />
      }
    >
      {items => (
        <div className={theme.scroll}>
          <table className={`${theme.table} ${styles.grants}`}>
            <thead>
              <tr>
                <OpenerHead />
                <th scope="col">{t('groups.page.access.can')}</th>
                <th scope="col">{t('groups.page.access.on')}</th>
                <th scope="col">{t('groups.page.access.since')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map(grant => (
                <GrantRow key={grant.resource.ref} grant={grant} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ListPanel>
  );
}

function GrantRow({ grant }: { grant: GroupGrant }) {
  const levelWords = useLevelWords();
  const { resource, level, operations, since } = grant;
  return (
    <OperationsRow name={resource.title} operations={operations} columns={3}>
      <th
        scope="row"
        className={`${styles.tight} ${level === 'admin' ? styles.admin : ''}`}
      >
        {levelWords(level, resource.kind)}
      </th>
      <td className={styles.names} title={resource.title}>
        <ResourceLink resource={resource} />
      </td>
      <td className={styles.tight}>
        <Since time={since} />
      </td>
    </OperationsRow>
  );
}
