// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  MissingScopeError,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type { Knex } from 'knex';
import type { History, Revision } from '../../history';
import { factsOf, type ItemRow } from '../rows';
import type { Call, Planned } from './calls';
import { CannotRemove } from './rows';
import type { GrantNow, SpaceGrants, SpaceNow } from './spaceGrants';
import { leaving } from './underWay';
import { personAmong, standingGrants, type WhyNotOptions } from './whyNot';

export interface LookOptions extends Pick<WhyNotOptions, 'cards'> {
  knex: Knex;
  history: WhyNotOptions['history'] & Pick<History, 'rows'>;
}

/** Where something is looked at, and by what kind of credential. */
export interface Looked {
  spaces: SpaceGrants;
  /** An OAuth client, which Atlassian keeps from permissions of spaces. */
  isApp: boolean;
}

/**
 * The request that removes an account from a group, or what a space grants to it. That is from what the
 * site says now, and must be just what was decided on.
 *
 * @throws CannotRemove with the reason why there is none
 */
export async function lookAt(
  options: LookOptions,
  item: ItemRow,
  site: Looked,
  { fresh }: { fresh: boolean },
): Promise<Planned> {
  try {
    return await look(options, item, site, fresh);
  } catch (error) {
    throw error instanceof AtlassianError
      ? new CannotRemove(whyUnread(error))
      : error;
  }
}

async function look(
  options: LookOptions,
  item: ItemRow,
  { spaces, isApp }: Looked,
  fresh: boolean,
): Promise<Planned> {
  const { dataset, container: space, principal_id: account } = item;
  if ((await spaces.me()) === account) {
    throw new CannotRemove('own-access');
  }
  if (dataset === 'memberships') {
    return { call: { by: 'membership', group: space, account } };
  }
  const now = await spaces.in(space, { fresh });
  const own = now.grants.find(
    ({ type, id }) => type === 'user' && id === account,
  );
  if (!own) {
    throw new CannotRemove('not-there');
  }
  const asOf = await options.history.head();
  const rows = await standingGrants(options.history, item, asOf);
  const byRoles = rows.some(({ payload }) => payload.role !== null);
  const decided = [...factsOf(item).operations].sort();
  if (
    byRoles !== (now.by === 'roles') ||
    own.operations.join('\n') !== decided.join('\n')
  ) {
    throw new CannotRemove('changed-since');
  }
  if (
    administers(own) &&
    !(await othersAdminister(options, item, now, spaces, asOf))
  ) {
    throw new CannotRemove('last-administrator');
  }
  const call = await callFor(item, own, now, { spaces, isApp });
  // Whatever is granted after this goes, too: so nothing else is asked in between.
  const last = fresh ? await spaces.in(space, { fresh }) : now;
  if (JSON.stringify(last) !== JSON.stringify(now)) {
    throw new CannotRemove('changed-since');
  }
  return { call, removes: own.operations };
}

async function callFor(
  { container: space, principal_id: account }: ItemRow,
  own: GrantNow,
  { by }: SpaceNow,
  { spaces, isApp }: Looked,
): Promise<Call> {
  if (by === 'roles') {
    return { by: 'role', space, account, role: own.roles.join(',') };
  }
  if (isApp) {
    throw new CannotRemove('not-for-apps');
  }
  const permission = own.readPermission;
  if (permission === undefined || !/^\d{1,19}$/.test(permission)) {
    throw new CannotRemove('no-read-permission');
  }
  const key = await spaces.keyOf(space);
  return { by: 'permission', space, key, permission };
}

function administers({ operations }: GrantNow): boolean {
  return operations.includes('administer space');
}

/**
 * Whether a person is known besides who can sign in and administers the space, and is not being removed;
 * whose credential it is does not count.
 */
async function othersAdminister(
  { knex, cards }: LookOptions,
  { connection, container, principal_id: account }: ItemRow,
  { grants }: SpaceNow,
  spaces: SpaceGrants,
  asOf: Revision,
): Promise<boolean> {
  const me = await spaces.me();
  const counts = async (ids: string[], gone: Set<string>) => {
    const others = ids.filter(
      id => id !== account && id !== me && !gone.has(id),
    );
    return personAmong(cards, connection, others, asOf);
  };
  const idsOf = (type: string) =>
    grants.flatMap(one =>
      one.type === type && administers(one) ? one.id : [],
    );
  const space = { connection, dataset: 'grants', container } as const;
  const gone = await leaving(knex, space);
  const users = idsOf('user');
  for (let at = 0; at < users.length; at += 200) {
    if (await counts(users.slice(at, at + 200), gone)) {
      return true;
    }
  }
  for (const id of idsOf('group')) {
    const group = {
      connection,
      dataset: 'memberships',
      container: id,
    } as const;
    const left = await leaving(knex, group);
    for await (const members of spaces.membersOf(id)) {
      if (await counts(members, left)) {
        return true;
      }
    }
  }
  return false;
}

/** Why the site could not be read, as a code; nothing was sent that changes it. */
function whyUnread(error: AtlassianError): string {
  if (error instanceof MissingScopeError) {
    return 'read-scope-missing';
  }
  if (error instanceof NotVisibleError) {
    return 'not-visible';
  }
  return error instanceof CredentialRefusedError
    ? 'credential-refused'
    : 'not-read';
}
