// SPDX-License-Identifier: Apache-2.0
import { accessStories } from './access';
import { cardStories } from './cards';
import { checkStories } from './checks';
import { connectionStories } from './connections';
import { reviewStories } from './reviews';
import type { Story } from './story';

export type { Story } from './story';

/** Each page and the cards, in each state that they must be able to show. */
export const stories: Story[] = [
  ...accessStories,
  {
    page: 'people',
    state: 'full',
    path: 'accounts/people',
    says: 'Departures to confirm',
  },
  ...checkStories,
  ...reviewStories,
  ...connectionStories,
  ...cardStories,
];
