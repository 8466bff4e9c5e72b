// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { countedAt, forgetCounts, rowsAt } from './countsAt';
import { account, createTestLists } from './lists/__testUtils__/testLists';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
let knex: Knex;
beforeEach(async () => {
  knex = await databases.init('SQLITE_3');
});

describe('countedAt', () => {
  /** Counts the letters of ids; the empty ones are not spoken of. */
  function counting() {
    const asked: string[][] = [];
    const count = async (ids: string[]) => {
      asked.push(ids);
      return new Map(
        ids.filter(id => id !== '-').map(id => [id, id.length] as const),
      );
    };
    const at = (revision: number, ids: string[], what = 'letters') =>
      countedAt(
        knex,
        { what, connection: 'acme', revision, none: 0 },
        ids,
        count,
      );
    return { asked, at };
  }

  it('counts once at a revision, also for whoever asks in a transaction', async () => {
    const { asked, at } = counting();
    expect([...(await at(3, ['a', 'bb', '-']))]).toEqual([
      ['a', 1],
      ['bb', 2],
      ['-', 0],
    ]);
    const inTransaction = await knex.transaction(tx =>
      countedAt(
        tx,
        { what: 'letters', connection: 'acme', revision: 3, none: 0 },
        ['-', 'bb', 'ccc'],
        async ids => new Map(ids.map(id => [id, 100])),
      ),
    );
    expect(new Map(inTransaction)).toEqual(
      new Map([
        ['-', 0],
        ['bb', 2],
        ['ccc', 100],
      ]),
    );
    await at(4, ['a']);
    await at(3, ['a'], 'vowels');
    expect(asked).toEqual([['a', 'bb', '-'], ['a'], ['a']]);
  });

  it('counts again when it is told to, or when too much was counted since', async () => {
    const { asked, at } = counting();
    await at(3, ['a']);
    forgetCounts(knex);
    await at(3, ['a']);
    expect(asked).toHaveLength(2);
    const many = Array.from({ length: 20_000 }, (_, n) => `id ${n}`);
    await at(3, many);
    await at(3, ['a']);
    expect(asked).toHaveLength(4);
    expect((await at(3, many)).size).toBe(20_000);
  });
});

it('asks a statement once at a revision, and what it was asked with matters', async () => {
  await knex.schema.createTable('things', table => {
    table.text('source');
  });
  const count = (revision: number, source: string) =>
    rowsAt<{ total: number }>(
      knex,
      revision,
      knex('things').where({ source }).count({ total: '*' }),
    );
  await knex('things').insert({ source: 'acme' });
  expect(await count(3, 'acme')).toEqual([{ total: 1 }]);
  await knex('things').insert({ source: 'acme' });
  expect(await count(3, 'acme')).toEqual([{ total: 1 }]);
  expect(await count(3, 'other')).toEqual([{ total: 0 }]);
  expect(await count(4, 'acme')).toEqual([{ total: 2 }]);

  // The oldest goes when there are too many.
  await knex('things').insert({ source: 'acme' });
  for (let n = 0; n < 500; n++) {
    await count(5, `source ${n}`);
  }
  expect(await count(4, 'acme')).toEqual([{ total: 3 }]);
});

it('counts what a source has after it was forgotten and read again', async () => {
  const { history, lists, publish } = await createTestLists(knex);
  const members = (...ids: string[]) => ({
    groups: {
      site: [
        {
          key: 'g',
          payload: { name: 'Staff', managedBy: '', usageType: '' },
        },
      ],
    },
    memberships: {
      g: ids.map(accountId => ({
        key: `g/${accountId}`,
        payload: { groupId: 'g', accountId },
      })),
    },
  });
  const counted = async (revision: number) => {
    const page = await lists.groups({
      connections: ['acme'],
      revision,
      limit: 1,
      sort: 'name',
    });
    return page.items.map(group => group.members);
  };
  const first = await publish('acme', members('a', 'b'));
  expect(await counted(first.revision!)).toEqual([2]);
  await history.forget('acme');
  expect(await counted(first.revision!)).toEqual([]);
  const second = await publish('acme', members('a'));
  expect(await counted(second.revision!)).toEqual([1]);
});

it('counts people anew whom a search finds by their names of today', async () => {
  const { lists, publish } = await createTestLists(knex);
  const named = (...names: string[]) => ({
    accounts: {
      site: names.map((name, n) => account(`a${n}`, name)),
    },
  });
  const first = await publish('acme', named('Ann One', 'Ann Two', 'Ann Three'));
  const found = async () => {
    const page = await lists.accounts({
      connections: ['acme'],
      revision: first.revision!,
      q: 'ann',
      limit: 1,
      sort: 'name',
    });
    return page.totalItems;
  };
  expect(await found()).toBe(3);
  await publish('acme', named('Ann One', 'Ann Two', 'Zoe'));
  expect(await found()).toBe(2);
});
