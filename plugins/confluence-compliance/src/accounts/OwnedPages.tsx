// SPDX-License-Identifier: Apache-2.0
import {
  type Account,
  pageReadPermission,
  type PageRecord,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { PanelError } from '../components/ErrorState';
import { EntityLink } from '../components/EntityLink';
import { isForbidden } from '../components/errors';
import { Loading } from '../components/Loading';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { atLeast, useTotalWords } from '../components/totals';
import styles from '../details/details.module.css';
import { More } from '../details/More';
import { Nothing } from '../details/Nothing';
import { useIncomplete } from '../lists/Incomplete';
import list from '../lists/list.module.css';
import { useOwnedPages } from '../queries';
import { useScope } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** The pages that an account owns, which somebody must take over before it goes. */
export function OwnedPages({ account }: { account: Account }) {
  const t = useWords();
  const { asOf } = useScope().query;
  const words = useTotalWords();
  const { connection, accountId } = account;
  const owned = useOwnedPages(connection, accountId, asOf);
  const { data, error, refetch, isPending } = owned;
  const unread = useIncomplete(['pages'], connection)[0];
  const gap =
    unread && (unread.dataset.reasons[0]?.text ?? t('accounts.page.owns.gap'));
  const items = data?.pages.flatMap(page => page.items) ?? [];
  const total = data?.pages[0].totalItems ?? 0;
  const forbidden = error && !data && isForbidden(error);
  return (
    <Panel
      flush
      title={t('accounts.page.owns.title')}
      sub={
        items.length > 0 && (
          <>
            {t('accounts.page.owns.count', {
              count: atLeast(total),
              n: words(total),
            })}
            {gap && (
              <bdi className={styles.gap}>
                {t('accounts.page.owns.maybeMore', { reason: gap })}
              </bdi>
            )}
          </>
        )
      }
    >
      {forbidden && (
        <p className={styles.note}>
          {t('accounts.page.owns.forbidden', {
            permission: pageReadPermission.name,
          })}
        </p>
      )}
      {error && !forbidden && (
        <PanelError error={error} onRetry={refetch} stale={!!data} />
      )}
      {isPending && <Loading rows={2} />}
      {data && items.length === 0 && (
        <Nothing
          gap={gap}
          unread={t('accounts.page.owns.unread')}
          none={t('accounts.page.owns.none')}
          text={t('accounts.page.owns.noneText')}
        />
      )}
      {items.length > 0 && (
        <ul className={styles.rows}>
          {items.map(page => (
            <OwnedPage key={page.pageId} page={page} />
          ))}
        </ul>
      )}
      <More list={owned} shown={items.length} />
    </Panel>
  );
}

function OwnedPage({ page }: { page: PageRecord }) {
  const t = useWords();
  const { title, status, spaceKey, entityRef } = page;
  const known =
    status === 'archived' || status === 'trashed' || status === 'draft';
  return (
    <li>
      <RiFileTextLine size={14} aria-hidden="true" />
      <span className={theme.cut} dir="auto" title={title}>
        {entityRef ? <EntityLink entityRef={entityRef} title={title} /> : title}
      </span>
      <span className={styles.owned}>
        {status !== 'current' && (
          <span className={list.chip} dir="auto">
            {known ? t(`accounts.page.owns.status.${status}`) : status}
          </span>
        )}
        {spaceKey && (
          <span
            className={`${theme.second} ${theme.cut}`}
            dir="auto"
            title={spaceKey}
          >
            {spaceKey}
          </span>
        )}
      </span>
    </li>
  );
}
