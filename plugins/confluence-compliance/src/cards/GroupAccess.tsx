// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { GroupLink } from '../components/GroupLink';
import { formatNumber } from '../components/format';
import theme from '../components/theme.module.css';
import { UnknownValue } from '../components/UnknownValue';
import styles from './cards.module.css';
import { Facts } from './Facts';
import { GrantTable } from './GrantTable';
import { CARD_ROWS, LevelFact } from './PersonAccess';
import { Seen } from '../components/words';
import { useWords } from '../translation/useWords';
import { OpenChecks, WorstCheck } from './WorstCheck';

export type Group = NonNullable<Access['group']>;

const SHOWN_GROUPS = 3;

/** The Confluence groups that a team's people are in most. */
function TeamGroups({ groups }: { groups: Group['groups'] }) {
  const t = useWords();
  if (groups.length === 0) {
    return <>{t('cards.none')}</>;
  }
  const more = groups.length - SHOWN_GROUPS;
  return (
    <>
      {groups.slice(0, SHOWN_GROUPS).map(({ people: _, ...group }) => (
        <span
          key={`${group.connection} ${group.groupId}`}
          className={styles.line}
        >
          <GroupLink {...group} inCatalog />
        </span>
      ))}
      {more > 0 && (
        <span className={`${styles.note} ${theme.second}`}>
          {t('cards.moreGroups', { count: more, n: formatNumber(more) })}
        </span>
      )}
    </>
  );
}

function Members({ group }: { group: Group }) {
  const t = useWords();
  const { members, withAccount } = group;
  if (members.unknown || withAccount === undefined) {
    return <Seen count={members} />;
  }
  return (
    <>
      {t('cards.withAccount', {
        n: formatNumber(members.seen),
        with: formatNumber(withAccount),
      })}
    </>
  );
}

/** Facts of a team or of a Confluence group. */
export function GroupFacts({ access, group }: GroupAccessProps) {
  const t = useWords();
  const { managedBy, connection } = group;
  const ofConfluence = [
    {
      label: t('cards.fact.managedBy'),
      value: managedBy ? (
        <bdi>{managedBy}</bdi>
      ) : (
        <UnknownValue reason={t('cards.managedByUnknown')} />
      ),
    },
    ...(connection
      ? [{ label: t('cards.fact.site'), value: <bdi>{connection}</bdi> }]
      : []),
  ];
  const ofTeam = [
    {
      label: t('cards.fact.confluenceGroups'),
      value: <TeamGroups groups={group.groups} />,
    },
  ];
  return (
    <Facts
      items={[
        ...(group.kind === 'team' ? ofTeam : []),
        { label: t('cards.fact.members'), value: <Members group={group} /> },
        ...(group.kind === 'confluence' ? ofConfluence : []),
        { label: t('cards.fact.level'), value: <LevelFact of={group} /> },
        {
          label: t('cards.fact.checks'),
          value: <OpenChecks checks={access.checks} />,
        },
      ]}
    />
  );
}

interface GroupAccessProps {
  access: Access;
  group: Group;
}

/** What a Confluence group, or the people of a team, can do. */
export function GroupAccess({
  access,
  group,
  rows = CARD_ROWS,
}: GroupAccessProps & { rows?: number }) {
  const t = useWords();
  const peopleBy = new Map(
    group.groups.map(({ groupId, people }) => [groupId, people]),
  );
  return (
    <>
      <WorstCheck access={access} />
      <GroupFacts access={access} group={group} />
      <GrantTable
        grants={group.grants.slice(0, rows)}
        inAll={group.grantsInAll}
        direct={group.kind === 'team' ? 'account' : 'group'}
        note={({ path }) => {
          const people = path[0] && peopleBy.get(path[0].id);
          return people === undefined ? null : (
            <span className={theme.second}>
              {' '}
              {t('cards.ofTeam', { count: people, n: formatNumber(people) })}
            </span>
          );
        }}
      />
    </>
  );
}
