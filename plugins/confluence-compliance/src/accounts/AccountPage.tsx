// SPDX-License-Identifier: Apache-2.0
import {
  accountReadPermission,
  type AccountDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiUserSearchLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { ErrorState, PanelError } from '../components/ErrorState';
import { isNotFound } from '../components/errors';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import styles from '../details/details.module.css';
import { FindingsOf } from '../details/FindingsOf';
import { Missing } from '../details/Missing';
import { WorstFinding } from '../details/WorstFinding';
import { Decided } from '../identify/Decided';
import { Incomplete } from '../lists/Incomplete';
import { useConnectionTitle } from '../lists/connections';
import { useAccount, useFindings } from '../queries';
import { useLinks } from '../scope/links';
import { EndedBanner } from '../scope/EndedBanner';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { HistoryPanel } from '../timeline/HistoryPanel';
import { useWords } from '../translation/useWords';
import { Credentials } from './Credentials';
import { EffectiveAccess } from './EffectiveAccess';
import { EraseAccount } from './EraseAccount';
import { Identity } from './Identity';
import { MemberOf } from './MemberOf';
import { OwnedPages } from './OwnedPages';

/** One account: what is wrong with it, what it can do and why, who it is. */
export function AccountPage() {
  const t = useWords();
  const { connection = '', accountId = '' } = useParams();
  const { asOf } = useScope().query;
  const links = useLinks();
  const { data, error, refetch } = useAccount(connection, accountId, { asOf });
  return (
    <PageFrame title={data?.name ?? accountId} visibleTitle>
      <ScopeBanner follows error={error} />
      <EndedBanner connection={connection} />
      <DetailHead
        list={t('accounts.title')}
        listHref={links.accounts()}
        title={data?.name ?? accountId}
        mono={!data?.name}
      >
        {data && <EraseAccount account={data} />}
      </DetailHead>
      {error && !data && isNotFound(error) && (
        <MissingAccount connection={connection} id={accountId} />
      )}
      {error && !data && !isNotFound(error) && (
        <ErrorState
          error={error}
          what={t('accounts.page.what')}
          permission={accountReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={accountId} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {data && <Account account={data} />}
    </PageFrame>
  );
}

function Account({ account }: { account: AccountDetail }) {
  const { asOf } = useScope().query;
  const { connection, accountId } = account;
  const findings = useFindings({ connection, account: accountId, asOf });
  const found = findings.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <WorstFinding findings={found} about="account" />
      <Incomplete
        datasets={['accounts', 'memberships', 'grants', 'directory']}
        connection={connection}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <EffectiveAccess account={account} />
          <FindingsOf findings={findings} about="account" counts={account} />
          <HistoryPanel
            subject={{ kind: 'account', connection, id: accountId }}
          />
        </div>
        <div className={`${styles.column} ${styles.first}`}>
          <Identity account={account} />
          <Decided account={account} />
          <MemberOf account={account} />
          <Credentials account={account} />
          <OwnedPages account={account} />
        </div>
      </div>
    </>
  );
}

function MissingAccount({
  connection,
  id,
}: {
  connection: string;
  id: string;
}) {
  const t = useWords();
  const { asOf } = useScope();
  const title = useConnectionTitle()(connection);
  const words = { connection: title, id };
  return (
    <Missing
      icon={<RiUserSearchLine />}
      connection={connection}
      title={t('accounts.page.missing.title')}
      text={
        asOf
          ? t('accounts.page.missing.past', words)
          : t('accounts.page.missing.text', words)
      }
      list={useLinks().accounts()}
    />
  );
}
