// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import type { History, Revision } from '../../history';
import type { ItemRow } from '../rows';
import { CannotRemove } from './rows';
import type { GrantNow, SpaceGrants, SpaceNow } from './spaceGrants';
import { leaving } from './underWay';
import { personAmong, type WhyNotOptions } from './whyNot';

/** How it is found out who administers a space. */
export interface AdministratorsOptions extends Pick<WhyNotOptions, 'cards'> {
  knex: Knex;
  history: Pick<History, 'rows'>;
  spaces: SpaceGrants;
  asOf: Revision;
  /** Whether what was read before is asked for again. */
  fresh: boolean;
}

/** What goes, and where. */
type Going = Pick<ItemRow, 'connection' | 'container' | 'principal_id'>;

export function administers({ operations }: GrantNow): boolean {
  return operations.includes('administer space');
}

/** Refuses to take from a space what its last known administrator is granted. */
export async function refuseLast(
  options: AdministratorsOptions,
  going: Going,
  now: SpaceNow,
): Promise<void> {
  if (!(await othersAdminister(options, going, now))) {
    throw new CannotRemove('last-administrator');
  }
}

/** Refuses to take the last person out of a group that alone is known to administer a space. */
export async function refuseLastOfGroup(
  options: AdministratorsOptions,
  { connection, container: group, principal_id }: Going,
): Promise<void> {
  const spaceIds = await administeredBy(options, connection, group);
  if (spaceIds.length === 0) {
    return;
  }
  const going = { connection, container: group, principal_id };
  if (await someoneIn(options, going, group)) {
    return;
  }
  const { spaces, fresh } = options;
  for (const container of spaceIds) {
    const now = await spaces.in(container, { fresh });
    const still = now.grants.some(
      one => one.type === 'group' && one.id === group && administers(one),
    );
    if (still) {
      await refuseLast(options, { ...going, container }, now);
    }
  }
}

/** Ids of the spaces that a group administers, as last read. */
async function administeredBy(
  { history, asOf }: AdministratorsOptions,
  source: string,
  principalId: string,
): Promise<string[]> {
  const found = new Set<string>();
  const only = { principalType: 'group', principalId };
  for await (const rows of history.rows('grants', { source, only, asOf })) {
    for (const { payload } of rows) {
      if (payload.operation === 'administer' && payload.target === 'space') {
        found.add(payload.spaceId);
      }
    }
  }
  return [...found];
}

/**
 * Whether a person is known besides who can sign in and administers the space, and is not being removed;
 * whose credential it is does not count.
 */
async function othersAdminister(
  options: AdministratorsOptions,
  going: Going,
  { grants }: SpaceNow,
): Promise<boolean> {
  const { connection, container } = going;
  const idsOf = (type: string) =>
    grants.flatMap(one =>
      one.type === type && administers(one) ? one.id : [],
    );
  const gone = await leaving(options.knex, {
    connection,
    dataset: 'grants',
    container,
  });
  const users = idsOf('user');
  for (let at = 0; at < users.length; at += 200) {
    if (await counts(options, going, users.slice(at, at + 200), gone)) {
      return true;
    }
  }
  for (const group of idsOf('group')) {
    if (await someoneIn(options, going, group)) {
      return true;
    }
  }
  return false;
}

/** The same of who is in a group now. */
async function someoneIn(
  options: AdministratorsOptions,
  going: Going,
  group: string,
): Promise<boolean> {
  const gone = await leaving(options.knex, {
    connection: going.connection,
    dataset: 'memberships',
    container: group,
  });
  for await (const members of options.spaces.membersOf(group)) {
    if (await counts(options, going, members, gone)) {
      return true;
    }
  }
  return false;
}

async function counts(
  { cards, spaces, asOf }: AdministratorsOptions,
  { connection, principal_id: account }: Going,
  ids: string[],
  gone: ReadonlySet<string>,
): Promise<boolean> {
  const me = await spaces.me();
  const others = ids.filter(id => id !== account && id !== me && !gone.has(id));
  return personAmong(cards, connection, others, asOf);
}
