// SPDX-License-Identifier: Apache-2.0
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { filters } from './entities';

const accessCard = EntityCardBlueprint.make({
  name: 'access',
  params: {
    type: 'content',
    filter: filters.access,
    loader: () =>
      import('./EntityCards').then(m => <m.EntityConfluenceAccessCard />),
  },
});

const reviewCard = EntityCardBlueprint.make({
  name: 'access-review',
  params: {
    type: 'content',
    filter: filters.review,
    loader: () =>
      import('./EntityCards').then(m => <m.EntityConfluenceAccessReviewCard />),
  },
});

const spaceCard = EntityCardBlueprint.make({
  name: 'space',
  params: {
    type: 'content',
    filter: filters.space,
    loader: () =>
      import('./EntityCards').then(m => <m.EntityConfluenceSpaceCard />),
  },
});

const policyCard = EntityCardBlueprint.make({
  name: 'policy',
  params: {
    type: 'content',
    filter: filters.policy,
    loader: () =>
      import('./EntityCards').then(m => <m.EntityConfluencePolicyCard />),
  },
});

const content = EntityContentBlueprint.make({
  params: {
    path: 'confluence-compliance',
    title: 'Confluence',
    filter: filters.content,
    loader: () =>
      import('./EntityContent').then(m => <m.EntityConfluenceContent />),
  },
});

const homeWidget = HomePageWidgetBlueprint.make({
  name: 'compliance',
  params: {
    name: 'ConfluenceCompliance',
    title: 'Confluence compliance',
    description: 'What needs you, or your own Confluence access',
    layout: { width: { minColumns: 4 }, height: { minRows: 4 } },
    components: () =>
      import('./HomeWidget').then(m => ({ Content: m.HomeWidget })),
  },
});

const decisionsWidget = HomePageWidgetBlueprint.make({
  name: 'open-decisions',
  params: {
    name: 'ConfluenceComplianceOpenDecisions',
    title: 'My open decisions',
    description: 'Access reviews that wait for you',
    layout: { width: { minColumns: 4 }, height: { minRows: 3 } },
    components: () =>
      import('./DecisionsWidget').then(m => ({ Content: m.DecisionsWidget })),
  },
});

/** What the plugin adds to catalog pages and to the home page. */
export const cardExtensions = [
  accessCard,
  reviewCard,
  spaceCard,
  policyCard,
  content,
  homeWidget,
  decisionsWidget,
];
