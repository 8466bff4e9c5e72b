// SPDX-License-Identifier: Apache-2.0

/** One page of the development app in one state. */
export interface Story {
  page: string;
  state: string;
  /** Address below the plugin's own. */
  path: string;
  /** What somebody must read there. */
  says: string;
  /** How many times, at least; once where it is absent. */
  times?: number;
  /** What is pressed first, one after the other: buttons, items of menus, boxes to select a row. */
  press?: Array<string | RegExp>;
}

interface Page {
  page: string;
  path: string;
  /** What it says in the states that each page words for itself. */
  says: Partial<Record<State, string>> & { full: string };
  /** How many parts say the same, such as cards. */
  parts?: number;
  /** A page that does not follow the date says so. */
  asOf?: string;
  /** Search that hides everything, and what is said then. */
  filtered?: { query: string; says: string };
}

type State =
  | 'full'
  | 'empty'
  | 'partial'
  | 'denied'
  | 'auditor'
  | 'forbidden'
  | 'gone';

const ATTACK = '<img src=x onerror=alert(1)>';
const needs = (permission: string) =>
  `It needs the permission confluence-compliance.${permission}.`;
const partial = 'Run 1482 was partial: memberships stopped at 12 of 14.';
const past = 'This is what was known then.';
const gone = 'As of 3 November 2026, nothing is kept any more';

const pages: Page[] = [
  {
    page: 'overview',
    path: 'overview',
    says: {
      full: 'findings are critical or high',
      empty: 'Connect your first Confluence site',
      partial: 'No finding is known to be critical or high',
      forbidden: needs('check.read'),
      denied: 'Your own access',
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'accounts',
    path: 'accounts',
    says: {
      full: 'accounts',
      empty: 'No account yet',
      partial: 'Not complete',
      forbidden: needs('account.read'),
      gone,
    },
    asOf: past,
    filtered: { query: 'q=nobody+is+called+this', says: 'No account matches' },
  },
  {
    page: 'account',
    path: 'accounts/northwind/557058:ana',
    says: {
      full: 'Effective access',
      empty: 'No access was found',
      partial: 'There may be more',
      forbidden: needs('account.read'),
      gone,
    },
    asOf: past,
  },
  {
    page: 'identify',
    path: 'accounts/identify',
    says: {
      full: '4 accounts wait for a person',
      empty: 'Everybody is identified',
      forbidden: needs('account.link'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'groups',
    path: 'groups',
    says: {
      full: '4 groups',
      empty: 'No group yet',
      partial: 'Not complete',
      forbidden: needs('group.read'),
      gone,
    },
    asOf: past,
    filtered: { query: 'q=nothing+is+called+this', says: 'No group matches' },
  },
  {
    page: 'group',
    path: 'groups/northwind/g-leads',
    says: {
      full: 'What it can do',
      empty: 'Nobody is in this group',
      partial: 'There may be more',
      forbidden: needs('group.read'),
      gone,
    },
    asOf: past,
  },
  {
    page: 'spaces',
    path: 'spaces',
    says: {
      full: '6 spaces',
      empty: 'No space yet',
      partial: 'Not complete',
      forbidden: needs('space.read'),
      gone,
    },
    asOf: past,
    filtered: { query: 'q=nothing+is+called+this', says: 'No space matches' },
  },
  {
    page: 'space',
    path: 'spaces/northwind/PAY',
    says: {
      full: 'Who can do what',
      empty: 'Nobody has access',
      partial: 'Who reaches it',
      forbidden: needs('space.read'),
      gone,
    },
    asOf: past,
  },
  {
    page: 'checks',
    path: 'checks',
    says: {
      full: 'findings need somebody',
      empty: 'No check yet',
      partial: '10 checks are unknown',
      forbidden: needs('check.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
    filtered: { query: 'q=no+check+is+called+this', says: 'No check matches' },
  },
  {
    page: 'check',
    path: 'checks/access.offboarded-removed',
    says: {
      full: 'Left on 18 Nov, and the account is still active.',
      empty: 'The check has judged nothing so far.',
      partial,
      forbidden: needs('check.read'),
    },
    asOf: past,
  },
  {
    page: 'findings',
    path: 'checks/findings',
    says: {
      full: '2 findings',
      empty: 'No finding stands',
      partial,
      forbidden: needs('finding.read'),
      gone,
    },
    asOf: past,
    filtered: { query: 'severity=low&data=empty', says: 'No finding matches' },
  },
  {
    page: 'exceptions',
    path: 'checks/exceptions',
    says: {
      full: 'His sign-in is watched daily.',
      empty: 'Nothing waits for a decision',
      forbidden: needs('finding.read'),
    },
  },
  {
    page: 'controls',
    path: 'checks/controls',
    says: {
      full: '1 of 3 controls fails',
      empty: 'No control yet',
      partial: 'No control is known to fail',
      forbidden: needs('check.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
    filtered: { query: 'verdict=warning', says: 'No control matches' },
  },
  {
    page: 'policies',
    path: 'policies',
    says: {
      full: '2 of 4 required policies need somebody',
      empty: 'No policy is required yet',
      partial: 'Not all is known of 4 of 4 required policies',
      forbidden: needs('page.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'policy',
    path: 'policies/infosec',
    says: {
      full: 'Two factors are required for administrators.',
      empty: 'No version has been approved yet.',
      partial,
      forbidden: needs('page.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'reviews',
    path: 'reviews',
    says: {
      full: '6 reviews',
      empty: 'No review yet',
      forbidden: needs('review.read'),
      auditor: '6 reviews',
    },
    asOf: 'This page shows now, not 3 November 2026.',
    filtered: { query: 'state=remediation', says: 'Administrators' },
  },
  {
    page: 'review',
    path: 'reviews/review-q4',
    says: {
      full: '213 of 326 rows decided',
      partial: 'Accepted gaps',
      forbidden: needs('review.read'),
      auditor: 'You see this review and change nothing in it.',
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'rows of a review',
    path: 'reviews/review-q4/decide',
    says: {
      full: 'all unchanged and low risk',
      forbidden: needs('review.read'),
      auditor: 'All rows',
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'remediation',
    path: 'reviews/review-proof/remediations',
    says: {
      full: '5 rows were revoked',
      empty: 'Nothing was revoked',
      forbidden: needs('review.read'),
    },
  },
  {
    page: 'connections',
    path: 'connections',
    says: {
      full: '5 sites',
      empty: 'Connect your first Confluence site',
      partial: ', none of them current',
      forbidden: needs('connection.read'),
    },
    asOf: 'This page shows now, not 3 November 2026.',
  },
  {
    page: 'cards',
    path: 'cards',
    parts: 11,
    says: {
      full: 'As of revision',
      empty: 'No Confluence account is linked to',
      partial: 'This may be incomplete.',
      forbidden: needs('access.read'),
      denied: 'Your own Confluence access',
    },
  },
  {
    page: 'entity tab',
    path: 'entity-tab',
    parts: 2,
    says: {
      full: 'Who can do what',
      empty: 'No check has judged this yet.',
      partial: 'This may be incomplete.',
      forbidden: needs('access.read'),
    },
  },
];

function storiesOf({ page, path, says, asOf, filtered, parts }: Page): Story[] {
  const story = (
    state: string,
    sentence: string,
    query: string,
    times = 1,
  ) => ({
    page,
    state,
    path: query ? `${path}?${query}` : path,
    says: sentence,
    times,
  });
  const worded = Object.entries(says).map(([state, sentence]) =>
    story(
      state,
      sentence,
      state === 'gone' ? 'data=gone&asOf=2026-11-03' : `data=${state}`,
      state === 'forbidden' ? parts : 1,
    ),
  );
  return [
    ...worded,
    story('loading', 'Loading', 'data=loading', parts),
    story('error', 'logId=7f3c2a1b', 'data=error', parts),
    story('hostile', ATTACK, 'data=hostile', parts),
    ...(asOf ? [story('as-of', asOf, 'asOf=2026-11-03')] : []),
    ...(filtered ? [story('filtered', filtered.says, filtered.query)] : []),
  ];
}

/** Connecting a site, step by step; each step stands at an address of its own. */
const connecting: Story[] = [
  { state: 'purpose', path: 'new', says: 'What is this site read for?' },
  {
    state: 'method',
    path: 'lab/setup?step=method',
    says: 'How does it prove itself to Atlassian?',
  },
  {
    state: 'permissions',
    path: 'lab/setup?step=permissions',
    says: 'What it lets us read',
  },
  {
    state: 'credentials',
    path: 'lab/setup?step=credentials&add=organization',
    says: 'Organization API key',
  },
  {
    state: 'grant',
    path: 'fjord/setup?step=credentials',
    says: 'Callback URL',
  },
  {
    state: 'test with gaps',
    path: 'lab/setup?step=test',
    says: 'pages cannot be read yet',
  },
  {
    state: 'test refused',
    path: 'fjord/setup?step=test',
    says: 'OAuth 2.0 does not work',
  },
  {
    state: 'test of config',
    path: 'northwind/setup',
    says: '12 read-only requests',
  },
  {
    state: 'user group',
    path: 'legal/setup?step=group',
    says: 'The members of one group count',
  },
  {
    state: 'first sync',
    path: 'archive/setup?step=sync',
    says: 'Everything is set.',
  },
  {
    state: 'sync ended in part',
    path: 'legal/setup?step=sync',
    says: 'not everything was read',
  },
  {
    state: 'sync ended with the tick',
    path: 'tick/setup?step=sync',
    says: 'See what was found',
  },
  {
    state: 'choose site',
    path: 'authorized?code=story&state=story.fjord',
    says: 'The grant opens 2 sites that can be connected.',
  },
  {
    state: 'denied',
    path: 'authorized?error=access_denied&state=story.fjord',
    says: 'The grant was not given',
  },
  {
    state: 'used',
    path: 'authorized?code=used&state=used.fjord',
    says: 'This way back was used already.',
  },
  {
    state: 'delete',
    path: '',
    says: 'Entries of the ledger stay in any case',
    press: ['More for Northwind Legal', 'Delete'],
  },
  {
    state: 'replace credential',
    path: '',
    says: 'The new one is tried before the old one goes.',
    press: ['More for Northwind Legal', 'Replace credential'],
  },
  {
    state: 'hostile test',
    path: 'lab/setup?step=test&data=hostile',
    says: ATTACK,
  },
].map(({ path, ...story }) => ({
  page: 'connect',
  path: path ? `connections/${path}` : 'connections',
  ...story,
}));

/** What is open or asked on the pages of findings, exceptions and policies. */
const deciding: Story[] = [
  {
    page: 'findings',
    state: 'details',
    path: 'checks/findings',
    says: 'Asked the team on Monday.',
    press: ['Show facts and comments of Ana Lindqvist'],
  },
  {
    page: 'findings',
    state: 'hostile details',
    path: 'checks/findings?data=hostile',
    says: 'Asked the team on Monday.',
    press: [/^Show facts and comments of Ana Lindqvist/],
  },
  {
    page: 'findings',
    state: 'selected',
    path: 'checks/findings',
    says: '1 selected',
    press: ['Select Ana Lindqvist'],
  },
  {
    page: 'findings',
    state: 'assign',
    path: 'checks/findings',
    says: 'Assign 1 finding',
    press: ['Select Ana Lindqvist', 'Assign'],
  },
  {
    page: 'check',
    state: 'ask for exception',
    path: 'checks/access.offboarded-removed',
    says: 'What lowers the risk until then',
    press: ['Select Ana Lindqvist', 'Ask for exception'],
  },
  ...(['live', 'expiring', 'over'] as const).map(tab => ({
    page: 'exceptions',
    state: tab,
    path: `checks/exceptions?tab=${tab}`,
    says: tab === 'over' ? 'He can hand over without it.' : 'approved',
  })),
  {
    page: 'exceptions',
    state: 'hostile over',
    path: 'checks/exceptions?tab=over&data=hostile',
    says: ATTACK,
    times: 4,
  },
  {
    page: 'exceptions',
    state: 'approve',
    path: 'checks/exceptions',
    says: 'The finding counts as excepted until',
    press: ['Approve, Ana Lindqvist'],
  },
  {
    page: 'exceptions',
    state: 'hostile reject',
    path: 'checks/exceptions?data=hostile',
    says: 'The finding stays open.',
    press: [/^Reject, Ana Lindqvist/],
  },
  {
    page: 'policy',
    state: 'acknowledge',
    path: 'policies/infosec/acknowledge',
    says: 'Read version 15 in Confluence',
  },
  {
    page: 'policy',
    state: 'remind',
    path: 'policies/infosec',
    says: '3 of 3 were reminded.',
    press: ['Remind 3'],
  },
  {
    page: 'policy',
    state: 'full text',
    path: 'policies/infosec',
    says: 'It holds for everybody.',
    press: ['Full text'],
  },
  {
    page: 'policy',
    state: 'approve',
    path: 'policies/infosec',
    says: 'You say that you have read this version',
    press: ['Approve version 17'],
  },
  {
    page: 'policy',
    state: 'minor edit',
    path: 'policies/infosec?data=hostile',
    says: 'It does not count as a review.',
    press: ['It was a minor edit'],
  },
  {
    page: 'identify',
    state: 'classify',
    path: 'accounts/identify',
    says: 'What is Weber, Jonas?',
    press: ['It is no person'],
  },
];

/** Reviews in each of their states, and what is asked in them. */
const reviewing: Story[] = [
  { state: 'new', path: 'new', says: 'Who decides' },
  {
    state: 'draft with gaps',
    path: 'review-draft',
    says: 'Accept each by name',
  },
  {
    state: 'being made',
    path: 'review-making',
    says: 'Rows are still being made.',
  },
  {
    state: 'remediation',
    path: 'review-proof',
    says: 'All decided, 7 removals to prove',
  },
  { state: 'completed', path: 'review-q3', says: 'This review is sealed.' },
  {
    state: 'cancelled',
    path: 'review-old',
    says: 'It says nothing about access.',
  },
  {
    state: 'reason',
    path: 'review-q4/decide',
    says: 'Enter saves, Esc leaves it.',
    press: ['Revoke, Dmitri Sokolov, Space admin on Payments'],
  },
  {
    state: 'cancel',
    path: 'review-q4',
    says: 'It ends without a result.',
    press: ['More', 'Cancel review'],
  },
].map(({ path, ...story }) => ({
  page: 'review',
  path: `reviews/${path}`,
  ...story,
}));

/** Each page and the cards, in each state that they must be able to show. */
export const stories: Story[] = [
  ...pages.flatMap(storiesOf),
  ...connecting,
  {
    page: 'people',
    state: 'full',
    path: 'accounts/people',
    says: 'Departures to confirm',
  },
  ...deciding,
  ...reviewing,
];
