// SPDX-License-Identifier: Apache-2.0
import { gone, needs, type Page, past, storiesOf, type Story } from './story';

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
];

/** Accounts, groups and spaces. */
export const accessStories: Story[] = pages.flatMap(storiesOf);
