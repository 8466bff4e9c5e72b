// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { Lookups } from './Lookups';
import { account, createTestLists, grants } from './__testUtils__/testLists';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const SOURCE = 'organization:o1';
const STATES = ['active', 'suspended', 'deactivated', 'removed', 'closed'];

/** Every way in which Confluence and the organization can speak of an account. */
const ways = ['active', 'inactive', 'closed'].flatMap(site =>
  [null, 'active', 'inactive', 'closed'].flatMap(status =>
    [null, 'active', 'suspended', 'no_membership'].map(membership => ({
      id: [site, status, membership].join('-'),
      site,
      status,
      membership,
    })),
  ),
);

const entry = (key: string, accountStatus: unknown, membership: unknown) => ({
  key,
  payload: {
    claimStatus: 'managed',
    accountStatus,
    membershipStatus: membership,
    mfa: 'enabled',
    managementSource: null,
    platformRoles: [],
    products: [],
    roles: [],
  },
});

describe.each(databases.eachSupportedId())(
  'The state of accounts on %p',
  id => {
    async function filled() {
      const knex = await databases.init(id);
      const organizations = [
        { connection: 'acme', source: SOURCE },
        { connection: 'other' },
      ];
      const t = await createTestLists(knex, [], organizations);
      const lookups = await Lookups.create({
        database: { getClient: async () => knex },
        catalog: { accounts: 'none' } as never,
        organizations: async () => organizations,
      });
      const ids = ways.map(way => way.id);
      for (const connection of ['acme', 'other']) {
        await t.publish(connection, {
          accounts: {
            site: [
              ...ways.map(way =>
                account(way.id, way.id, { accountStatus: way.site }),
              ),
              account('alone', 'Alone'),
            ],
          },
          grants: {
            s1: [...ids, 'alone'].flatMap(one =>
              grants('s1', ['account', one], 'read:space'),
            ),
          },
        });
      }
      const before = await t.history.head();
      await t.publish(SOURCE, {
        directory: {
          all: ways.map(way => entry(way.id, way.status, way.membership)),
        },
      });
      const list = async (revision: number, status?: string, sort = 'name') => {
        const connections = ['acme', 'other'];
        const scope = { connections, revision, sort, limit: 200 };
        const { items, totalItems } = await t.lists.accounts({
          ...scope,
          status,
        });
        expect(totalItems).toBe(items.length);
        return items;
      };
      return { ...t, before, list, lookups };
    }

    const names = (
      items: Array<{ connection: string; accountId: string }>,
    ): string[] =>
      items.map(one => `${one.connection} ${one.accountId}`).sort();

    it('is one thing in the facts, the filter and the counts, at any revision', async () => {
      const { before, history, list, lists, lookups } = await filled();
      for (const revision of [before, await history.head()]) {
        const everybody = await list(revision);
        expect(everybody).toHaveLength(2 * (ways.length + 1));
        const inState = (state: string) =>
          everybody.filter(({ facts }) => facts.status.value === state);
        for (const state of STATES) {
          for (const sort of ['name', '-status']) {
            const found = await list(revision, state, sort);
            expect([state, names(found)]).toEqual([
              state,
              names(inState(state)),
            ]);
          }
        }
        // Nobody is in two states, or in none.
        const total = STATES.reduce((sum, one) => sum + inState(one).length, 0);
        expect(total).toBe(everybody.length);
        expect(names(await list(revision, 'inactive'))).toEqual(
          names(inState('deactivated')),
        );
        const active = inState('active').filter(
          ({ connection }) => connection === 'acme',
        );
        const place = { connection: 'acme', revision };
        const reached = await lists.access.peopleOfSpace({
          ...place,
          spaceId: 's1',
        });
        expect(reached.people).toBe(active.length);
        const site = await lookups.siteReach('acme', revision);
        expect(site.person).toBe(active.length);
      }
      const known = await list(await history.head(), 'suspended');
      expect(known.every(({ connection }) => connection === 'acme')).toBe(true);
      expect(known).toHaveLength(8);
      expect(await list(before, 'suspended')).toEqual([]);
    });
  },
);
