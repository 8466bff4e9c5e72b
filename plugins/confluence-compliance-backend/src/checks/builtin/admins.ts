// SPDX-License-Identifier: Apache-2.0
import type {
  CheckContext,
  CheckDirectoryEntry,
  CheckResult,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { isOut, Judgement } from './judgement';

const PLATFORM = ['atlassian/org-admin', 'atlassian/site-admin'];
const PRODUCT = ['atlassian/admin', 'atlassian/user-access-admin'];

/** An account that administers the organization, the site or Confluence on it. */
export interface Admin {
  accountId: string;
  entry: CheckDirectoryEntry;
  /** Roles that make it one, sorted. */
  roles: string[];
}

export interface Admins {
  admins: Admin[];
  /** Accounts of which nobody says whether they are one. */
  unsaid: string[];
  /** Of some, Atlassian does not say which roles they have in the organization. */
  rolesUnsaid: boolean;
  /** Nobody knows which product of the organization the site is. */
  siteUnknown: boolean;
}

/** The administrators that the organization names; nobody who cannot sign in. Few have these roles. */
export async function adminsOf(
  { data, signal }: Pick<CheckContext, 'data' | 'signal'>,
  connection: string,
): Promise<Admins> {
  const admins: Admin[] = [];
  const unsaid: string[] = [];
  let siteUnknown = false;
  let rolesUnsaid = false;
  for await (const rows of data.directory(connection)) {
    signal.throwIfAborted();
    for (const { key: accountId, payload: entry } of rows) {
      const { platformRoles, roles: productRoles } = entry;
      siteUnknown ||= productRoles === null;
      const roles = [
        ...(platformRoles ?? []).filter(role => PLATFORM.includes(role)),
        ...(productRoles ?? []).filter(role => PRODUCT.includes(role)),
      ].sort();
      if (isOut(entry)) {
        continue;
      }
      if (roles.length > 0) {
        admins.push({ accountId, entry, roles });
      } else if (platformRoles === null || productRoles === null) {
        rolesUnsaid ||= platformRoles === null;
        unsaid.push(accountId);
      }
    }
  }
  return { admins, unsaid, rolesUnsaid, siteUnknown };
}

/** The subject and what it is about, of an account that administers a site. */
export function onAdmin(connection: string, accountId: string) {
  const resource = `site:${connection}`;
  return {
    connection,
    subjectId: `${resource}|${accountId}`,
    about: { account: accountId, resource },
  };
}

/** On accounts that may be administrators no longer, or still: what was found of them stays open. */
export function* onUnsaid(
  connection: string,
  { unsaid, siteUnknown }: Admins,
): Iterable<CheckResult> {
  for (const accountId of unsaid) {
    yield {
      ...onAdmin(connection, accountId),
      verdict: 'unknown',
      reason: siteUnknown ? 'site-unknown' : 'roles-not-said',
      facts: {},
      onlyIfJudgedBefore: true,
    };
  }
}

/** Why not every administrator is known, or none at all; undefined where they are. */
export function whyNotAll({
  admins,
  rolesUnsaid,
  siteUnknown,
}: Admins): Judgement | undefined {
  const unknown = (reason: string): Judgement => ({
    verdict: 'unknown',
    reason,
    facts: {},
    restsOnAbsence: true,
    requires: ['directory'],
  });
  if (siteUnknown) {
    return unknown('site-unknown');
  }
  if (rolesUnsaid) {
    return unknown('roles-not-said');
  }
  return admins.length === 0 ? unknown('no-admin-seen') : undefined;
}
