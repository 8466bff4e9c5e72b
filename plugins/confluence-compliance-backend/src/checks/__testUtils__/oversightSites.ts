// SPDX-License-Identifier: Apache-2.0
import type { CheckRevocation } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import fc from 'fast-check';
import { POLICIES } from './upkeepSites';

/** A line of the text of a page: a heading of a level, or a paragraph. */
export interface SiteLine {
  heading?: number;
  text: string;
}

/** What was read of the text of a version of a page; without lines it could not be. */
export interface SiteText {
  policy: number;
  page: number;
  version: number;
  lines?: SiteLine[];
  /** So much follows that not all of it is looked at. */
  isLong: boolean;
}

/** A group whom policies concern; its people have numbers. */
export interface SiteTeam {
  people: number[];
  read: 'now' | 'long-ago' | 'not-found' | 'never';
}

/** That somebody has read a version of a page of a policy. */
export interface SiteAcknowledgement {
  policy: number;
  page: number;
  version: number;
  person: number;
  daysAgo: number;
}

/** A review that is signed off or runs. */
export interface SiteReview {
  over: 'site' | 'space' | 'other-space' | 'group' | 'system';
  /** What was not whole: nothing, the grants of the first space, or something else. */
  gap: 'none' | 'space' | 'group' | 'other-space';
  running: boolean;
  endedDaysAgo: number;
}

/** What people see to on a site: texts, acknowledgements and reviews. */
export interface Oversight {
  texts: SiteText[];
  /** Who may read each page, where that was read; undefined where it never was of any. */
  restrictions?: Array<'open' | 'own' | 'inherited' | null>;
  teams: SiteTeam[];
  acknowledgements: SiteAcknowledgement[];
  reviews: SiteReview[];
  /** How long ago the site was first seen. */
  seenDaysAgo: number;
  /** What reviews revoked; null where nobody knows when. */
  revoked: Array<{
    state: CheckRevocation['state'];
    daysAgo: number | null;
  }>;
}

/** What the text of every policy must have, and what it must not. */
export const RULE = { headings: ['Purpose', 'Scope'], placeholders: ['TBD'] };

/** Refs of the groups whom each policy concerns, by number. */
export const CONCERNS = [[0], [0, 1], [], [1], [0, 2]];

/** How many may edit the page of a policy. */
export const MOST_EDITORS = 3;

/** How many days late a review may be. */
export const GRACE_DAYS = 5;

const some = fc.constantFrom;
const policy = fc.nat({ max: POLICIES.length - 1 });
const page = fc.nat({ max: 3 });
const version = fc.integer({ min: 1, max: 3 });

const line: fc.Arbitrary<SiteLine> = fc.oneof(
  fc.record({
    heading: fc.integer({ min: 1, max: 3 }),
    text: some('Purpose', '1. Scope:', 'SCOPE', 'Others'),
  }),
  fc.record({
    text: some('It holds.', 'Purpose', 'tbd', 'It is TBD.', 'TBDs'),
  }),
);

const whole: fc.Arbitrary<SiteLine[]> = fc.constant([
  { heading: 1, text: 'Purpose' },
  { text: 'It holds.' },
  { heading: 2, text: '2 Scope' },
  { text: 'All of it.' },
]);

const text: fc.Arbitrary<SiteText> = fc
  .record({
    policy,
    page,
    version,
    lines: fc.option(
      fc.oneof(whole, fc.array(line, { minLength: 2, maxLength: 7 })),
      { freq: 8, nil: undefined },
    ),
    isLong: some(false, false, false, true),
  })
  .map(({ lines, ...own }) => (lines ? { ...own, lines } : own));

const team: fc.Arbitrary<SiteTeam> = fc.record({
  people: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 3 }),
  read: some<SiteTeam['read'][]>(
    'now',
    'now',
    'now',
    'now',
    'long-ago',
    'not-found',
    'never',
  ),
});

const acknowledgement: fc.Arbitrary<SiteAcknowledgement> = fc.record({
  policy,
  page,
  version,
  person: fc.nat({ max: 3 }),
  daysAgo: some(0, 1, 364, 366),
});

const review: fc.Arbitrary<SiteReview> = fc.record({
  over: some<SiteReview['over'][]>(
    'site',
    'space',
    'other-space',
    'group',
    'system',
  ),
  gap: some<SiteReview['gap'][]>(
    'none',
    'none',
    'space',
    'group',
    'other-space',
  ),
  running: some(false, false, true),
  endedDaysAgo: some(1, 180, 185, 187, 400),
});

export const oversights: fc.Arbitrary<Oversight> = fc.record(
  {
    texts: fc.uniqueArray(text, {
      maxLength: 5,
      selector: own => own.policy,
    }),
    restrictions: fc.array(
      some<NonNullable<Oversight['restrictions']>>(
        'open',
        'open',
        'open',
        'own',
        'inherited',
        null,
      ),
      { minLength: 4, maxLength: 4 },
    ),
    teams: fc.array(team, { minLength: 3, maxLength: 3 }),
    acknowledgements: fc.array(acknowledgement, { maxLength: 16 }),
    reviews: fc.array(review, { maxLength: 4 }),
    seenDaysAgo: some(1, 185, 187),
    revoked: fc.array(
      fc.record({
        state: some<CheckRevocation['state'][]>(
          'waiting',
          'removed',
          'still-present',
          'reappeared',
          'cannot-verify',
        ),
        daysAgo: some(1, 6.9, 7.1, 100, null),
      }),
      { maxLength: 4 },
    ),
  },
  {
    requiredKeys: [
      'texts',
      'teams',
      'acknowledgements',
      'reviews',
      'seenDaysAgo',
      'revoked',
    ],
  },
);
