// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { cannotSignIn, hasLeft, Known, withEntry } from './plainVerdicts';
import { idsOn, Site } from './sites';
import {
  APPROVED_DAYS_AGO,
  OWNERS,
  POLICIES,
  SitePage,
  SiteToken,
} from './upkeepSites';

type Found = Record<string, Verdict>;

/** The verdicts on the upkeep of a site that was read whole, told again as the catalogue has them. */
export function plainUpkeep(connection: string, site: Site): Found {
  const { upkeep, hasOrganization } = site;
  const { tokens, auditQuietHours: quiet } = upkeep;
  const found: Found = {
    ...spaceAdmins(connection, site),
    ...evidence(connection, site),
    ...policies(site),
  };
  if (hasOrganization) {
    tokens.forEach((own, n) => {
      const subject = `api-token/${connection}-t${n}`;
      found[`nhi.api-token-hygiene ${subject}`] = token(
        own,
        withEntry(site.accounts[own.owner], true),
      );
    });
  }
  if (quiet !== undefined) {
    const written = quiet !== null && quiet > 24 ? 'warning' : 'pass';
    found[`audit.log-active ${connection}`] = quiet === null ? 'fail' : written;
  }
  return found;
}

/** It ends within a year, was used within 90 days, and its owner is there. */
function token(own: SiteToken, whose: Known): Verdict {
  const { status, madeDaysAgo, livesDays, usedDaysAgo } = own;
  const isOver = livesDays !== null && (madeDaysAgo ?? 0) > livesDays;
  if (isOver || status === 'BLOCKED') {
    return 'not-applicable';
  }
  if (whose && (hasLeft(whose) || cannotSignIn(whose))) {
    return 'fail';
  }
  if (madeDaysAgo === null || livesDays === null) {
    return 'unknown';
  }
  // Atlassian rounds the day up.
  if (livesDays > 366) {
    return 'fail';
  }
  if (usedDaysAgo === null) {
    return madeDaysAgo > 90 ? 'unknown' : 'pass';
  }
  return usedDaysAgo > 90 ? 'fail' : 'pass';
}

/** Everybody who administers a space is among its owners. Only those of the first are told. */
function spaceAdmins(connection: string, { spaces }: Site): Found {
  const check = 'priv.space-admin-justified';
  const ids = idsOn(connection);
  const found: Found = {};
  spaces.forEach(({ isPersonal, grants }, n) => {
    const space = `space:${ids.space(n)}`;
    if (isPersonal || n > 0) {
      found[`${check} ${space}`] = isPersonal ? 'not-applicable' : 'unknown';
      return;
    }
    for (const { to, number, operation } of grants) {
      const names = {
        account: `account/${ids.account(number)}`,
        group: `group/${ids.group(number)}`,
        anonymous: 'access-class/anonymous-users',
      };
      const isOwner =
        (to === 'account' && OWNERS.accounts.includes(number)) ||
        (to === 'group' && OWNERS.groups.includes(ids.group(number)));
      if (operation === 'administer') {
        const judged = isOwner ? 'pass' : 'fail';
        found[`${check} ${space}|${names[to]}`] = judged;
      }
    }
  });
  return found;
}

/** All of it was read whole within two days, pages within eight; no credential ends. */
function evidence(connection: string, site: Site): Found {
  const { upkeep, hasOrganization } = site;
  const { ages, labels, credentials } = upkeep;
  const on = (what: string) =>
    `integration.evidence-fresh site:${connection}|${what}`;
  const found: Found = {
    [on('groups')]: 'pass',
    [on('memberships')]: 'pass',
    [on('grants')]: 'pass',
    ...(hasOrganization && { [on('directory')]: 'pass' }),
  };
  for (const [dataset, hours] of Object.entries(ages)) {
    const most = dataset === 'pages' ? 192 : 48;
    found[on(dataset)] = hours > most ? 'fail' : 'pass';
  }
  if (!labels) {
    found[on('labels')] = 'unknown';
  }
  credentials.forEach((state, n) => {
    const words = { stored: 'pass', expiring: 'warning' } as const;
    found[on(`credential:m${n}`)] =
      state === 'stored' || state === 'expiring' ? words[state] : 'fail';
  });
  return found;
}

/** A page that a policy is, by number; without what was read of it where only its label is known. */
interface Fulfilling {
  number: number;
  read?: SitePage;
}

/** The pages that the rule of a policy names. */
function pagesOf(
  number: number,
  { pages, labels }: Site['upkeep'],
): Fulfilling[] {
  const all = pages.map((read, n) => ({ number: n, read }));
  switch (number) {
    case 0:
      return all.filter(own => own.number === 0);
    case 1:
      return [
        ...all.filter(
          ({ read }) => labels && read.hasLabel && read.status === 'current',
        ),
        ...(labels?.onUnread ? [{ number: 9 }] : []),
      ];
    case 4:
      return all.filter(own => own.number === 3);
    default:
      return all.filter(
        ({ read }) =>
          read.space === number - 2 && read.title.toLowerCase() === 'rules',
      );
  }
}

/** The one current page of a policy, or what checks say where there is none to judge. */
export function documentOf(
  policy: number,
  upkeep: Site['upkeep'],
): { none: Verdict } | { none?: undefined; number: number; version?: number } {
  const current = pagesOf(policy, upkeep).filter(
    ({ read }) => !read || read.status === 'current',
  );
  if (current.length !== 1) {
    // A label that was never looked for may be anywhere.
    const isUnsure = policy === 1 && !upkeep.labels;
    return { none: isUnsure ? 'unknown' : 'not-applicable' };
  }
  const [{ number, read }] = current;
  return { number, version: read?.version };
}

function policies(site: Site): Found {
  const { upkeep } = site;
  const found: Found = {};
  POLICIES.forEach((policy, n) => {
    const say = (check: string, verdict: Verdict) => {
      found[`policy.${check} p${n}`] = verdict;
    };
    const current = pagesOf(n, upkeep).filter(
      ({ read }) => !read || read.status === 'current',
    );
    // A label that was never looked for may be anywhere.
    const isUnsure = n === 1 && !upkeep.labels;
    const missing = isUnsure ? 'unknown' : 'fail';
    say('document-set-up', current.length === 1 ? 'pass' : missing);
    if (current.length !== 1) {
      const none = isUnsure ? 'unknown' : 'not-applicable';
      say('approved-version-current', none);
      say('reviewed-on-time', none);
      say('owner-active', none);
      return;
    }
    const [{ number, read }] = current;
    const approvals = upkeep.approvals.filter(
      own => own.policy === n && own.page === number,
    );
    const versions = approvals.map(({ version }) => version);
    say('approved-version-current', approved(read, versions));
    const reviews = approvals
      .filter(({ isMinor }) => !isMinor)
      .map(({ version }) => APPROVED_DAYS_AGO[version] <= 365);
    const told = 'reviewed' in policy ? policy.reviewed : undefined;
    say(
      'reviewed-on-time',
      reviewed(read, [...reviews, ...(told ? [told >= '2025-03-10'] : [])]),
    );
    say('owner-active', owner(read, site));
  });
  return found;
}

/** The approval names the version that is published. */
function approved(read: SitePage | undefined, versions: number[]): Verdict {
  if (versions.length === 0) {
    return 'fail';
  }
  const newest = Math.max(...versions);
  if (!read || newest > read.version) {
    return 'unknown';
  }
  return newest === read.version ? 'pass' : 'fail';
}

/** The last review was within twelve months; who edits does not review. */
function reviewed(read: SitePage | undefined, recent: boolean[]): Verdict {
  if (recent.length > 0) {
    return recent.includes(true) ? 'pass' : 'fail';
  }
  const days = read?.touchedDaysAgo ?? null;
  return days !== null && days > 365 ? 'fail' : 'unknown';
}

/** The page has an owner who is employed and can sign in. */
function owner(read: SitePage | undefined, site: Site): Verdict {
  if (!read) {
    return 'unknown';
  }
  if (read.owner === null) {
    return 'fail';
  }
  const own = withEntry(site.accounts[read.owner], site.hasOrganization);
  if (!own) {
    return 'unknown';
  }
  if (hasLeft(own) || cannotSignIn(own)) {
    return 'fail';
  }
  if (own.person === 'missing') {
    return 'warning';
  }
  return own.person === 'employed' ? 'pass' : 'unknown';
}
