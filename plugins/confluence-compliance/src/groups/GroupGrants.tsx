// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  GroupDetail,
  GroupGrant,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceApiRef } from '../api';
import { PanelError } from '../components/ErrorState';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import { useLevelWords } from '../components/words';
import { DownloadCsv } from '../csv/DownloadCsv';
import { useCompleteness } from '../csv/useCompleteness';
import styles from '../details/details.module.css';
import { More } from '../details/More';
import { Nothing } from '../details/Nothing';
import { OpenerHead, OperationsRow } from '../details/Operations';
import { ResourceLink } from '../details/ResourceLink';
import { Since } from '../details/Since';
import { useGroupGrants } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';
import { useResourceGrantColumns } from '../accounts/csv';

/** In which spaces a group can do what, since when. */
export function GroupGrants({ group }: { group: GroupDetail }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const api = useApi(confluenceComplianceApiRef);
  const columns = useResourceGrantColumns();
  const words = useTotalWords();
  const grants = useGroupGrants(group.connection, group.groupId, { asOf });
  const { data, error, refetch, isPending } = grants;
  const items = data?.pages.flatMap(page => page.items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const gap = group.access.unknown?.text;
  const completeness = useCompleteness(['grants'], group.connection, gap);
  return (
    <Panel
      flush
      title={t('groups.page.access.title')}
      actions={
        items.length > 0 && (
          <DownloadCsv
            name={t('csv.file.accessOf', { name: group.name })}
            columns={columns}
            completeness={completeness}
            read={(page, options) =>
              api.listGroupGrants(
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
            {t('groups.page.access.count', {
              count: atLeast(total),
              n: words(total),
            })}
            {gap && (
              <bdi className={styles.gap}>
                {t('groups.page.access.maybeMore', { reason: gap })}
              </bdi>
            )}
          </>
        )
      }
    >
      {error && <PanelError error={error} onRetry={refetch} stale={!!data} />}
      {isPending && <Loading rows={4} height={32} />}
      {data && items.length === 0 && (
        <Nothing
          gap={gap}
          unread={t('groups.page.access.unread')}
          none={t('groups.page.access.none')}
          text={t('groups.page.access.noneText')}
        />
      )}
      {items.length > 0 && (
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
      <More list={grants} shown={items.length} />
    </Panel>
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
