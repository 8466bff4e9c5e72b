// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createTestReviews, LENA, OWNER } from './__testUtils__';

jest.setTimeout(60_000);

describe('A backend that is killed', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => {
      const knex = await databases.init(engine);
      const t = await createTestReviews(knex);
      await t.team('ana', 'ben');
      /** Dies before the transaction that writes this entry is saved. */
      const killAt = (kind: string) => {
        const { ledger } = t.history;
        const append = ledger.append.bind(ledger);
        const spy = jest.spyOn(ledger, 'append');
        spy.mockImplementation(async (tx, entry) => {
          const head = await append(tx, entry);
          if (entry.kind === kind) {
            spy.mockRestore();
            throw new Error('Killed');
          }
          return head;
        });
      };
      const kindsOf = async (subject: string) =>
        (await knex('ledger_entries').where({ subject }).orderBy('seq')).map(
          ({ kind }) => kind,
        );
      return { ...t, knex, killAt, kindsOf };
    };
    const asked = {
      title: 'Quarter',
      scope: { connection: 'acme', group: 'g1' },
      reviewer: LENA,
      fallbackReviewer: OWNER,
    };

    it('has made a review whole, or not at all, and goes on with what it has', async () => {
      const t = await open();
      t.killAt('review.created');
      await expect(t.reviews.add(OWNER, asked)).rejects.toThrow('Killed');
      expect((await t.reviews.list({}, { limit: 10 })).items).toEqual([]);

      const { id } = await t.reviews.add(OWNER, asked);
      t.killAt('review.started');
      await expect(t.reviews.begin(id, OWNER)).rejects.toThrow('Killed');
      const draft = await t.reviews.get(id);
      expect(draft).toMatchObject({ state: 'draft', preview: { size: 2 } });
      expect(draft.revision).toBeUndefined();

      await t.reviews.begin(id, OWNER);
      // The next start makes the items, though nobody asks it to.
      await (await t.create()).makeItems();
      expect((await t.reviews.get(id)).progress).toMatchObject({
        items: 'ready',
        undecided: 2,
      });
      expect(await t.kindsOf(id)).toEqual(['review.created', 'review.started']);
    });

    it('has signed a review off whole, or not at all, and signs it off later', async () => {
      const t = await open();
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      await t.decide(id, 'ben', 'keep');
      await new Promise(resolve => setTimeout(resolve, 5));
      await t.members('ben');
      t.killAt('review.signed-off');
      await expect(t.reviews.signOff(id, OWNER)).rejects.toThrow('Killed');
      expect(await t.reviews.get(id)).toMatchObject({ state: 'remediation' });
      expect(await t.knex('review_items').whereNotNull('sealed')).toEqual([]);
      // It is as open as before: a decision can still be taken back, and made again.
      await t.decide(id, 'ben', 'undo');
      await t.decide(id, 'ben', 'keep');

      const other = await t.create();
      const both = await Promise.allSettled([
        t.reviews.signOff(id, OWNER),
        other.signOff(id, OWNER),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(await t.reviews.get(id)).toMatchObject({
        state: 'completed',
        seal: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(
        (await t.kindsOf(id)).filter(kind => kind === 'review.signed-off'),
      ).toHaveLength(1);
      expect(await t.proofs(id)).toEqual({ ana: 'removed' });
    });
  });
});
