// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Lookups } from '../history';
import { CriticalSystems } from '../critical-systems';
import { createTestReviews, grant, OWNER, tick } from './__testUtils__';
import { ReviewFacts } from './ReviewFacts';

jest.setTimeout(60_000);

const NOW = new Date();

describe('ReviewFacts', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'say when a system was reviewed whole, and what was revoked, on %p',
    async engine => {
      const knex = await databases.init(engine);
      const database = mockServices.database({ knex });
      const t = await createTestReviews(knex);
      await t.team('ana', 'ben');
      await t.read({
        dataset: 'spaces',
        rows: [
          {
            key: 's1',
            payload: {
              key: 'PAY',
              name: 'Payments',
              type: 'global',
              status: 'current',
            },
          },
        ],
      });
      const grants = async () =>
        t.read({
          dataset: 'grants',
          key: 's1',
          rows: [grant('s1', ['account', 'ana'], 'read')],
        });
      await grants();
      const facts = await ReviewFacts.create({
        database,
        history: t.history,
        organizations: async () => t.organizations,
      });
      const systems = CriticalSystems.create({
        config: {
          criticalSystems: [
            {
              connection: 'acme',
              space: 'PAY',
              reviewEvery: 'P1Y',
              rule: { kind: 'reviewed' },
            },
          ],
        },
        connections: () => [
          { id: 'acme', title: 'Acme', purposes: ['access-review'] },
        ],
        lists: { timeOf: async () => '2020-01-01T00:00:00.000Z' },
        lookups: await Lookups.create({
          database,
          catalog: {
            namespace: 'confluence',
            accounts: 'user',
            labels: [],
            allPages: false,
          },
        }),
        reviews: facts,
        now: () => NOW,
      });
      const reviews = async () => {
        const revision = await t.history.head();
        const all = await systems.list({ revision });
        return all.map(({ review }) => review);
      };
      const all = async <T>(pages: AsyncIterable<Array<{ payload: T }>>) => {
        const found: T[] = [];
        for await (const rows of pages) {
          found.push(...rows.map(({ payload }) => payload));
        }
        return found;
      };
      expect(await reviews()).toMatchObject([
        { overdue: true },
        { overdue: true },
      ]);
      expect(await facts.connections()).toEqual([]);

      // A review of one group is none of the site, nor of the space.
      const group = await t.started({ group: 'g1' });
      expect((await reviews()).map(({ running }) => running)).toEqual([
        undefined,
        undefined,
      ]);
      await t.reviews.cancel(group, OWNER, 'The wrong scope');

      // Nor is one of the grants of the space all of it: its groups have members.
      const partly = await t.started({ space: 's1' });
      expect((await reviews())[1]).not.toHaveProperty('running');
      await t.reviews.cancel(partly, OWNER, 'The wrong scope');

      const revision = await t.history.head();
      const [, { resource }] = await systems.list({ revision });
      t.systems.push({ resource, spaceId: 's1' });
      const space = await t.started({ system: resource.ref });
      expect(await reviews()).toMatchObject([
        {},
        { overdue: true, running: { id: space, undecided: 1 } },
      ]);
      await t.decide(space, 'ana', 'revoke');
      expect(await facts.connections()).toEqual(['acme']);
      const [{ decidedAt, state }] = await all(facts.revocations('acme'));
      expect([Date.parse(decidedAt) > 0, state]).toEqual([true, 'waiting']);
      expect(await all(facts.reviewed('acme'))).toEqual([]);

      await tick();
      await t.read({ dataset: 'grants', key: 's1', rows: [] });
      await tick();
      await t.again('accounts', 'site');
      await t.reviews.signOff(space, OWNER);
      const [site, ended] = await reviews();
      expect(site).not.toHaveProperty('lastAt');
      expect(ended).toMatchObject({
        lastAt: expect.any(String),
        overdue: false,
      });
      expect(ended).not.toHaveProperty('running');
      expect(await all(facts.revocations('acme'))).toMatchObject([
        { container: 's1', principalId: 'ana', state: 'removed' },
      ]);
      expect(await all(facts.reviewed('acme'))).toMatchObject([
        { dataset: 'grants', principalId: 'ana', decision: 'revoke' },
      ]);
      expect(await all(facts.reviewed('other'))).toEqual([]);

      const ana = { connection: 'acme', accountId: 'ana' };
      expect(await facts.ofAccounts([ana])).toEqual({
        lastAt: ended.lastAt,
        undecided: 0,
      });
      const again = await t.started({ group: 'g1' });
      expect(
        await facts.ofAccounts([ana, { ...ana, accountId: 'ben' }]),
      ).toEqual({ lastAt: ended.lastAt, undecided: 2 });
      expect(await facts.ofAccounts([{ ...ana, connection: 'other' }])).toEqual(
        { undecided: 0 },
      );
      await t.reviews.cancel(again, OWNER, 'It was a try');

      // What was not whole when it began is no part of what was reviewed.
      await knex('reviews')
        .where({ id: space })
        .update({
          gaps: JSON.stringify([{ dataset: 'grants', container: 's1' }]),
        });
      expect((await reviews())[1]).toMatchObject({
        gapsAt: ended.lastAt,
        overdue: true,
      });

      // Nothing of this counts for another site that is called the same later.
      const running = await t.started({ group: 'g1' });
      await t.reviews.forgetConnection('acme');
      expect((await reviews())[1]).toEqual({
        every: 'P1Y',
        dueAt: expect.any(String),
        overdue: true,
      });
      expect(await t.reviews.get(running)).toMatchObject({
        state: 'cancelled',
      });
      expect(await t.reviews.get(space)).toMatchObject({ state: 'completed' });
      expect(await facts.ofAccounts([ana])).toEqual({ undecided: 0 });
    },
  );
});
