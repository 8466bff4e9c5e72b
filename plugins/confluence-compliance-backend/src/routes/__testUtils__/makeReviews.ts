// SPDX-License-Identifier: Apache-2.0
import type { startPlugin } from '../../__testUtils__/startPlugin';

export const MOCK_USER = 'user:default/mock';
export const REASON = 'Looked at it with the team';

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
  /** One of its items is revoked. */
  revoked: { id: string; item: string };
  /** What can be removed through the API, with its confirmation. */
  removable: { id: string; items: string[]; confirm: string };
  /** A delegation that has not ended. */
  delegation: string;
  /** Another one. */
  anyDelegation: string;
}

type Portal = Pick<
  Awaited<ReturnType<typeof startPlugin>>,
  'call' | 'scheduler'
>;

export const asked = (group: string) => ({
  title: 'Quarter',
  scope: { connection: 'northwind', group },
  fallbackReviewer: MOCK_USER,
});

export const delegate = {
  to: 'user:default/other',
  endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  reason: REASON,
};

/** Makes reviews over a group with two members at least. */
export async function makeReviews(portal: Portal): Promise<KnownReviews> {
  const { body: groups } = await portal.call('get', '/groups?limit=200');
  let group = '';
  // Nobody is taken out of a group who alone administers spaces by it.
  const own = groups.items.filter(
    ({ managedBy, name }: { managedBy: string; name: string }) =>
      managedBy === 'ADMINS' && !name.includes('admins'),
  );
  for (const { groupId } of own) {
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
    body: {
      items: decided.items,
      decision: 'keep',
      reason: REASON,
      includeRisky: true,
    },
  });
  const revoked = await start();
  await portal.call('post', `/reviews/${revoked.id}/decisions`, {
    body: { items: [revoked.items[0]], decision: 'revoke', reason: REASON },
  });
  const removing = await start();
  await portal.call('post', `/reviews/${removing.id}/decisions`, {
    body: { items: removing.items, decision: 'revoke', reason: REASON },
  });
  let removable = { id: removing.id, items: [] as string[], confirm: '' };
  for (const item of removing.items) {
    const path = `/reviews/${removing.id}/removals/preview`;
    const asking = { items: [item.id] };
    const { body } = await portal.call('post', path, { body: asking });
    if (body.confirm) {
      removable = { id: removing.id, ...asking, confirm: body.confirm };
      break;
    }
  }
  const given = async () => {
    const { body } = await portal.call('post', '/reviews/delegations', {
      body: delegate,
    });
    return body.id;
  };
  return {
    removable,
    revoked: { id: revoked.id, item: revoked.items[0].id },
    group,
    draft: await make(),
    cancelled: await make(),
    running: { id, items: [items[0], items[1]] },
    decided: decided.id,
    delegation: await given(),
    anyDelegation: await given(),
  };
}
