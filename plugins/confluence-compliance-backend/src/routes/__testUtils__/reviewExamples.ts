// SPDX-License-Identifier: Apache-2.0
import type { startPlugin } from '../../__testUtils__/startPlugin';
import type { Example } from './examples';

const MOCK_USER = 'user:default/mock';
const REASON = 'Looked at it with the team';

interface KnownItem {
  id: string;
  version: number;
}

/** Reviews, by what can be done with them. */
export interface KnownReviews {
  /** A group to review. */
  group: string;
  draft: string;
  cancelled: string;
  /** Two items of it are undecided. */
  running: { id: string; items: [KnownItem, KnownItem] };
  /** Decided whole. */
  decided: string;
}

type Portal = Pick<
  Awaited<ReturnType<typeof startPlugin>>,
  'call' | 'scheduler'
>;

const asked = (group: string) => ({
  title: 'Quarter',
  scope: { connection: 'northwind', group },
  fallbackReviewer: MOCK_USER,
});

/** Makes reviews over a group with two members at least. */
export async function makeReviews(portal: Portal): Promise<KnownReviews> {
  const { body: groups } = await portal.call('get', '/groups?limit=200');
  let group = '';
  for (const { groupId } of groups.items) {
    const path = `/groups/northwind/${encodeURIComponent(groupId)}/members`;
    const { body } = await portal.call('get', path);
    if (body.items.length > 1 && body.items.length < 50) {
      group = groupId;
      break;
    }
  }
  const make = async (): Promise<string> => {
    const made = await portal.call('post', '/reviews', { body: asked(group) });
    return made.body.id;
  };
  const start = async () => {
    const id = await make();
    await portal.call('post', `/reviews/${id}/start`, { body: {} });
    await portal.scheduler.triggerTask('make-review-items').catch(() => {});
    const { body } = await portal.call('get', `/reviews/${id}/items?limit=200`);
    const items: KnownItem[] = body.items.map(
      ({ id: item, version }: KnownItem) => ({ id: item, version }),
    );
    return { id, items };
  };
  const { id, items } = await start();
  const decided = await start();
  await portal.call('post', `/reviews/${decided.id}/decisions`, {
    body: { items: decided.items, decision: 'keep', reason: REASON },
  });
  return {
    group,
    draft: await make(),
    cancelled: await make(),
    running: { id, items: [items[0], items[1]] },
    decided: decided.id,
  };
}

type Errors = (path: string) => Example['bad'];

/** An example of every route about reviews. */
export function reviewExamples(
  { group, draft, cancelled, running, decided }: KnownReviews,
  { listErrors, noParameters }: { listErrors: Errors; noParameters: Errors },
): Record<string, Example> {
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
      ],
    },
    startReview: {
      good: `/reviews/${draft}/start`,
      body: {},
      bad: [[`/reviews/${draft}/start`, 'acceptGaps', { acceptGaps: 'all' }]],
      missing: `${nowhere}/start`,
    },
    reassignReviewItems: {
      good: `${of}/reassign`,
      body: reassign,
      bad: [[`${of}/reassign`, 'to', { ...reassign, to: '' }]],
      missing: `${nowhere}/reassign`,
    },
    signOffReview: {
      good: `/reviews/${decided}/sign-off`,
      body: {},
      bad: [[`/reviews/${decided}/sign-off`, 'force', { force: true }]],
      missing: `${nowhere}/sign-off`,
    },
    cancelReview: {
      good: `/reviews/${cancelled}/cancel`,
      body: { reason: REASON },
      bad: [[`/reviews/${cancelled}/cancel`, 'reason', { reason: '' }]],
      missing: `${nowhere}/cancel`,
    },
  };
}
