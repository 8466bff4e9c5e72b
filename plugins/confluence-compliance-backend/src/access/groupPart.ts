// SPDX-License-Identifier: Apache-2.0
import { toSeen } from '../checks';
import { PEOPLE } from '../people';
import {
  accessReads,
  CardContext,
  CardPart,
  MOST_PEOPLE,
  TOP,
} from './CardContext';
import { standingOf } from './freshness';
import { toAccountGrants } from './grantWords';
import { grantsOf, inAll, scopesOf } from './personPart';

/** A group that is mirrored from a site. */
export async function groupPart(
  context: CardContext,
  connection: string,
  groupId: string,
): Promise<CardPart> {
  const { cards, lists, revision } = context;
  const group = await cards.group(connection, groupId, revision);
  if (!group) {
    return {
      incomplete: {
        code: 'group-not-found',
        text: 'This group is not among those of the site any more.',
      },
    };
  }
  // Nobody's licence or suspension changes what a group was granted.
  const reads = accessReads(context, [connection])
    .filter(({ dataset }) => dataset !== 'directory')
    .map(read =>
      // Who is in other groups says nothing about this one.
      read.dataset === 'memberships' ? { ...read, only: [groupId] } : read,
    );
  const { gaps } = await standingOf(context, reads);
  const top = await lists.access.topOfGroup({
    connection,
    groupId,
    revision,
    limit: TOP,
  });
  const members = await cards.memberIds(connection, groupId, {
    limit: MOST_PEOPLE + 1,
    revision,
  });
  const few = members.length <= MOST_PEOPLE;
  return {
    sections: {
      group: {
        kind: 'confluence',
        connection,
        groupId,
        managedBy: group.managedBy,
        members: toSeen(group.members, gaps.get('memberships')),
        groups: [],
        grants: await toAccountGrants(context, top.items, {
          connection,
          revision,
        }),
        grantsInAll: await inAll(
          context,
          top.total,
          reads.filter(({ dataset }) => dataset !== 'memberships'),
        ),
      },
    },
    scopes: few && members.length ? [{ connection, accounts: members }] : [],
    reads,
    ...(!few && { incomplete: tooMany('members') }),
  };
}

/** A team of the catalog, by the people in it. */
export async function teamPart(
  context: CardContext,
  members: string[],
): Promise<CardPart> {
  const { cards, reviewed, revision } = context;
  const connections = reviewed.map(({ id }) => id);
  const people = members.slice(0, MOST_PEOPLE);
  const accounts = await cards.linksOfPeople(connections, people, revision);
  const withAccount = new Set(accounts.map(({ person }) => person));
  const reads = [
    { source: PEOPLE.source, dataset: 'people' },
    ...accessReads(context, connections),
  ];
  return {
    sections: {
      group: {
        kind: 'team',
        members: { seen: members.length },
        withAccount: withAccount.size,
        groups: await cards.commonGroups({
          connections,
          people,
          limit: TOP,
          revision,
        }),
        ...(await grantsOf(context, accounts, { reads, showAccounts: true })),
      },
    },
    scopes: scopesOf(accounts),
    reads,
    ...(people.length < members.length && { incomplete: tooMany('people') }),
  };
}

function tooMany(what: 'members' | 'people') {
  return {
    code: `too-many-${what}`,
    text:
      what === 'members'
        ? `There are more than ${MOST_PEOPLE} members, too many to say here what checks found about them.`
        : `There are more than ${MOST_PEOPLE} people; this shows the first ${MOST_PEOPLE}.`,
  };
}
