// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  account,
  createTestLists,
  group,
  membership,
} from './__testUtils__/testLists';
import type { UserGroupName } from './userGroup';

jest.setTimeout(120_000);

const members = (groupId: string, ...accounts: string[]) => ({
  memberships: { [groupId]: accounts.map(id => membership(groupId, id)) },
});
const people = {
  accounts: { site: ['a1', 'a2', 'a3'].map(id => account(id)) },
};
const groups = (...names: Array<[id: string, name: string]>) => ({
  groups: { site: names.map(([id, name]) => group(id, name)) },
});

describe('the user group of a connection', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: string, ...connections: string[]) {
    const named: Array<{ id: string; userGroup?: UserGroupName }> =
      connections.map(connection => ({ id: connection }));
    const knex = await databases.init(id as never);
    const t = await createTestLists(knex, named);
    return {
      ...t,
      /** Names the user group of the first connection. */
      name(userGroup: UserGroupName | undefined) {
        named[0].userGroup = userGroup;
      },
      /** Which accounts a list shows, and whether each is said to be outside. */
      async list(
        population: 'inside' | 'outside' | undefined,
        more: { revision?: number; limit?: number; sort?: string } = {},
      ) {
        const shown: Array<[string, boolean | undefined]> = [];
        let cursor: string | undefined;
        do {
          const page = await t.lists.accounts({
            connections,
            revision: await t.history.head(),
            limit: 2,
            sort: 'status',
            population,
            cursor,
            ...more,
          });
          page.items.forEach(({ connection, accountId, outsideUserGroup }) =>
            shown.push([`${connection} ${accountId}`, outsideUserGroup]),
          );
          cursor = page.pageInfo.nextCursor;
        } while (cursor);
        return Object.fromEntries(shown.sort());
      },
    };
  }

  it.each(databases.eachSupportedId())('parts the accounts, %p', async id => {
    const t = await start(id, 'acme', 'other');
    t.name({ name: 'users' });
    await t.publish('acme', {
      ...people,
      ...groups(['g1', 'users'], ['g2', 'admins']),
      memberships: {
        g1: [membership('g1', 'a1')],
        g2: [membership('g2', 'a1'), membership('g2', 'a2')],
      },
    });
    // Another site, which names no user group, knows one of them as well.
    await t.publish('other', { accounts: { site: [account('a2')] } });
    const first = await t.history.head();
    await t.publish('acme', members('g1', 'a2', 'a3'));
    const before = {
      'acme a1': false,
      'acme a2': true,
      'acme a3': true,
      'other a2': undefined,
    };
    for (const sort of ['status', '-name']) {
      expect(await t.list(undefined, { revision: first, sort })).toEqual(
        before,
      );
      expect(await t.list('outside', { revision: first, sort })).toEqual({
        'acme a2': true,
        'acme a3': true,
      });
      expect(await t.list('inside', { revision: first, sort })).toEqual({
        'acme a1': false,
        'other a2': undefined,
      });
      expect(await t.list('outside', { sort })).toEqual({ 'acme a1': true });
    }
    expect(await t.lists.account('acme', 'a1', first)).toMatchObject({
      outsideUserGroup: false,
    });
    t.name(undefined);
    expect(await t.list('outside')).toEqual({});
    expect(Object.keys(await t.list('inside'))).toHaveLength(4);
  });

  it.each(databases.eachSupportedId())(
    'leaves nobody out while its members were never read whole, %p',
    async id => {
      const t = await start(id, 'acme');
      t.name({ name: 'users' });
      await t.publish('acme', { ...people, ...groups(['g1', 'users']) });
      const group1 = () =>
        t.history.head().then(r => t.lists.userGroup('acme', r));
      await t.fail('acme', 'memberships', 'g1', [membership('g1', 'a1')]);
      expect(await group1()).toEqual({ id: 'g1', outOfScope: false });
      expect(await t.list('outside')).toEqual({});
      expect(Object.values(await t.list('inside'))).toEqual(
        Array(3).fill(undefined),
      );
      const early = await t.history.head();
      await t.publish('acme', members('g1', 'a1', 'a3'));
      // What was read whole once is the last that is known.
      await t.fail('acme', 'memberships', 'g1');
      expect(await group1()).toMatchObject({ id: 'g1', members: 2 });
      expect(await t.list('outside')).toEqual({ 'acme a2': true });
      expect(await t.list('outside', { revision: early })).toEqual({});
    },
  );

  it.each(databases.eachSupportedId())(
    'is found by id, or by its exact name, %p',
    async id => {
      const t = await start(id, 'acme');
      await t.publish('acme', {
        ...people,
        ...groups(['g1', 'Finance'], ['g2', 'finance']),
        memberships: {
          g1: [membership('g1', 'a1')],
          g2: [membership('g2', 'a2')],
        },
      });
      const first = await t.history.head();
      const inside = async (more: object = {}) => {
        const shown = await t.list('inside', more);
        return Object.keys(shown).map(key => key.replace('acme ', ''));
      };
      const found = async (userGroup: UserGroupName, more: object = {}) => {
        t.name(userGroup);
        return inside(more);
      };
      expect(await found({ name: 'Finance' })).toEqual(['a1']);
      expect(await found({ name: 'finance' })).toEqual(['a2']);
      expect(await found({ name: 'FINANCE' })).toEqual(['a1', 'a2', 'a3']);
      expect(await t.lists.userGroup('acme', first)).toBeUndefined();
      expect(await found({ id: 'g2', name: 'Finance' })).toEqual(['a2']);
      expect(await found({ id: 'g9', name: 'Finance' })).toEqual(['a1']);
      expect(await found({ id: 'g9', name: 'users' })).toHaveLength(3);
      // A new name loses whoever goes by it, and nobody who goes by the id.
      await t.publish('acme', groups(['g1', 'Money'], ['g2', 'finance']));
      expect(await found({ name: 'Finance' })).toHaveLength(3);
      expect(await found({ name: 'Finance' }, { revision: first })).toEqual([
        'a1',
      ]);
      expect(await found({ id: 'g1', name: 'Finance' })).toEqual(['a1']);
    },
  );
});
