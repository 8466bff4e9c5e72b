// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckContext,
  CheckResult,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { controlsOf } from './controls';
import { isOut, Judgement } from './judgement';
import { isShutOut, LinkedPerson } from './linkedPeople';
import {
  aboutSpace,
  nameOf,
  Principal,
  principalsBySpace,
  SpaceSubject,
  spacesOf,
} from './spaceSubjects';

const parameters = z.strictObject({}).prefault({});

/** Who administers spaces and can answer for them. */
interface Owners {
  /** Accounts of people who are employed and can sign in. */
  active: Set<string>;
  /** Active accounts of nobody known. */
  unlinked: Set<string>;
  /** Members of the groups that administer spaces. */
  members: Map<string, string[]>;
}

async function membersOf(
  { data, signal }: CheckContext,
  connection: string,
  groups: Set<string>,
): Promise<Map<string, string[]>> {
  const members = new Map<string, string[]>();
  for await (const rows of data.memberships(connection)) {
    signal.throwIfAborted();
    for (const { groupId, accountId } of rows.map(row => row.payload)) {
      if (groups.has(groupId)) {
        members.set(groupId, [...(members.get(groupId) ?? []), accountId]);
      }
    }
  }
  return members;
}

function isActive(account: CheckAccount | undefined): boolean {
  return account !== undefined && !isShutOut(account);
}

async function ownersOf(
  context: CheckContext,
  connection: string,
  principals: Principal[],
  people: ReadonlyMap<string, LinkedPerson>,
): Promise<Owners> {
  const { data } = context;
  const idsOf = (type: string) =>
    principals
      .filter(({ principalType }) => principalType === type)
      .map(({ principalId }) => principalId);
  const members = await membersOf(context, connection, new Set(idsOf('group')));
  const ids = [
    ...new Set([...idsOf('account'), ...[...members.values()].flat()]),
  ];
  const accounts = await data.accountsOf(connection, ids);
  // What a directory said of somebody stands while it is not whole: it must not bring them back.
  const entries = await data.directoryOf(connection, ids);
  const usable = ids.filter(
    id => isActive(accounts.get(id)) && !isOut(entries.get(id)),
  );
  return {
    active: new Set(usable.filter(id => people.get(id)?.status === 'employed')),
    unlinked: new Set(
      usable.filter(
        id => !people.has(id) && accounts.get(id)?.class === 'person',
      ),
    ),
    members,
  };
}

function judge(
  { data }: CheckContext,
  connection: string,
  { gap }: SpaceSubject,
  admins: Principal[],
  { active, unlinked, members }: Owners,
): Judgement {
  const facts = {
    'grants.admins': admins.slice(0, 10).map(nameOf),
  };
  const accountsOf = ({ principalType, principalId }: Principal) =>
    principalType === 'account'
      ? [principalId]
      : members.get(principalId) ?? [];
  const gapOf = ({ principalType, principalId }: Principal) =>
    principalType === 'group'
      ? data.gap(connection, 'memberships', principalId)
      : undefined;
  const owned = admins.filter(admin =>
    accountsOf(admin).some(id => active.has(id)),
  );
  if (owned.length > 0) {
    // One way to an owner that is whole is enough.
    const why = owned.map(gapOf);
    const broken = why.every(Boolean) ? why[0] : undefined;
    return {
      verdict: 'pass',
      reason: 'owner-active',
      facts: {},
      requires: ['accounts', 'people'],
      gap: gap ?? broken,
    };
  }
  if (admins.some(admin => accountsOf(admin).some(id => unlinked.has(id)))) {
    return { verdict: 'unknown', reason: 'owner-not-linked', facts };
  }
  const strange = admins.some(
    ({ principalType }) => !['account', 'group'].includes(principalType),
  );
  if (strange) {
    return { verdict: 'unknown', reason: 'owned-by-class', facts };
  }
  return {
    verdict: 'fail',
    reason: admins.length > 0 ? 'owners-gone' : 'no-admin',
    facts,
    restsOnAbsence: true,
    requires: ['accounts', 'people'],
    gap: gap ?? admins.map(gapOf).find(Boolean),
  };
}

async function* evaluate(context: CheckContext): AsyncIterable<CheckResult> {
  const { data } = context;
  const people = await data.peopleByAccount();
  for (const connection of context.connections) {
    const admins = await principalsBySpace(data, connection, {
      operation: 'administer',
    });
    const owners = await ownersOf(context, connection, admins.all, people);
    for await (const subject of spacesOf(context, connection)) {
      const { spaceId } = subject;
      const own = admins.of(spaceId);
      yield {
        connection,
        subjectId: spaceId,
        about: aboutSpace(spaceId),
        ...judge(context, connection, subject, own, owners),
      };
    }
  }
}

/** Somebody answers for every space. */
export const activeOwner: ConfluenceCheck<typeof parameters> = {
  id: 'space.active-owner',
  title: 'Every space has an administrator who is employed',
  description:
    'At least one account that administers the space, by itself or through a group, can sign in and belongs to a person who is employed. Where only accounts of nobody known or a class of users administer it, that is unknown. Administrators of the whole site do not count: they do not answer for one space.',
  severity: 'medium',
  subjectKind: 'space',
  requires: ['spaces', 'grants', 'accounts', 'memberships', 'people'],
  listedBy: ['spaces'],
  improves: ['directory'],
  parameters,
  controls: controlsOf('space.active-owner'),
  howToFix: [
    'Agree on a team that answers for the space.',
    'Open the space, choose Space settings, then Space permissions, and give the permission Admin to a group of that team.',
    'When nobody can open its settings, an administrator of the site chooses Confluence settings, then Space permissions, and Recover permissions of that space.',
    'When nobody needs the space, choose Space settings, then Archive space.',
    'Press Sync now: the finding ends with the next complete read.',
  ],
  state: 'ready',
  evaluate,
};
