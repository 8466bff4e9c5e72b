// SPDX-License-Identifier: Apache-2.0
import {
  ATTACK,
  gone,
  needs,
  type Page,
  partial,
  past,
  storiesOf,
  type Story,
} from './story';

const pages: Page[] = [
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
];

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

/** Checks, findings, exceptions and policies, and what is open or asked there. */
export const checkStories: Story[] = [...pages.flatMap(storiesOf), ...deciding];
