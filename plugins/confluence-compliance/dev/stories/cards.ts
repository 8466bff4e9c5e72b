// SPDX-License-Identifier: Apache-2.0
import { needs, type Page, storiesOf, type Story } from './story';

const pages: Page[] = [
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

/** Cards and the tab of entities. */
export const cardStories: Story[] = pages.flatMap(storiesOf);
