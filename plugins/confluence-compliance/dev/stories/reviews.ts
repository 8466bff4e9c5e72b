// SPDX-License-Identifier: Apache-2.0
import { ATTACK, needs, type Page, storiesOf, type Story } from './story';

const pages: Page[] = [
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
];

/** Reviews in each of their states, and what is asked in them. */
const reviewing: Story[] = [
  { state: 'new', path: 'new', says: 'Who decides' },
  {
    state: 'new with owners',
    path: 'new?connection=northwind',
    says: 'Confluence knows no owners.',
    press: ['The owner of each space', 'The owner of each group'],
  },
  {
    state: 'preview',
    path: 'new?connection=northwind',
    says: '326 rows',
  },
  {
    state: 'hostile preview',
    path: 'new?connection=northwind&data=hostile',
    says: ATTACK,
  },
  {
    state: 'preview of a draft',
    path: 'review-draft',
    says: '41 rows',
  },
  {
    state: 'draft with gaps',
    path: 'review-draft',
    says: 'Why the review starts without',
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
    state: 'rows of one person',
    path: 'review-q4/decide?principal=557058:ines&decision=any',
    says: 'Only Ines Duarte',
  },
  {
    state: 'hostile rows in a space',
    path: 'review-q4/decide?container=65537&data=hostile',
    says: 'Rows in ',
  },
  {
    state: 'history of a row',
    path: 'review-q4/decide',
    says: 'revoked it',
    press: ['Show history'],
  },
  {
    state: 'hostile history',
    path: 'review-q4/decide?data=hostile',
    says: 'Ana knows the team.',
    press: ['Show history'],
  },
  {
    state: 'assign removals',
    path: 'review-proof/remediations',
    says: 'What you leave empty stays as it is.',
    press: ['Select every removal that is not proven', 'Assign'],
  },
  {
    state: 'remove through the API',
    path: 'review-proof/remediations',
    says: 'An identity provider manages the members of its group',
    press: ['Select every removal that is not proven', 'Remove in Confluence…'],
  },
  {
    state: 'hostile removal through the API',
    path: 'review-proof/remediations?data=hostile',
    says: '2 requests would be sent',
    press: ['Select every removal that is not proven', 'Remove in Confluence…'],
  },
  {
    state: 'hostile removals',
    path: 'review-proof/remediations?data=hostile',
    says: '4 selected',
    press: ['Select every removal that is not proven'],
  },
  {
    state: 'delegations',
    path: '',
    says: 'decides for you',
    times: 3,
    press: ['Show 1 that are over'],
  },
  {
    state: 'hostile delegations',
    path: '?data=hostile',
    says: 'Parental leave.',
  },
  {
    state: 'delegate',
    path: '',
    says: 'Empty: from now on.',
    press: ['Let somebody decide for me'],
  },
  {
    state: 'end a delegation',
    path: '',
    says: 'What they decided stays.',
    press: [/^End, mei\.tanaka/],
  },
  {
    state: 'who decides for whom',
    path: '',
    says: 'All delegations that are on or planned.',
  },
  {
    state: 'hostile, who decides for whom',
    path: '?data=hostile',
    says: 'Moved to another team.',
  },
  {
    state: 'end a delegation of others',
    path: '',
    says: 'no longer sees or decides the rows of',
    press: [/^End, priya\.raman/],
  },
  {
    state: 'change the owner',
    path: 'review-q4',
    says: 'The owner answers for the review and signs it off.',
    press: ['More', 'Change owner'],
  },
  {
    state: 'reassign rows',
    path: 'review-q4',
    says: '74 of them are decided',
    press: ['Reassign rows of mei.tanaka'],
  },
  {
    state: 'history of a review',
    path: 'review-q4',
    says: '4 had been decided',
  },
  {
    state: 'hostile history of a review',
    path: 'review-q4?data=hostile',
    says: 'Omar has left.',
  },
  {
    state: 'recurring',
    path: '',
    says: 'When the critical system is due',
  },
  {
    state: 'hostile recurring',
    path: '?data=hostile',
    says: 'From config, read-only here',
  },
  {
    state: 'none recurs',
    path: '?data=empty',
    says: 'No review recurs yet',
  },
  {
    state: 'delete a recurring one',
    path: '',
    says: 'No further review is made of it.',
    press: ['More about Payments', 'Delete'],
  },
  {
    state: 'new recurring',
    path: 'recurring/new?connection=northwind',
    says: 'Counted from January',
  },
  {
    state: 'edit a recurring one',
    path: 'recurring/payments/edit',
    says: 'Reviews that were made of it already stay as they are.',
  },
  {
    state: 'recurring of the config',
    path: 'recurring/admins/edit',
    says: 'This one stands in the config',
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

/** The pages of reviews. */
export const reviewStories: Story[] = [
  ...pages.flatMap(storiesOf),
  ...reviewing,
];
