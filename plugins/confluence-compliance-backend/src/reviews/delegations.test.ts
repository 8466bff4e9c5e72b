// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { LENA, OWNER } from './__testUtils__';
import { BOSS, createTestPeople, MIA } from './__testUtils__/people';

jest.setTimeout(120_000);

const page = { limit: 50 };

describe('Delegations', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => createTestPeople(await databases.init(engine));

    it('lasts a year at most to stand for somebody, and can be ended by who manages reviews', async () => {
      const t = await open();
      const { delegations } = t.reviews;
      const inDays = (days: number) =>
        new Date(Date.now() + days * 86_400_000).toISOString();
      const delegate = (from: string, to: string, endsAt = inDays(30)) =>
        delegations.add(from, { to, endsAt, reason: 'Away' });
      await expect(delegate(LENA, MIA, inDays(367))).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringMatching(
          /^endsAt must be at most a year ahead: say \d{4}-/,
        ),
      });
      const given = await delegate(LENA, MIA, inDays(365));
      const later = await delegations.add(OWNER, {
        to: MIA,
        startsAt: inDays(3),
        endsAt: inDays(60),
        reason: 'Away',
      });
      const other = await delegate(BOSS, LENA);
      expect(await delegations.delegatesOf([LENA, OWNER])).toEqual([MIA]);
      expect(await delegations.delegatesOf([OWNER])).toEqual([]);
      // Of everybody those that last longest first, page by page.
      const first = await delegations.listOpen({ limit: 2 });
      expect(first).toMatchObject({
        items: [{ id: given.id }, { id: later.id }],
        totalItems: 3,
      });
      const { nextCursor: cursor } = first.pageInfo;
      expect(await delegations.listOpen({ limit: 2, cursor })).toMatchObject({
        items: [{ id: other.id, from: BOSS, to: LENA }],
        pageInfo: {},
      });
      const own = await delegations.list(LENA, { limit: 1 });
      expect(own).toMatchObject({ items: [{ id: other.id }], totalItems: 2 });
      expect(
        await delegations.list(LENA, {
          limit: 1,
          cursor: own.pageInfo.nextCursor,
        }),
      ).toMatchObject({ items: [{ id: given.id }], pageInfo: {} });
      // One list takes no cursor of the other, nor of somebody else.
      await expect(
        delegations.list(MIA, { limit: 1, cursor: own.pageInfo.nextCursor }),
      ).rejects.toMatchObject({ name: 'InputError' });

      await expect(
        delegations.end(OWNER, given.id, { anybodys: false }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(
        await delegations.end(OWNER, given.id, { anybodys: true }),
      ).toMatchObject({ active: false, endedBy: OWNER });
      expect(await delegations.delegatesOf([LENA])).toEqual([]);
      expect((await delegations.listOpen(page)).items).toHaveLength(2);
      expect(await t.entries('review.delegation-ended')).toEqual([
        { from: LENA },
      ]);
    });

    it('asks for those who stand for somebody by whom they stand for', async () => {
      const t = await open();
      const { delegations } = t.reviews;
      await delegations.add(LENA, {
        to: MIA,
        endsAt: new Date(Date.now() + 60_000).toISOString(),
        reason: 'Away',
      });
      const seen: string[] = [];
      t.knex.on('query', ({ sql, bindings }) => {
        if (sql.includes('review_delegations')) {
          seen.push(JSON.stringify(bindings));
        }
      });
      const many = Array.from({ length: 450 }, (_, n) => `user:default/u${n}`);
      expect(await delegations.delegatesOf([...many, LENA])).toEqual([MIA]);
      expect(seen).toHaveLength(3);
      expect(seen.every(one => one.includes('user:default/'))).toBe(true);
      seen.length = 0;
      expect(await delegations.delegatesOf([])).toEqual([]);
      expect(seen).toEqual([]);
    });
  });
});
