// SPDX-License-Identifier: Apache-2.0
import type { GroupDetail } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { Panel } from '../components/Panel';
import theme from '../components/theme.module.css';
import { Seen } from '../components/words';
import { Fact, Facts } from '../details/Facts';
import { useConnectionTitle } from '../lists/connections';
import { useWords } from '../translation/useWords';
import { GroupEntity, ManagedBy, Usage } from './values';

interface AboutGroupProps {
  group: GroupDetail;
}

/** What a group is, as Confluence and the catalog say. */
export function AboutGroup({ group }: AboutGroupProps) {
  const t = useWords();
  const connectionTitle = useConnectionTitle()(group.connection);
  return (
    <Panel title={t('groups.page.about.title')}>
      <Facts>
        <Fact name={t('groups.page.about.name')}>
          <bdi>{group.name}</bdi>
        </Fact>
        <Fact name={t('groups.page.about.members')}>
          <Seen count={group.membership} />
        </Fact>
        <Fact name={t('groups.page.about.managedBy')}>
          <ManagedBy group={group} />
        </Fact>
        <Fact name={t('groups.page.about.usage')}>
          <Usage group={group} />
        </Fact>
        <Fact name={t('groups.page.about.findings')}>
          {formatNumber(group.membersWithFindings)}
          {group.membersExcepted !== undefined && (
            <span className={theme.muted}>
              {' '}
              {t('groups.page.about.excepted', {
                n: formatNumber(group.membersExcepted),
              })}
            </span>
          )}
        </Fact>
        <Fact name={t('groups.page.about.entity')}>
          <GroupEntity group={group} />
        </Fact>
        <Fact name={t('groups.page.about.connection')}>
          <bdi>{connectionTitle}</bdi>
        </Fact>
        <Fact name={t('groups.page.about.id')}>
          <span className={theme.mono}>{group.groupId}</span>
        </Fact>
      </Facts>
    </Panel>
  );
}
