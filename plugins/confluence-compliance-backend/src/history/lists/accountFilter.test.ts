// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { AccountCriteria } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { account, createTestLists } from './__testUtils__/testLists';

jest.setTimeout(120_000);

const ana = { people: ['user:default/ana'] };
const ben = { people: ['user:default/ben'] };
const links = { source: 'identity', dataset: 'identity_links', key: 'links' };

function link(key: string, person: string) {
  return {
    key,
    payload: { source: 'people:catalog', person, how: 'email' },
  };
}

describe('accounts that somebody may see', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())('are all they get, %p', async id => {
    const { lists, history, publish } = await createTestLists(
      await databases.init(id),
    );
    await publish('acme', {
      accounts: {
        site: [
          account('a1', 'Ana'),
          account('a2', 'Ana, at work'),
          account('a3', undefined),
          account('b1', 'Ben'),
          account('c1', 'Cy'),
        ],
      },
    });
    await history.change({}, async change => {
      for (const key of ['a1', 'a2', 'a3']) {
        await change.put(links, link(key, 'user:default/ana'));
      }
      await change.put(links, link('b1', 'user:default/ben'));
    });
    const before = await history.head();
    const list = async (
      allowed: AccountCriteria | undefined,
      more: { revision?: number; limit?: number; q?: string } = {},
    ) => {
      const ids: string[] = [];
      const totals: unknown[] = [];
      let cursor: string | undefined;
      do {
        const page = await lists.accounts({
          connections: ['acme'],
          revision: await history.head(),
          limit: 2,
          sort: 'name',
          allowed,
          cursor,
          ...more,
        });
        ids.push(...page.items.map(({ accountId }) => accountId));
        totals.push(page.totalItems);
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      return { ids, totals };
    };

    expect(await list(ana)).toEqual({
      ids: ['a1', 'a2', 'a3'],
      totals: [3, 3],
    });
    expect(await list(ana, { q: 'work' })).toMatchObject({ ids: ['a2'] });
    expect(await list({ people: [] })).toEqual({ ids: [], totals: [0] });
    expect((await list({ anyOf: [ana, ben] })).ids).toEqual([
      'a1',
      'a2',
      'b1',
      'a3',
    ]);
    expect((await list({ allOf: [ana, ben] })).ids).toEqual([]);
    expect((await list({ not: ana })).ids).toEqual(['b1', 'c1']);
    expect(
      (await list({ allOf: [{ not: ben }, { anyOf: [ana, ben] }] })).ids,
    ).toEqual(['a1', 'a2', 'a3']);
    expect(await list(undefined)).toMatchObject({ totals: [5, 5, 5] });

    // What was hers is another's now: she sees it no more, not even as it was.
    await history.change({}, async change => {
      await change.put(links, link('a1', 'user:default/ben'));
    });
    expect((await list(ana)).ids).toEqual(['a2', 'a3']);
    expect((await list(ana, { revision: before })).ids).toEqual(['a2', 'a3']);
    expect((await list(ben, { revision: before })).ids).toEqual(['a1', 'b1']);
    expect(await lists.linkedPeople(['a1', 'a2', 'c1'])).toEqual(
      new Map([
        ['a1', 'user:default/ben'],
        ['a2', 'user:default/ana'],
      ]),
    );
  });

  it('have cursors of their own', async () => {
    const { lists, publish } = await createTestLists(
      await databases.init('SQLITE_3'),
    );
    await publish('acme', {
      accounts: { site: [account('a1', 'Ana'), account('b1', 'Ben')] },
    });
    const options = {
      connections: ['acme'],
      revision: 1,
      limit: 1,
      sort: 'name',
    };
    const { pageInfo } = await lists.accounts(options);
    await expect(
      lists.accounts({
        ...options,
        cursor: pageInfo.nextCursor,
        allowed: ana,
      }),
    ).rejects.toMatchObject({ name: 'InputError' });
  });
});
