// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { plainOversight } from './plainOversight';
import { plainUpkeep } from './plainUpkeep';
import { idsOn, Site, SiteAccount, SiteGrant } from './sites';
import {
  APPROVED_ADMINS,
  APPROVED_APPS,
  MOST_ADMINS,
  SERVICE_OWNERS,
  SPONSORS,
} from './toldSites';
import type { SiteToken } from './upkeepSites';

/** The verdicts of the checks on a site that was read whole, told again: slow, and one sentence each. */
export function plainVerdicts(
  connection: string,
  site: Site,
): Record<string, Verdict> {
  const { accounts, groups, spaces } = site;
  const ids = idsOn(connection);
  const verdicts: Record<string, Verdict> = {};
  const say = (check: string, subject: string, verdict: Verdict | null) => {
    if (verdict) {
      verdicts[`${check} ${subject}`] = verdict;
    }
  };
  const everyNumber = Array.from({ length: 16 }, (_, n) => n);
  const inGroup = (n: number, g: number) => groups[g].includes(n);
  const inAnyGroup = (n: number) => groups.some(members => members.includes(n));
  const has = (n: number, grant: SiteGrant) =>
    grant.to === 'account'
      ? grant.number === n
      : grant.to === 'group' && inGroup(n, grant.number % 3);

  everyNumber.forEach(n => {
    const id = ids.account(n);
    const own = withEntry(accounts[n], site.hasOrganization);
    const groupsOf = inAnyGroup(n);
    say('access.offboarded-removed', id, offboarded(own, leftOf(site, n)));
    say('access.user-identified', id, identified(own, groupsOf));
    say(
      'access.critical-system-valid',
      `site:${connection}|${id}`,
      usesSite(own, groupsOf) ? keepsToStaff(own) : null,
    );
    say(
      'access.critical-system-valid',
      `space:${ids.space(0)}|${id}`,
      spaces[0].grants.some(grant => has(n, grant))
        ? keepsToGroup(own, inGroup(n, 0))
        : null,
    );
    if (!own) {
      return;
    }
    const seat = hasSeat(own);
    const ofSeat = (verdict: Verdict) => (seat ? verdict : 'not-applicable');
    say('auth.mfa-enabled', id, ofSeat(mfa(own)));
    say('access.inactive-account', id, ofSeat(active(own)));
    say('access.centrally-provisioned', id, ofSeat(provisioned(own)));
    say('access.shared-account', id, ofSeat(notShared(own)));
    say('access.external-approved', id, ofSeat(external(own, n)));
    say('nhi.service-identity-owned', id, serviceOwned(own, n));
    if (own.class === 'app') {
      const writes = spaces.some(({ grants }) =>
        grants.some(grant => grant.operation !== 'read' && has(n, grant)),
      );
      const judged = writes && !APPROVED_APPS.includes(n) ? 'fail' : 'pass';
      say(
        'space.app-write-access',
        id,
        isGone(own) ? 'not-applicable' : judged,
      );
    }
  });

  if (spaces[0].grants.some(({ to }) => to === 'anonymous')) {
    const subject = `space:${ids.space(0)}|anonymous`;
    say('access.critical-system-valid', subject, 'fail');
  }
  spaces.forEach(({ isPersonal, grants }, n) => {
    const id = ids.space(n);
    const isOpen = grants.some(({ to }) => to === 'anonymous');
    say('space.no-anonymous', id, isOpen ? 'fail' : 'pass');
    const named = grants
      .filter(({ to }) => to === 'account')
      .map(({ number }) => accounts[number]);
    say(
      'access.no-direct-grants',
      id,
      isPersonal ? 'not-applicable' : noneNamed(named),
    );
    const admins = grants.filter(g => g.operation === 'administer');
    const owners = everyNumber
      .filter(m => admins.some(grant => has(m, grant)))
      .map(m => withEntry(accounts[m], site.hasOrganization))
      .filter(own => own !== undefined && !cannotSignIn(own));
    const byClass = admins.some(({ to }) => to === 'anonymous');
    say('space.active-owner', id, owned(owners as SiteAccount[], byClass));
  });

  const listed = accounts
    .map((own, n) => ({ own: withEntry(own, site.hasOrganization), n }))
    .filter(({ own }) => own?.entry && !isOut(own));
  const isAdmin = ({ own }: (typeof listed)[number]) =>
    own?.entry?.isAdmin ||
    own?.entry?.platform?.includes('atlassian/org-admin');
  const admins = listed.filter(isAdmin);
  const unsaid = listed.some(
    found => !isAdmin(found) && found.own?.entry?.platform === null,
  );
  admins.forEach(({ own, n }) => {
    const subject = `site:${connection}|${ids.account(n)}`;
    say('auth.admin-mfa', subject, mfa(own as SiteAccount));
    const isApproved = APPROVED_ADMINS.includes(n);
    say('priv.admin-limited', subject, isApproved ? 'pass' : 'fail');
  });
  const allKnown = admins.length > 0 && !unsaid;
  say(
    'auth.admin-mfa',
    `site:${connection}|admins`,
    allKnown ? null : 'unknown',
  );
  const few = allKnown ? 'pass' : 'unknown';
  say(
    'priv.admin-limited',
    `site:${connection}|count`,
    admins.length > MOST_ADMINS ? 'fail' : few,
  );
  return {
    ...verdicts,
    ...plainUpkeep(connection, site),
    ...plainOversight(connection, site),
  };
}

export type Known = SiteAccount | undefined;

/** Without an organization nobody says anything of an account. */
export function withEntry(own: Known, said: boolean): Known {
  return own && (said ? own : { ...own, entry: null });
}

function isGone({ status }: SiteAccount) {
  return status === 'inactive' || status === 'closed';
}

function isOut({ entry }: SiteAccount) {
  return entry?.account === 'inactive' || entry?.membership === 'suspended';
}

/** Nobody signs in with it, for good or for now. */
export function cannotSignIn(own: SiteAccount): boolean {
  return isGone(own) || own.status === 'suspended' || isOut(own);
}

export const hasLeft = ({ person }: SiteAccount) =>
  person === 'left' || person === 'leaving';

/** A closed account loses its email at once. */
const showsEmail = ({ email, status }: SiteAccount) =>
  email !== 'hidden' && status !== 'closed';

/** A person may use the site with it. */
export function hasSeat(own: SiteAccount) {
  return (
    own.class !== 'app' &&
    own.class !== 'service' &&
    !isGone(own) &&
    !isOut(own) &&
    own.entry?.licensed !== false &&
    own.listed
  );
}

function usesSite(own: Known, inGroups: boolean) {
  return inGroups || (own !== undefined && own.listed && !isGone(own));
}

/** What an account with a number still has. */
function leftOf(site: Site, n: number) {
  const names = ({ to, number }: SiteGrant) => to === 'account' && number === n;
  const named = site.spaces.filter(({ grants }) => grants.some(names));
  const isUsable = ({ status, madeDaysAgo, livesDays }: SiteToken) =>
    status !== 'BLOCKED' &&
    (livesDays === null || livesDays >= (madeDaysAgo ?? 0));
  return {
    inGroups: site.groups.some(members => members.includes(n)),
    inSpaces: named.length > 0,
    inSharedSpaces: named.some(({ isPersonal }) => !isPersonal),
    hasToken:
      site.hasOrganization &&
      site.upkeep.tokens.some(token => token.owner === n && isUsable(token)),
  };
}

function offboarded(
  own: Known,
  left: ReturnType<typeof leftOf>,
): Verdict | null {
  const { inGroups, inSpaces, inSharedSpaces, hasToken } = left;
  if (!own) {
    return inGroups ? 'unknown' : null;
  }
  if (!own.person) {
    const isMachine = own.class === 'app' || own.class === 'service';
    const isUsed = own.status === 'active' || own.listed;
    return !isMachine && isUsed ? 'unknown' : 'not-applicable';
  }
  if (own.person === 'employed') {
    return 'pass';
  }
  const isDeactivated =
    own.status === 'closed' || own.entry?.account === 'inactive';
  const isSuspended =
    !isDeactivated &&
    (own.status === 'suspended' || own.entry?.membership === 'suspended');
  if (isDeactivated || (own.status === 'inactive' && !isSuspended)) {
    const isNamed = inSharedSpaces && own.status !== 'closed';
    return inGroups || isNamed || hasToken ? 'warning' : 'pass';
  }
  if (own.person === 'missing' || isSuspended) {
    return 'warning';
  }
  if (!inGroups && !inSpaces && !hasToken && !own.listed) {
    return 'pass';
  }
  return own.person === 'left' ? 'fail' : 'warning';
}

function identified(own: Known, inGroups: boolean): Verdict | null {
  if (!own) {
    return inGroups ? 'unknown' : null;
  }
  if (own.person) {
    return 'pass';
  }
  const isUsed = inGroups || (own.listed && own.status !== 'closed');
  if (own.class === 'app' || !isUsed) {
    return 'not-applicable';
  }
  if (own.class === 'service' || own.class === 'shared') {
    return 'warning';
  }
  return own.class === 'guest' || showsEmail(own) ? 'fail' : 'unknown';
}

const violation = (own: SiteAccount): Verdict =>
  isGone(own) ? 'warning' : 'fail';

function keepsToStaff(own: Known): Verdict {
  if (!own) {
    return 'unknown';
  }
  if (own.person) {
    return ofPerson(own);
  }
  if (own.class === 'app' || own.class === 'service') {
    return 'not-applicable';
  }
  return own.class === 'person' && !showsEmail(own)
    ? 'unknown'
    : violation(own);
}

function keepsToGroup(own: Known, isMember: boolean): Verdict {
  if (own?.person && own.person !== 'employed') {
    return ofPerson(own);
  }
  if (own?.class === 'app' && !own.person) {
    return 'not-applicable';
  }
  if (isMember) {
    return 'pass';
  }
  return own ? violation(own) : 'unknown';
}

function ofPerson(own: SiteAccount): Verdict {
  if (own.person === 'employed') {
    return 'pass';
  }
  return hasLeft(own) ? violation(own) : 'warning';
}

function mfa({ entry }: SiteAccount): Verdict {
  const verdicts = { enabled: 'pass', disabled: 'fail', unknown: 'unknown' };
  return entry ? (verdicts[entry.mfa] as Verdict) : 'unknown';
}

function active({ entry }: SiteAccount): Verdict {
  const days = entry?.activeDaysAgo ?? null;
  if (days === null) {
    return 'unknown';
  }
  if (days > 90) {
    return 'fail';
  }
  return days > 45 ? 'warning' : 'pass';
}

function provisioned({ class: own, entry }: SiteAccount): Verdict {
  if (own === 'guest') {
    return 'not-applicable';
  }
  if (!entry?.source) {
    return 'unknown';
  }
  return entry.source === 'synced' ? 'pass' : 'fail';
}

function notShared(own: SiteAccount): Verdict {
  if (own.class === 'shared') {
    return 'fail';
  }
  if (own.email === 'generic') {
    return 'warning';
  }
  return own.person || own.email === 'own' ? 'pass' : 'unknown';
}

function external(
  { class: own, person, entry }: SiteAccount,
  n: number,
): Verdict {
  const isStaff = person !== null || entry?.claim === 'managed';
  if (own !== 'guest' && (own === 'shared' || isStaff)) {
    return 'not-applicable';
  }
  if (own !== 'guest' && entry?.claim !== 'unmanaged') {
    return 'unknown';
  }
  return SPONSORS[n]?.holds ? 'pass' : 'fail';
}

const isKeyOf = <T extends object>(
  record: T,
  key: PropertyKey,
): key is keyof T => key in record;

function serviceOwned(own: SiteAccount, n: number): Verdict | null {
  if (own.class !== 'service') {
    return null;
  }
  if (isGone(own) || !own.listed) {
    return 'not-applicable';
  }
  if (isKeyOf(SERVICE_OWNERS, n)) {
    return SERVICE_OWNERS[n].verdict;
  }
  if (own.person === 'missing') {
    return 'warning';
  }
  return own.person && !hasLeft(own) ? 'pass' : 'fail';
}

function noneNamed(named: Known[]): Verdict {
  if (named.some(own => own && own.class !== 'app')) {
    return 'fail';
  }
  return named.some(own => !own) ? 'unknown' : 'pass';
}

function owned(owners: SiteAccount[], byClass: boolean): Verdict {
  if (owners.some(({ person }) => person === 'employed')) {
    return 'pass';
  }
  const mayOwn = owners.some(own => own.class === 'person' && !own.person);
  return mayOwn || byClass ? 'unknown' : 'fail';
}
