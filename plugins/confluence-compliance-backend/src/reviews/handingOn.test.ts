// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { saltedHash } from '../ledger';
import { LENA, OWNER, tick } from './__testUtils__';
import { BOSS, createTestPeople, MIA } from './__testUtils__/people';

jest.setTimeout(120_000);

const page = { limit: 50 };

describe('handing on', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async () => createTestPeople(await databases.init(engine));

    it('lets somebody decide again what another had decided, and keeps who undid it', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ana', 'keep');
      const reassign = async (undoDecided?: boolean) =>
        t.reviews.reassign(id, BOSS, {
          items: await t.versions(id, 'ana', 'ben'),
          to: MIA,
          reason: 'Lena has left',
          undoDecided,
        });
      await expect(reassign()).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('undoDecided must be true'),
      });
      await reassign(true);
      const ana = await t.itemOf(id, 'ana');
      expect(ana).toMatchObject({
        reviewer: { ref: MIA, because: 'reassigned' },
        decision: undefined,
      });
      const why = { by: BOSS, reason: 'Lena has left', to: MIA };
      expect(await t.reviews.itemHistory(id, ana.id)).toEqual({
        items: [
          expect.objectContaining({
            ...why,
            kind: 'reassign',
            for: undefined,
            from: { version: 2, decision: 'undecided', reviewer: LENA },
          }),
          expect.objectContaining({
            ...why,
            kind: 'undo',
            for: undefined,
            from: { version: 2, decision: 'keep', reviewer: LENA },
          }),
          expect.objectContaining({ kind: 'keep', by: LENA }),
        ],
      });
      const [{ to, items }] = await t.entries('review.reassigned');
      expect(to).toBe(MIA);
      expect(items).toEqual([
        expect.objectContaining({ id: ana.id, version: 3, undid: 'keep' }),
        expect.not.objectContaining({ undid: expect.anything() }),
      ]);
    });

    it('hands on all rows of who has left, but for what is about the new one or waits for its removal', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'cleo', 'dan', 'mia-1');
      await t.identify({ 'mia-1': MIA });
      const id = await t.started();
      const handOn = (undoDecided: boolean, to = MIA) =>
        t.reviews.handOn(id, BOSS, {
          from: LENA,
          to,
          reason: 'Lena has left',
          undoDecided,
        });
      const reviewers = async () =>
        Object.fromEntries(
          (await t.itemsOf(id)).map(({ principal, reviewer, decision }) => [
            principal.id,
            [reviewer.ref, decision?.kind],
          ]),
        );
      await t.decide(id, 'ana', 'keep');
      await t.decide(id, 'ben', 'revoke');
      const mia = await t.itemOf(id, 'mia-1');
      expect(await handOn(false)).toEqual({
        handed: 2,
        undone: 0,
        refused: [
          {
            id: mia.id,
            reason: {
              code: 'about-themself',
              text: expect.stringContaining('nobody decides on themself'),
            },
          },
        ],
        more: false,
      });
      expect(await reviewers()).toEqual({
        ana: [LENA, 'keep'],
        ben: [LENA, 'revoke'],
        cleo: [MIA, undefined],
        dan: [MIA, undefined],
        'mia-1': [LENA, undefined],
      });
      // Everything is decided: what is revoked waits for its removal, and stays.
      await t.reviews.decide(id, MIA, {
        items: await t.versions(id, 'cleo', 'dan'),
        decision: 'keep',
        reason: 'Needed',
        includeRisky: true,
      });
      await t.decide(id, 'mia-1', 'keep');
      expect((await t.reviews.get(id)).state).toBe('remediation');
      const summary = await t.reviews.summary(id);
      expect(summary.reviewers).toContainEqual({
        reviewer: LENA,
        total: 3,
        undecided: 0,
        revoke: 1,
      });
      const ben = await t.itemOf(id, 'ben');
      const refused = [
        {
          id: ben.id,
          reason: {
            code: 'waits-for-removal',
            text: 'It is revoked and waits for its removal',
          },
        },
        expect.objectContaining({ id: mia.id }),
      ];
      expect(await handOn(true)).toMatchObject({
        handed: 1,
        undone: 1,
        refused,
      });
      // Something is undecided again by now, and the removal may be under way all the same.
      expect(await handOn(true)).toMatchObject({ handed: 0, refused });
      expect(await reviewers()).toMatchObject({
        ana: [MIA, undefined],
        ben: [LENA, 'revoke'],
        'mia-1': [LENA, 'keep'],
      });
      expect((await t.reviews.get(id)).state).toBe('in-progress');
      const reassign = async () =>
        t.reviews.reassign(id, BOSS, {
          items: await t.versions(id, 'ben'),
          to: MIA,
          reason: 'Lena has left',
          undoDecided: true,
        });
      const waits = {
        name: 'ConflictError',
        message: expect.stringContaining('waits for its removal'),
      };
      await expect(reassign()).rejects.toMatchObject(waits);
      await t.reviews.decide(id, MIA, {
        items: await t.versions(id, 'ana'),
        decision: 'keep',
        reason: 'Needed',
      });
      await expect(reassign()).rejects.toMatchObject(waits);
      expect(await t.reviews.history(id, page)).toMatchObject({
        items: [
          { kind: 'hand-on', from: LENA, to: MIA, items: 1, undone: 1 },
          { kind: 'hand-on', from: LENA, to: MIA, items: 2, undone: 0 },
        ],
      });
      const [{ from, reasonHash }] = await t.entries('review.reassigned');
      const [{ reason_salt: salt }] = await t
        .knex('review_changes')
        .orderBy('ordinal');
      expect(from).toBe(LENA);
      expect(reasonHash).toBe(saltedHash(salt, 'Lena has left'));
      await expect(handOn(true, LENA)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('to is user:default/lena'),
      });
    });

    it('hands on rows before everything is decided also where they are revoked, but never under a rule that decides again', async () => {
      const t = await open();
      await t.team('ana', 'ben');
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      const asked = { from: LENA, reason: 'Left', undoDecided: true };
      await t.knex('reviews').where({ id }).update({
        overdue_rule: 'revoke',
        due_at: '2026-01-01T00:00:00.000Z',
      });
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('its rule would decide again'),
      });
      await t.knex('reviews').where({ id }).update({ due_at: null });
      await t.knex('reviews').where({ id }).update({ containers_total: 2 });
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('still being made'),
      });
      await t.knex('reviews').where({ id }).update({ containers_total: 1 });
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, to: MIA }),
      ).toMatchObject({ handed: 2, undone: 1 });
      await t.reviews.cancel(id, BOSS, 'Over');
      await expect(
        t.reviews.handOn(id, BOSS, { ...asked, from: MIA, to: LENA }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('leaves what is revoked before everything is decided where somebody was named to remove it, or a read says something of it', async () => {
      const t = await open();
      await t.team('ana', 'ben', 'cleo');
      const id = await t.started();
      await t.decide(id, 'ana', 'revoke');
      await t.decide(id, 'ben', 'revoke');
      const [ana, ben] = await t.versions(id, 'ana', 'ben');
      await t.reviews.assignRemediations(id, BOSS, {
        items: [ana.id],
        owner: OWNER,
      });
      await tick();
      await t.members('ana', 'cleo');
      const asked = { to: MIA, reason: 'Lena has left', undoDecided: true };
      for (const item of [ana, ben]) {
        await expect(
          t.reviews.reassign(id, BOSS, { ...asked, items: [item] }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining('waits for its removal'),
        });
      }
      const waits = { code: 'waits-for-removal' };
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, from: LENA }),
      ).toMatchObject({
        handed: 1,
        undone: 0,
        refused: [
          { id: ana.id, reason: waits },
          { id: ben.id, reason: waits },
        ],
      });
      // What was revoked anew since then waits for nothing yet.
      await t.decide(id, 'ben', 'undo');
      await t.decide(id, 'ben', 'revoke');
      expect(
        await t.reviews.handOn(id, BOSS, { ...asked, from: LENA }),
      ).toMatchObject({ handed: 1, undone: 1, refused: [{ id: ana.id }] });
    });

    it('hands on more rows than one request takes, one request after the other', async () => {
      const t = await open();
      await t.team(...Array.from({ length: 520 }, (_, n) => `a${n}`));
      const id = await t.started();
      const asked = { from: LENA, to: MIA, reason: 'x', undoDecided: false };
      const handOn = () => t.reviews.handOn(id, BOSS, asked);
      expect(await handOn()).toMatchObject({ handed: 500, more: true });
      expect(await handOn()).toMatchObject({ handed: 20, more: false });
      expect(await handOn()).toMatchObject({ handed: 0, more: false });
      const summary = await t.reviews.summary(id);
      expect(summary.reviewers).toMatchObject([{ reviewer: MIA, total: 520 }]);
    });
  });
});
