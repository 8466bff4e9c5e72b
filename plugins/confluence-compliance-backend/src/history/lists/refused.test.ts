// SPDX-License-Identifier: Apache-2.0
import {
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import type { DatasetName } from '../datasets';
import type { ObservedRow } from '../types';
import {
  account,
  createTestLists,
  grants,
  membership,
  space,
} from './__testUtils__/testLists';
import type { RefusedKind } from './refused';

jest.setTimeout(60_000);

const ids = Array.from({ length: 12 }, (_, i) => `a${10 + i}`);
const names = ids.map(id => `Name of ${id}`);

describe('what a refused shrink would close', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function refuse(
    id: TestDatabaseId,
    dataset: DatasetName,
    key: string,
    rows: ObservedRow[],
  ) {
    const knex = await databases.init(id);
    const { history, lists, publish } = await createTestLists(knex);
    await publish('acme', {
      accounts: { site: ids.map((one, i) => account(one, names[i])) },
      spaces: { site: [space('s1', 'S1', 'First')] },
      [dataset]: { [key]: rows },
    });
    const { refused } = await publish('acme', { [dataset]: { [key]: [] } });
    expect(refused).toMatchObject([{ key, missing: rows.length }]);
    const list = async (named: RefusedKind[], limit = 200, cursor?: string) =>
      lists.refused({
        connections: ['acme'],
        connection: 'acme',
        revision: await history.head(),
        readId: refused[0].readId,
        dataset,
        container: key,
        named: new Set(named),
        limit,
        cursor,
      });
    return { history, list, readId: refused[0].readId };
  }

  it.each(databases.eachSupportedId())(
    'is told page by page, with names for whom they may be told, on %p',
    async id => {
      const rows = ids.map(one => membership('g1', one));
      const { history, list, readId } = await refuse(
        id,
        'memberships',
        'g1',
        rows,
      );
      const first = await list(['account'], 7);
      const second = await list(['account'], 7, first.pageInfo.nextCursor);
      expect([first.totalItems, second.pageInfo]).toEqual([12, {}]);
      const items = [...first.items, ...second.items];
      expect(items).toEqual(
        ids.map((one, i) => ({
          dataset: 'memberships',
          container: 'g1',
          key: `g1/${one}`,
          subject: { kind: 'account', id: one, title: names[i] },
        })),
      );
      expect(
        JSON.stringify(await list(['group', 'space', 'page'])),
      ).not.toContain('Name of');
      await history.acceptShrink({
        readId,
        actor: 'user:default/a',
        reason: 'x',
      });
      expect(await list(['account'])).toMatchObject({
        items: [],
        totalItems: 0,
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'names what is granted and on whose behalf, on %p',
    async id => {
      const { list } = await refuse(id, 'grants', 's1', [
        ...ids.flatMap(one => grants('s1', ['account', one], 'read:space')),
        ...grants('s1', ['access-class', 'anonymous-users'], 'read:page'),
      ]);
      const { items } = await list(['account', 'group']);
      expect(items[1]).toMatchObject({
        subject: { kind: 'account', id: 'a10', title: 'Name of a10' },
        detail: 'read space',
      });
      expect(items[0]).toMatchObject({
        subject: { kind: 'other', id: 'anonymous-users' },
        detail: 'read page',
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'names pages by their labels, and spaces by themselves, on %p',
    async id => {
      const pages = ids.map(pageId => ({
        key: `policy/${pageId}`,
        payload: { pageId, label: 'policy' },
      }));
      const labels = await refuse(id, 'labels', 'policy', pages);
      expect((await labels.list(['page'])).items[3]).toMatchObject({
        key: 'policy/a13',
        subject: { kind: 'page', id: 'a13' },
        detail: 'policy',
      });
      const spaces = await refuse(
        id,
        'spaces',
        'site',
        ids.map(one => space(one, one, `Space ${one}`)),
      );
      expect((await spaces.list(['space'])).items[3].subject).toEqual({
        kind: 'space',
        id: 'a13',
        title: 'Space a13',
      });
    },
  );
});
