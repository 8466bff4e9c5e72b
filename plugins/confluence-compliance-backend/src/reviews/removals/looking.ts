// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  MissingScopeError,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import { type History, isComplete, type Revision } from '../../history';
import { factsOf, type ItemRow } from '../rows';
import type { Planned } from './calls';
import { CannotRemove } from './rows';
import type { GrantNow, SpaceGrants, SpaceNow } from './spaceGrants';
import { personAmong, standingGrants, type WhyNotOptions } from './whyNot';

export interface LookOptions extends Pick<WhyNotOptions, 'cards'> {
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
  const me = await spaces.me();
  if (me === account) {
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
    !(await othersAdminister(options, item, now, me, asOf))
  ) {
    throw new CannotRemove('last-administrator');
  }
  const removes = own.operations;
  if (now.by === 'roles') {
    const role = own.roles.join(',');
    return { call: { by: 'role', space, account, role }, removes };
  }
  if (isApp) {
    throw new CannotRemove('not-for-apps');
  }
  const permission = own.readPermission;
  if (permission === undefined || !/^\d{1,19}$/.test(permission)) {
    throw new CannotRemove('no-read-permission');
  }
  const key = await spaces.keyOf(space);
  return { call: { by: 'permission', space, key, permission }, removes };
}

function administers({ operations }: GrantNow): boolean {
  return operations.includes('administer space');
}

/** Whether a person is known besides who can sign in and administers the space; whose credential it is does not count. */
async function othersAdminister(
  { history, cards }: LookOptions,
  { connection, principal_id: account }: ItemRow,
  { grants }: SpaceNow,
  me: string,
  asOf: Revision,
): Promise<boolean> {
  const isOther = (id: string) => id !== account && id !== me;
  const idsOf = (type: string) =>
    grants.flatMap(one =>
      one.type === type && administers(one) ? one.id : [],
    );
  const users = idsOf('user').filter(isOther);
  for (let at = 0; at < users.length; at += 200) {
    const some = users.slice(at, at + 200);
    if (await personAmong(cards, connection, some, asOf)) {
      return true;
    }
  }
  for (const key of idsOf('group')) {
    const list = { source: connection, dataset: 'memberships', key } as const;
    const [state] = await history.containers(list);
    if (state?.presence !== 'present' || !isComplete(state)) {
      continue;
    }
    const members = history.rows('memberships', {
      source: connection,
      container: key,
      asOf,
      batch: 200,
    });
    for await (const batch of members) {
      const ids = batch.map(({ payload }) => payload.accountId).filter(isOther);
      if (await personAmong(cards, connection, ids, asOf)) {
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
