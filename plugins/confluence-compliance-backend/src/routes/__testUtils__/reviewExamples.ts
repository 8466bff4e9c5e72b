// SPDX-License-Identifier: Apache-2.0
import { type Example, listErrors, noParameters } from './example';
import {
  asked,
  delegate,
  type KnownReviews,
  MOCK_USER,
  REASON,
} from './makeReviews';

const template = (group: string) => ({
  ...asked(group),
  owner: MOCK_USER,
  cadence: { months: 3 },
});

type Bad = Example['bad'][number];

/** What is no person in a field, with what the answer says of it. */
const notPeople = (field: string): Array<[string, Record<string, string>]> => [
  ...['group:default/it', 'lena', 'user:default/', ''].map(
    (text): [string, Record<string, string>] => [
      `must be the entity ref of a user such as user:default/lena\n  → at ${field}`,
      { [field]: text },
    ],
  ),
  [
    `${field} 'user:default/left' is not in the catalog`,
    { [field]: 'user:default/left' },
  ],
];

/** An example of every route about reviews. */
export function reviewExamples({
  group,
  draft,
  cancelled,
  running,
  decided,
  delegation,
  anyDelegation,
  removable,
  revoked: assigned,
}: KnownReviews): Record<string, Example> {
  const of = `/reviews/${running.id}`;
  const [first, second] = running.items;
  const decide = { items: [first], decision: 'defer', reason: REASON };
  const reassign = {
    items: [second],
    to: 'user:default/other',
    reason: REASON,
  };
  const nowhere = '/reviews/nowhere';
  return {
    listReviews: {
      good: '/reviews?state=draft',
      bad: [...listErrors('/reviews'), ['/reviews?state=open', 'state']],
    },
    listOwnReviews: {
      good: '/reviews/mine',
      bad: listErrors('/reviews/mine'),
    },
    listOpenDecisions: {
      good: '/reviews/open-decisions',
      bad: listErrors('/reviews/open-decisions'),
    },
    getReview: { good: of, bad: noParameters(of), missing: nowhere },
    listReviewItems: {
      good: `${of}/items?decision=undecided`,
      bad: [
        ...listErrors(`${of}/items`),
        [`${of}/items?decision=maybe`, 'decision'],
      ],
      missing: `${nowhere}/items`,
    },
    listOwnReviewItems: {
      good: `${of}/items/mine`,
      bad: listErrors(`${of}/items/mine`),
      missing: `${nowhere}/items/mine`,
    },
    listRemediations: {
      good: `${of}/remediations`,
      bad: listErrors(`${of}/remediations`),
      missing: `${nowhere}/remediations`,
    },
    decideReviewItems: {
      good: `${of}/decisions`,
      body: decide,
      bad: [
        [`${of}/decisions`, 'items', { ...decide, items: [] }],
        [`${of}/decisions`, 'decision', { ...decide, decision: 'maybe' }],
        [`${of}/decisions`, 'reason', { ...decide, reason: undefined }],
      ],
      missing: `${nowhere}/decisions`,
    },
    previewReview: {
      good: '/reviews/preview',
      body: { scope: asked(group).scope },
      bad: [
        ['/reviews/preview', 'connection', { scope: { connection: 'no' } }],
        ['/reviews/preview', 'scope', {}],
      ],
    },
    listDelegations: {
      good: '/reviews/delegations',
      bad: listErrors('/reviews/delegations'),
    },
    listAllDelegations: {
      good: '/reviews/delegations/all',
      bad: listErrors('/reviews/delegations/all'),
    },
    delegateReviews: {
      good: '/reviews/delegations',
      body: delegate,
      bad: [
        ['/reviews/delegations', 'to', { ...delegate, to: MOCK_USER }],
        ...notPeople('to').map(
          ([names, person]): Bad => [
            '/reviews/delegations',
            names,
            { ...delegate, ...person },
          ],
        ),
        [
          '/reviews/delegations',
          'endsAt',
          { ...delegate, endsAt: '2020-01-01T00:00:00.000Z' },
        ],
        [
          '/reviews/delegations',
          'endsAt must be at most a year ahead',
          { ...delegate, endsAt: '2099-01-01T00:00:00.000Z' },
        ],
        ['/reviews/delegations', 'endsAt', { ...delegate, endsAt: undefined }],
      ],
    },
    endDelegation: {
      good: `/reviews/delegations/${delegation}/end`,
      body: {},
      bad: [[`/reviews/delegations/${delegation}/end`, 'now', { now: 1 }]],
      missing: '/reviews/delegations/nowhere/end',
    },
    endAnyDelegation: {
      good: `/reviews/delegations/all/${anyDelegation}/end`,
      body: {},
      bad: [
        [`/reviews/delegations/all/${anyDelegation}/end`, 'now', { now: 1 }],
      ],
      missing: '/reviews/delegations/all/nowhere/end',
    },
    getReviewItemHistory: {
      good: `${of}/items/${first.id}/history`,
      bad: noParameters(`${of}/items/${first.id}/history`),
      missing: `${of}/items/nothing/history`,
    },
    getReviewSummary: {
      good: `${of}/summary`,
      bad: noParameters(`${of}/summary`),
      missing: `${nowhere}/summary`,
    },
    exportReview: {
      good: `${of}/csv`,
      bad: noParameters(`${of}/csv`),
      missing: `${nowhere}/csv`,
    },
    assignRemediations: {
      good: `/reviews/${assigned.id}/remediations/assign`,
      body: { items: [assigned.item], owner: 'user:default/other' },
      bad: [
        [`${of}/remediations/assign`, 'items', { items: [] }],
        ...notPeople('owner').map(
          ([names, person]): Bad => [
            `${of}/remediations/assign`,
            names,
            { items: [assigned.item], ...person },
          ],
        ),
      ],
      missing: `${nowhere}/remediations/assign`,
    },
    createReview: {
      good: '/reviews',
      body: asked(group),
      bad: [
        ['/reviews', 'title', { ...asked(group), title: ' ' }],
        [
          '/reviews',
          'connection',
          { ...asked(group), scope: { connection: 'nowhere' } },
        ],
        ['/reviews', 'more', { ...asked(group), more: 1 }],
        ...['owner', 'reviewer', 'fallbackReviewer'].flatMap(field =>
          notPeople(field).map(
            ([names, person]): Bad => [
              '/reviews',
              names,
              { ...asked(group), ...person },
            ],
          ),
        ),
        ...notPeople('owner').map(
          ([names, person]): Bad => [
            '/reviews',
            names.replace('owner', 'owners[0].owner'),
            {
              ...asked(group),
              owners: [{ kind: 'group', id: group, ...person }],
            },
          ],
        ),
      ],
    },
    startReview: {
      good: `/reviews/${draft}/start`,
      body: {},
      bad: [
        [`/reviews/${draft}/start`, 'acceptGaps', { acceptGaps: 'all' }],
        [
          `/reviews/${draft}/start`,
          'reason',
          { acceptGaps: { gapsHash: 'a', reason: ' ' } },
        ],
      ],
      missing: `${nowhere}/start`,
    },
    reassignReviewItems: {
      good: `${of}/reassign`,
      body: reassign,
      bad: notPeople('to').map(
        ([names, person]): Bad => [
          `${of}/reassign`,
          names,
          { ...reassign, ...person },
        ],
      ),
      missing: `${nowhere}/reassign`,
    },
    handOnReviewItems: {
      good: `${of}/hand-on`,
      body: { from: MOCK_USER, to: 'user:default/other', reason: REASON },
      bad: [
        [`${of}/hand-on`, 'from', { to: 'user:default/other', reason: REASON }],
        [
          `${of}/hand-on`,
          'to',
          { from: MOCK_USER, to: MOCK_USER, reason: REASON },
        ],
        ...notPeople('to').map(
          ([names, person]): Bad => [
            `${of}/hand-on`,
            names,
            { from: MOCK_USER, reason: REASON, ...person },
          ],
        ),
      ],
      missing: `${nowhere}/hand-on`,
    },
    changeReviewOwner: {
      good: `${of}/owner`,
      body: { owner: 'user:default/other', reason: REASON },
      bad: [
        [`${of}/owner`, 'reason', { owner: 'user:default/other' }],
        [`${of}/owner`, 'owner', { owner: MOCK_USER, reason: REASON }],
        ...notPeople('owner').map(
          ([names, person]): Bad => [
            `${of}/owner`,
            names,
            { reason: REASON, ...person },
          ],
        ),
      ],
      missing: `${nowhere}/owner`,
    },
    listReviewHistory: {
      good: `${of}/history`,
      bad: listErrors(`${of}/history`),
      missing: `${nowhere}/history`,
    },
    signOffReview: {
      good: `/reviews/${decided}/sign-off`,
      body: {},
      bad: [[`/reviews/${decided}/sign-off`, 'force', { force: true }]],
      missing: `${nowhere}/sign-off`,
    },
    previewRemovals: {
      good: `/reviews/${removable.id}/removals/preview`,
      body: { items: removable.items },
      bad: [
        [`/reviews/${removable.id}/removals/preview`, 'items', { items: [] }],
      ],
      missing: `${nowhere}/removals/preview`,
    },
    executeRemovals: {
      good: `/reviews/${removable.id}/removals`,
      body: { items: removable.items, confirm: removable.confirm },
      bad: [
        [
          `/reviews/${removable.id}/removals`,
          'confirm',
          { items: removable.items, confirm: 'yes' },
        ],
      ],
      missing: `${nowhere}/removals`,
    },
    listReviewTemplates: {
      good: '/review-templates',
      bad: noParameters('/review-templates'),
    },
    setReviewTemplate: {
      good: '/review-templates/quarter',
      body: template(group),
      bad: [
        ['/review-templates/A', 'id', template(group)],
        [
          '/review-templates/quarter',
          'connection',
          { ...template(group), scope: { connection: 'nowhere' } },
        ],
        [
          '/review-templates/quarter',
          'system',
          { ...template(group), cadence: 'system' },
        ],
        [
          '/review-templates/quarter',
          'cadence',
          { ...template(group), cadence: { months: 0 } },
        ],
        [
          '/review-templates/quarter',
          'owner',
          { ...template(group), owner: 'group:default/it' },
        ],
        ['/review-templates/quarter', 'more', { ...template(group), more: 1 }],
        [
          '/review-templates/quarter',
          "owner 'user:default/left' is not in the catalog",
          { ...template(group), owner: 'user:default/left' },
        ],
      ],
    },
    deleteReviewTemplate: {
      good: '/review-templates/quarter',
      bad: [['/review-templates/A', 'id']],
      missing: '/review-templates/nothing',
    },
    cancelReview: {
      good: `/reviews/${cancelled}/cancel`,
      body: { reason: REASON },
      bad: [[`/reviews/${cancelled}/cancel`, 'reason', { reason: '' }]],
      missing: `${nowhere}/cancel`,
    },
  };
}
