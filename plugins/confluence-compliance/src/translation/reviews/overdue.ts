// SPDX-License-Identifier: Apache-2.0

/** What becomes of rows that nobody has decided when a review is due. */
export const overdueMessages = {
  overdue: {
    label: 'What nobody has decided by then',
    by: 'the overdue rule of the review',
    rule: {
      'keep-open': 'Stays open',
      'keep-openText': 'Its owner is told every day until it is decided.',
      defer: 'Is deferred',
      deferText: 'The review goes on without it, and says so in its record.',
      revoke: 'Is revoked',
      revokeText: 'It has to be removed in Confluence like any other.',
    },
  },
} as const;
