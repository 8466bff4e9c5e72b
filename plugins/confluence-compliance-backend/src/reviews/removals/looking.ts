// SPDX-License-Identifier: Apache-2.0
import {
  AtlassianError,
  CredentialRefusedError,
  MissingScopeError,
  NotVisibleError,
} from '@confluence-compliance/atlassian-client';
import type { Knex } from 'knex';
import type { History } from '../../history';
import { factsOf, type ItemRow } from '../rows';
import { administers, refuseLast, refuseLastOfGroup } from './administrators';
import type { Call, Planned } from './calls';
import { CannotRemove } from './rows';
import type { GrantNow, SpaceGrants, SpaceNow } from './spaceGrants';
import { standingGrants, type WhyNotOptions } from './whyNot';

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
  const asOf = await options.history.head();
  const administrators = { ...options, spaces, asOf, fresh };
  if (dataset === 'memberships') {
    await refuseLastOfGroup(administrators, item);
    return { call: { by: 'membership', group: space, account } };
  }
  const now = await spaces.in(space, { fresh });
  const own = now.grants.find(
    ({ type, id }) => type === 'user' && id === account,
  );
  if (!own) {
    throw new CannotRemove('not-there');
  }
  const rows = await standingGrants(options.history, item, asOf);
  const byRoles = rows.some(({ payload }) => payload.role !== null);
  const decided = [...factsOf(item).operations].sort();
  if (
    byRoles !== (now.by === 'roles') ||
    own.operations.join('\n') !== decided.join('\n')
  ) {
    throw new CannotRemove('changed-since');
  }
  if (administers(own)) {
    await refuseLast(administrators, item, now);
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
