// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { LENA } from './__testUtils__';
import { createTestPeople } from './__testUtils__/people';

jest.setTimeout(120_000);

describe('what is about who decides', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => createTestPeople(await databases.init(engine));

    it('decides the others where one of several rows is about who decides, and names that one', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'lena-1');
      await t.identify({ 'lena-1': LENA });
      const id = await t.started();
      // It came to her all the same, as before her account was known.
      await t
        .knex('review_items')
        .where({ principal_id: 'lena-1' })
        .update({ reviewer: LENA });
      const own = await t.itemOf(id, 'lena-1');
      const answer = await t.reviews.decide(id, LENA, {
        items: await t.versions(id, 'ana', 'ben', 'lena-1'),
        decision: 'revoke',
        reason: 'Left',
      });
      expect(answer.items.map(({ principal }) => principal.id)).toEqual([
        'ana',
        'ben',
      ]);
      expect(answer.refused).toEqual([
        {
          id: own.id,
          reason: {
            code: 'about-themself',
            text: `It is about ${LENA}: nobody decides on themself`,
          },
        },
      ]);
      expect((await t.itemOf(id, 'lena-1')).decision).toBeUndefined();
      const [{ items }] = await t.entries('review.decided');
      expect(items).toHaveLength(2);
      await expect(t.decide(id, 'lena-1', 'keep')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });
  });
});
