// SPDX-License-Identifier: Apache-2.0
import type {
  PathStep,
  TimelineEntry,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  AccountPayload,
  GroupPayload,
  IdentityLinkPayload,
  Principal,
  Revision,
  SpacePayload,
  TimelineRecord,
  TimelineSubject,
} from '../history';
import type { CardRooms } from './CardContext';
import { stepsOf } from './grantWords';

type Rooms = Pick<CardRooms, 'cards' | 'history' | 'lookups'>;

/** What became of a subject, as the contract has it; names are those of today, or the last known. */
export async function toTimeline(
  rooms: Rooms,
  subject: TimelineSubject,
  records: TimelineRecord[],
  revision: Revision,
): Promise<TimelineEntry[]> {
  const { connection } = subject;
  const grants = records.filter(({ dataset }) => dataset === 'grants');
  const resource = await rooms.lookups.resources(
    grants.map(record => ({ connection, id: placeOf(subject, record) })),
    revision,
  );
  const step = await namedSteps(
    rooms,
    connection,
    records.flatMap(record => principalsOf(subject, record)),
    revision,
  );
  return records.flatMap((record): TimelineEntry[] => {
    const { dataset, revision: at, kind, before, after } = record;
    const change = { revision: at, at: record.at, kind, run: record.run };
    switch (dataset) {
      case 'accounts':
        return [{ ...change, dataset, ...both(before, after, toAccount) }];
      case 'identity_links':
        return [{ ...change, dataset, ...both(before, after, toLink) }];
      case 'groups':
        return [{ ...change, dataset, ...both(before, after, toGroup) }];
      case 'spaces':
        return [{ ...change, dataset, ...both(before, after, toSpace) }];
      case 'memberships': {
        const [group, account] = principalsOf(subject, record).map(step);
        return [{ ...change, dataset, group, account }];
      }
      default: {
        const found = resource(connection, placeOf(subject, record));
        const [principal] = principalsOf(subject, record).map(step);
        const states = both(before, after, (state: Powers) => state);
        return found
          ? [{ ...change, dataset, principal, resource: found, ...states }]
          : [];
      }
    }
  });
}

type Powers = NonNullable<
  Extract<TimelineEntry, { dataset: 'grants' }>['before']
>;

/** The ref of the space that a grant is on. */
function placeOf(subject: TimelineSubject, { ids }: TimelineRecord): string {
  return `space:${subject.kind === 'space' ? subject.id : ids[0]}`;
}

/** Who a grant is to; of a membership the group and the account. */
function principalsOf(
  { kind, id }: TimelineSubject,
  { dataset, ids }: TimelineRecord,
): Principal[] {
  if (dataset === 'memberships') {
    const [group, account] = kind === 'group' ? [id, ids[0]] : [ids[0], id];
    return [
      { type: 'group', id: group },
      { type: 'account', id: account },
    ];
  }
  if (dataset !== 'grants') {
    return [];
  }
  return kind === 'space'
    ? [{ type: ids[0], id: ids[1] }]
    : [{ type: kind, id }];
}

async function namedSteps(
  { cards, history, lookups }: Rooms,
  connection: string,
  principals: Principal[],
  revision: Revision,
): Promise<(principal: Principal) => PathStep> {
  const idsOf = (type: string) =>
    principals.filter(one => one.type === type).map(({ id }) => id);
  const groups = await lookups.groupNames(connection, idsOf('group'), revision);
  const profiles = await history.profiles('account', idsOf('account'));
  const step = await stepsOf(cards, connection, principals, revision);
  return ({ type, id }) => {
    const profile = profiles.get(id);
    const name =
      type === 'account' ? profile?.name ?? profile?.publicName : undefined;
    return step({ type, id, name: type === 'group' ? groups.get(id) : name });
  };
}

function both<P, S>(
  before: TimelineRecord['before'],
  after: TimelineRecord['after'],
  to: (payload: P) => S,
): { before?: S; after?: S } {
  return {
    ...(before && { before: to(before as P) }),
    ...(after && { after: to(after as P) }),
  };
}

function toAccount(payload: AccountPayload) {
  const { accountStatus: status, class: accountClass, listed } = payload;
  return { status, class: accountClass, listed };
}

function toLink({ person, how }: IdentityLinkPayload) {
  return { person, how };
}

function toGroup({ name, managedBy, usageType }: GroupPayload) {
  return { name, managedBy, usageType };
}

function toSpace({ key, name, type, status }: SpacePayload) {
  return { key, name, type, status };
}
