// SPDX-License-Identifier: Apache-2.0
import {
  groupReadPermission,
  type GroupDetail,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiGroupLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { ErrorState, PanelError } from '../components/ErrorState';
import { formatNumber } from '../components/format';
import { isNotFound } from '../components/errors';
import { Loading } from '../components/Loading';
import { PageFrame } from '../components/PageFrame';
import { Panel } from '../components/Panel';
import { DetailHead } from '../details/DetailHead';
import styles from '../details/details.module.css';
import { FindingsOf } from '../details/FindingsOf';
import { Missing } from '../details/Missing';
import { WorstFinding } from '../details/WorstFinding';
import { useConnectionTitle } from '../lists/connections';
import { Incomplete } from '../lists/Incomplete';
import { useFindings, useGroup } from '../queries';
import { EndedBanner } from '../scope/EndedBanner';
import { useLinks } from '../scope/links';
import { ScopeBanner } from '../scope/ScopeBanner';
import { useScope } from '../scope/useScope';
import { HistoryPanel } from '../timeline/HistoryPanel';
import { useWords } from '../translation/useWords';
import { AboutGroup } from './AboutGroup';
import { GroupGrants } from './GroupGrants';
import { Members } from './Members';

/** One group: who is in it, and what that gives them. */
export function GroupPage() {
  const t = useWords();
  const { connection = '', groupId = '' } = useParams();
  const { asOf } = useScope().query;
  const links = useLinks();
  const { data, error, refetch } = useGroup(connection, groupId, { asOf });
  return (
    <PageFrame title={data?.name ?? groupId} visibleTitle>
      <ScopeBanner follows error={error} />
      <EndedBanner connection={connection} />
      <DetailHead
        list={t('groups.title')}
        listHref={links.groups()}
        title={data?.name ?? groupId}
        mono={!data?.name}
      />
      {error && !data && isNotFound(error) && (
        <MissingGroup connection={connection} id={groupId} />
      )}
      {error && !data && !isNotFound(error) && (
        <ErrorState
          error={error}
          what={t('groups.page.what')}
          permission={groupReadPermission.name}
          onRetry={refetch}
        />
      )}
      {error && data && <PanelError error={error} onRetry={refetch} stale />}
      {!error && !data && (
        <Panel label={groupId} flush>
          <Loading rows={8} />
        </Panel>
      )}
      {data && <Group group={data} />}
    </PageFrame>
  );
}

function Group({ group }: { group: GroupDetail }) {
  const { asOf } = useScope().query;
  const t = useWords();
  const { connection, groupId } = group;
  const findings = useFindings({ connection, subject: groupId, asOf });
  const found = findings.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <WorstFinding findings={found} about="resource" />
      <Incomplete
        datasets={['groups', 'memberships', 'grants', 'directory']}
        connection={connection}
      />
      <div className={styles.columns}>
        <div className={styles.column}>
          <GroupGrants group={group} />
          <Members group={group} />
          <FindingsOf
            findings={findings}
            about="resource"
            nothing={{
              title: t('groups.page.findings.title'),
              text: t('groups.page.findings.text', {
                count: group.membersWithFindings,
                n: formatNumber(group.membersWithFindings),
              }),
            }}
          />
          <HistoryPanel subject={{ kind: 'group', connection, id: groupId }} />
        </div>
        <div className={styles.column}>
          <AboutGroup group={group} />
        </div>
      </div>
    </>
  );
}

interface MissingGroupProps {
  connection: string;
  id: string;
}

function MissingGroup({ connection, id }: MissingGroupProps) {
  const t = useWords();
  const { asOf } = useScope();
  const words = { connection: useConnectionTitle()(connection), id };
  return (
    <Missing
      icon={<RiGroupLine />}
      connection={connection}
      title={t('groups.page.missing.title')}
      text={
        asOf
          ? t('groups.page.missing.past', words)
          : t('groups.page.missing.text', words)
      }
      list={useLinks().groups()}
    />
  );
}
