// SPDX-License-Identifier: Apache-2.0

export const decisionsMessages = {
  forbidden: 'You decide no access reviews',
  none: 'No decision waits for you',
  noneText:
    'Whether somebody still needs their access is asked here when a review names you as the reviewer.',
  open_one: '{{n}} decision waits for you',
  open_other: '{{n}} decisions wait for you',
  reviews: 'Reviews with open decisions of yours',
  count_one: '{{n}} open decision',
  count_other: '{{n}} open decisions',
  due: 'due {{date}}',
  overdue: 'Overdue',
  more_one: 'and {{n}} more review',
  more_other: 'and {{n}} more reviews',
} as const;
