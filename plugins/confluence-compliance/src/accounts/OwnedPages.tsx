// SPDX-License-Identifier: Apache-2.0
import {
  type Account,
  pageReadPermission,
  type PageRecord,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileTextLine } from '@remixicon/react';
import { EntityLink } from '../components/EntityLink';
import theme from '../components/theme.module.css';
import styles from '../details/details.module.css';
import { ListPanel } from '../details/ListPanel';
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
  const { connection, accountId } = account;
  const owned = useOwnedPages(connection, accountId, asOf);
  const unread = useIncomplete(['pages'], connection)[0];
  const gap =
    unread && (unread.dataset.reasons[0]?.text ?? t('accounts.page.owns.gap'));
  return (
    <ListPanel
      title={t('accounts.page.owns.title')}
      list={owned}
      count={total => t('accounts.page.owns.count', total)}
      maybeMore={gap && t('accounts.page.owns.maybeMore', { reason: gap })}
      forbidden={t('accounts.page.owns.forbidden', {
        permission: pageReadPermission.name,
      })}
      loading={{ rows: 2 }}
      nothing={
        <Nothing
          gap={gap}
          unread={t('accounts.page.owns.unread')}
          none={t('accounts.page.owns.none')}
          text={t('accounts.page.owns.noneText')}
        />
      }
    >
      {items => (
        <ul className={styles.rows}>
          {items.map(page => (
            <OwnedPage key={page.pageId} page={page} />
          ))}
        </ul>
      )}
    </ListPanel>
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
