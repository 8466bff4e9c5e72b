// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  account,
  createTestLists,
  group,
  page,
  space,
} from './__testUtils__/testLists';

jest.setTimeout(60_000);

/** Names that a pattern could take for another one; the last has no wildcard. */
const names = [
  '50% off',
  '50_off',
  '100 percent!',
  'back\\slash',
  '500 offers',
];

const named = <R>(row: (id: string, name: string) => R): R[] =>
  names.map((name, n) => row(`x${n}`, name));

describe('the search of lists', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'takes %% and _ as the characters that they are, %p',
    async id => {
      const knex = await databases.init(id);
      const { lists, history, publish } = await createTestLists(knex);
      await publish('acme', {
        accounts: { site: named(account) },
        groups: { site: named(group) },
        spaces: {
          site: [
            space('s1', 'POL', 'Policies'),
            ...named((key, name) => space(key, key.toUpperCase(), name)),
          ],
        },
        pages: { s1: named((key, title) => page(key, 's1', title)) },
      });
      const options = {
        connections: ['acme'],
        revision: await history.head(),
        limit: 50,
        query: {},
      };
      type Found = { items: object[] };
      const searches: Record<string, (q: string) => Promise<Found>> = {
        pages: q => lists.pages({ ...options, q, sort: 'title' }),
        groups: q => lists.groups({ ...options, q, sort: 'name' }),
        spaces: q => lists.spaces({ ...options, q, sort: 'name' }),
        accounts: q => lists.accounts({ ...options, q, sort: 'name' }),
        'people who may be seen': q =>
          lists.accounts({
            ...options,
            q,
            sort: 'name',
            allowed: { not: { people: ['user:default/nobody'] } },
          }),
      };
      for (const [list, search] of Object.entries(searches)) {
        const found = async (q: string) =>
          (await search(q)).items
            .map(item =>
              'title' in item ? item.title : Reflect.get(item, 'name'),
            )
            .sort();
        expect([list, await found('%')]).toEqual([list, ['50% off']]);
        expect([list, await found('0% O')]).toEqual([list, ['50% off']]);
        expect([list, await found('_')]).toEqual([list, ['50_off']]);
        expect([list, await found('50_')]).toEqual([list, ['50_off']]);
        expect([list, await found('!')]).toEqual([list, ['100 percent!']]);
        expect([list, await found('k\\s')]).toEqual([list, ['back\\slash']]);
        expect([list, await found('%%')]).toEqual([list, []]);
        expect([list, await found('50')]).toEqual([
          list,
          ['50% off', '500 offers', '50_off'],
        ]);
      }
    },
  );
});
