// SPDX-License-Identifier: Apache-2.0
import { deciding } from './deciding';
import {
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
      full: '1 finding needs somebody',
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
    asOf: past,
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

/** Checks, findings, exceptions and policies, and what is open or asked there. */
export const checkStories: Story[] = [...pages.flatMap(storiesOf), ...deciding];
