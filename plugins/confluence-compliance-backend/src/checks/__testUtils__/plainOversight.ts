// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  CONCERNS,
  GRACE_DAYS,
  MOST_EDITORS,
  SiteLine,
  SiteReview,
  SiteText,
} from './oversightSites';
import { documentOf } from './plainUpkeep';
import { hasSeat, withEntry } from './plainVerdicts';
import { idsOn, Site, SiteGrant } from './sites';
import { POLICIES } from './upkeepSites';

type Found = Record<string, Verdict>;

/** The verdicts on what people see to on a site that was read whole, told again as the catalogue has them. */
export function plainOversight(connection: string, site: Site): Found {
  const found: Found = {};
  POLICIES.forEach((_, n) => {
    const document = documentOf(n, site.upkeep);
    const say = (check: string, verdict: Verdict) => {
      found[`policy.${check} p${n}`] = verdict;
    };
    say(
      'structure-complete',
      document.none ?? written(n, document.number, document.version, site),
    );
    say(
      'edit-restricted-read-open',
      document.none ?? restricted(document.number, site),
    );
    say(
      'acknowledged',
      CONCERNS[n].length === 0
        ? 'not-applicable'
        : document.none ?? known(n, document.number, site),
    );
  });
  const { reviews, seenDaysAgo, revoked } = site.oversight;
  const ofSite = reviews.filter(({ over }) => over === 'site');
  const ofSpace = reviews.filter(({ over }) =>
    ['site', 'system'].includes(over),
  );
  const space = `space:${idsOn(connection).space(0)}`;
  found[`review.on-cadence site:${connection}|review`] = onCadence(
    ofSite,
    ({ gap }) => gap !== 'none',
    seenDaysAgo,
  );
  found[`review.on-cadence ${space}|review`] = onCadence(
    ofSpace,
    ({ gap }) => gap === 'space' || gap === 'group',
    seenDaysAgo,
  );
  revoked.forEach(({ state, daysAgo }, n) => {
    const late = daysAgo === null || daysAgo > 7;
    const verdicts: Record<typeof state, Verdict> = {
      removed: 'pass',
      reappeared: 'fail',
      'still-present': late ? 'fail' : 'warning',
      waiting: late ? 'unknown' : 'warning',
      'cannot-verify': 'unknown',
    };
    found[`review.revocations-verified ${connection}-i${n}`] = verdicts[state];
  });
  return found;
}

/** The published version has text under all of its headings, and no placeholder. */
function written(
  policy: number,
  page: number,
  version: number | undefined,
  { oversight }: Site,
): Verdict {
  const text = oversight.texts.find(
    own => own.policy === policy && own.page === page,
  );
  if (version === undefined || text?.version !== version || !text.lines) {
    return 'unknown';
  }
  const isEmpty = !text.isLong && text.lines.every(({ heading }) => heading);
  if (isEmpty || text.lines.some(({ text: said }) => /\bTBD\b/.test(said))) {
    return 'fail';
  }
  // What was not looked at may have either.
  if (text.isLong) {
    return 'unknown';
  }
  return hasAll(text, ['purpose']) &&
    hasAll(text, ['1. scope:', '2 scope', 'scope'])
    ? 'pass'
    : 'fail';
}

function hasAll({ lines = [] }: SiteText, spellings: string[]): boolean {
  return lines.some(
    ({ heading, text }, n) =>
      heading &&
      spellings.includes(text.toLowerCase()) &&
      saysSomething(lines.slice(n + 1), heading),
  );
}

function saysSomething(below: SiteLine[], level: number): boolean {
  const ends = below.findIndex(({ heading }) => heading && heading <= level);
  const own = ends < 0 ? below : below.slice(0, ends);
  return own.some(({ heading }) => !heading);
}

/** Few edit it, and everybody of the company who uses the site can read it. */
function restricted(page: number, site: Site): Verdict {
  const read = site.upkeep.pages[page];
  if (!read) {
    return 'unknown';
  }
  const restriction = site.oversight.restrictions?.[page] ?? undefined;
  if (restriction === 'own' || restriction === 'inherited') {
    return 'warning';
  }
  const { grants } = site.spaces[read.space];
  const administers = ({ operation }: SiteGrant) => operation === 'administer';
  const readers = grants.filter(
    own => own.operation === 'read' || administers(own),
  );
  const editors = grants.filter(
    own => own.operation === 'create' || administers(own),
  );
  const has = (n: number) => (grant: SiteGrant) =>
    grant.to === 'account'
      ? grant.number === n
      : grant.to === 'group' && site.groups[grant.number % 3].includes(n);
  const isShut = site.accounts.some((account, n) => {
    const own = withEntry(account, site.hasOrganization);
    return own?.class === 'person' && hasSeat(own) && !readers.some(has(n));
  });
  const isOpenToAll = readers.some(({ to }) => to === 'anonymous');
  if (isShut && !isOpenToAll) {
    return 'fail';
  }
  const numbers = Array.from({ length: 16 }, (_, n) => n);
  const areMany = (those: SiteGrant[]) =>
    numbers.filter(n => those.some(has(n))).length > MOST_EDITORS;
  // Whatever the page says of itself, they can lift it.
  if (areMany(grants.filter(administers))) {
    return 'fail';
  }
  // Whom the page itself names was read of no page here.
  const isWide = editors.some(({ to }) => to === 'anonymous');
  return !restriction || isWide || areMany(editors) ? 'unknown' : 'pass';
}

/** Everybody in its groups has acknowledged the approved version within twelve months. */
function known(policy: number, page: number, site: Site): Verdict {
  const approvals = site.upkeep.approvals.filter(
    own => own.policy === policy && own.page === page,
  );
  if (approvals.length === 0) {
    return 'not-applicable';
  }
  const whole = approvals.filter(({ isMinor }) => !isMinor);
  const counted = whole.length > 0 ? whole : approvals;
  const since = Math.max(...counted.map(({ version }) => version));
  const hasRead = (person: number) =>
    site.oversight.acknowledgements.some(
      own =>
        own.policy === policy &&
        own.page === page &&
        own.person === person &&
        own.version >= since &&
        own.daysAgo <= 365,
    );
  const teams = CONCERNS[policy].map(n => site.oversight.teams[n]);
  const sure = teams.filter(({ read }) => read === 'now');
  const people = sure.flatMap(team => team.people);
  // One who is known not to have is enough, whoever else there may be.
  if (!people.every(hasRead)) {
    return 'fail';
  }
  return sure.length < teams.length || people.length === 0 ? 'unknown' : 'pass';
}

/** The last review over all of it was within half a year, or it was first seen since then. */
function onCadence(
  reviews: SiteReview[],
  leftOut: (review: SiteReview) => boolean,
  seenDaysAgo: number,
): Verdict {
  // From the 10th of September to the 10th of March.
  const isRecent = (days: number) => days <= 181 + GRACE_DAYS;
  const ended = reviews.filter(({ running }) => !running);
  const whole = ended.filter(review => !leftOut(review));
  const inTime = (some: SiteReview[]) =>
    some.some(({ endedDaysAgo }) => isRecent(endedDaysAgo));
  if (inTime(whole)) {
    return 'pass';
  }
  if (whole.length === 0 && isRecent(seenDaysAgo)) {
    return 'warning';
  }
  return inTime(ended) ? 'unknown' : 'fail';
}
