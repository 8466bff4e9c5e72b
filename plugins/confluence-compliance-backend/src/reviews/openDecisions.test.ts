// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createTestReviews, grant, LENA, OWNER } from './__testUtils__';

jest.setTimeout(60_000);

describe('open decisions', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'are counted over all reviews, the one that is due first on top, on %p',
    async engine => {
      const t = await createTestReviews(await databases.init(engine));
      await t.team('ana', 'ben', 'cleo');
      const dueAt = (day: number) => `2999-01-${day}T00:00:00.000Z`;
      const make = async (due?: string) => {
        const { id } = await t.reviews.add(OWNER, {
          title: 'Quarter',
          scope: { connection: 'acme', group: 'g1' },
          reviewer: LENA,
          fallbackReviewer: OWNER,
          dueAt: due,
        });
        await t.reviews.begin(id, OWNER);
        return id;
      };
      const ids = [];
      for (let at = 0; at < 12; at += 1) {
        ids.push(await make(at === 0 ? undefined : dueAt(28 - at)));
      }
      await t.reviews.makeItems();
      const [never, ...dated] = ids;
      await t.decide(dated[0], 'ana', 'keep');
      // One that is decided whole, and one that was cancelled, wait for nobody.
      const [done, cancelled] = [dated[1], dated[2]];
      for (const name of ['ana', 'ben', 'cleo']) {
        await t.decide(done, name, 'keep');
      }
      await t.reviews.cancel(cancelled, OWNER, 'It was a try');

      const waiting = dated
        .filter(id => id !== done && id !== cancelled)
        .reverse();
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await t.reviews.openDecisions([LENA], {
          limit: 4,
          cursor,
        });
        expect(page).toMatchObject({ totalItems: 10, open: 29 });
        seen.push(...page.items.map(({ review }) => review.id));
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      expect(seen).toEqual([...waiting, never]);
      const { items } = await t.reviews.openDecisions([LENA, OWNER], {
        limit: 50,
      });
      expect(items.find(({ review }) => review.id === dated[0])?.open).toBe(2);
      expect(await t.reviews.openDecisions([OWNER], { limit: 5 })).toEqual(
        expect.objectContaining({ items: [], totalItems: 0, open: 0 }),
      );
      await expect(
        t.reviews.openDecisions([OWNER], { limit: 5, cursor: 'x' }),
      ).rejects.toMatchObject({ name: 'InputError' });
    },
  );

  it.each(databases.eachSupportedId())(
    'come with what the group, space or critical system is called, on %p',
    async engine => {
      const t = await createTestReviews(await databases.init(engine));
      await t.team('ana');
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
      await t.read({
        dataset: 'grants',
        key: 's1',
        rows: [grant('s1', ['account', 'ana'], 'read')],
      });
      t.systems.push({
        resource: { ref: 'space:s1', title: 'Payments, critical' },
        spaceId: 's1',
      });
      await t.started({});
      await t.started({ space: 's1' });
      const id = await t.started({ system: 'space:s1' });
      expect((await t.reviews.get(id)).scopeTitle).toBe('Payments, critical');
      const { items } = await t.reviews.list({}, { limit: 50 });
      expect(items.map(({ scopeTitle }) => scopeTitle)).toEqual([
        'Payments, critical',
        'Payments',
        undefined,
      ]);
    },
  );
});
