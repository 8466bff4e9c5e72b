// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import {
  account,
  createTestLists,
  group,
  label,
  membership,
  page,
  space,
} from './testLists';

/** Follows the cursors to the end. */
export async function all<T>(
  read: (cursor?: string) => Promise<Page<T>>,
): Promise<{ items: T[]; pages: number; totals: unknown[] }> {
  const items: T[] = [];
  const totals = [];
  let cursor: string | undefined;
  do {
    const answer: Page<T> = await read(cursor);
    items.push(...answer.items);
    totals.push(answer.totalItems);
    cursor = answer.pageInfo.nextCursor;
  } while (cursor && totals.length < 100);
  return { items, pages: totals.length, totals };
}

/** Two connections with accounts, groups, spaces, pages and labels. */
export async function filledLists(knex: Knex) {
  const world = await createTestLists(knex);
  await world.publish('acme', {
    accounts: {
      site: [
        account('a1', 'Zoë', {}, 'Zoe@Example.com'),
        account('a2', 'adam', { accountStatus: 'inactive' }),
        account('a3', 'Bob 100%'),
        account('a4'),
        account('a5', 'Robot', { class: 'app' }),
        account('a6', 'Adam'),
      ],
    },
    groups: { site: [group('g1', 'Staff'), group('g2', 'admins')] },
    memberships: {
      g1: [membership('g1', 'a1'), membership('g1', 'a2')],
      g2: [membership('g2', 'a1'), membership('g2', 'ghost')],
    },
    spaces: {
      site: [space('s1', 'ENG', 'Engineering'), space('s2', 'HR', 'people')],
    },
    pages: {
      s1: [page('p1', 's1', 'Beta', 'a1'), page('p2', 's1', 'alpha', 'a1')],
      s2: [page('p3', 's2', 'Leave policy')],
    },
    labels: { policy: [label('policy', 'p3'), label('policy', 'p1')] },
    restrictions: {
      site: [
        { key: 'p3', payload: { read: 'open', from: null } },
        { key: 'p1', payload: { read: 'own', from: null } },
      ],
    },
  });
  await world.publish('other', {
    accounts: { site: [account('a1', 'Zoë'), account('b1', 'Carl')] },
    groups: { site: [group('g1', 'Staff')] },
  });
  const revision = await world.history.head();
  const options = { connections: ['acme'], revision, limit: 50 };
  return { ...world, revision, options };
}
