// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { createTestReviews, grant, LENA, OWNER } from './__testUtils__';

jest.setTimeout(60_000);

const PAST = '2026-01-01T00:00:00.000Z';
const FUTURE = '2999-01-01T00:00:00.000Z';

describe('What becomes of items that nobody decides', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  describe.each(databases.eachSupportedId())('on %p', engine => {
    const open = async (overdueRule: 'keep-open' | 'defer' | 'revoke') => {
      const knex = await databases.init(engine);
      const t = await createTestReviews(knex);
      const ids = Array.from({ length: 450 }, (_, i) => `a${i}`);
      await t.team(...ids);
      const { id } = await t.reviews.add(OWNER, {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        reviewer: LENA,
        fallbackReviewer: OWNER,
        dueAt: FUTURE,
        overdueRule,
      });
      await t.reviews.begin(id, OWNER);
      await t.reviews.makeItems();
      await t.decide(id, 'a0', 'keep');
      await t.reviews.applyOverdueRules();
      expect((await t.reviews.get(id)).progress.undecided).toBe(449);
      await knex('reviews').where({ id }).update({ due_at: PAST });
      return { ...t, knex, id };
    };

    it('revokes them by the rule, once, also after a kill and with two replicas', async () => {
      const t = await open('revoke');
      let steps = 0;
      const killed = {
        throwIfAborted() {
          steps += 1;
          if (steps === 2) {
            throw new Error('Killed');
          }
        },
      } as AbortSignal;
      await expect(t.reviews.applyOverdueRules(killed)).rejects.toThrow(
        'Killed',
      );
      expect((await t.reviews.get(t.id)).progress).toMatchObject({
        undecided: 249,
        revoke: 200,
      });
      const other = await t.create();
      await Promise.all([
        t.reviews.applyOverdueRules(),
        other.applyOverdueRules(),
      ]);
      expect(await t.reviews.get(t.id)).toMatchObject({
        state: 'remediation',
        overdueRule: 'revoke',
        progress: { undecided: 0, keep: 1, revoke: 449 },
      });
      const item = await t.itemOf(t.id, 'a1');
      const rule = expect.objectContaining({ code: 'undecided-when-due' });
      expect(item).toMatchObject({
        version: 2,
        decision: { kind: 'revoke', by: 'rule:overdue', rule },
      });
      expect(await t.reviews.itemHistory(t.id, item.id)).toMatchObject({
        items: [{ kind: 'revoke', by: 'rule:overdue', rule }],
      });
      expect((await t.reviews.itemHistory(t.id, item.id)).items[0].for).toBe(
        undefined,
      );
      expect(await t.reviews.summary(t.id)).toMatchObject({
        byRule: 449,
        remediations: { waiting: 449 },
      });
      const csv: string[] = [];
      for await (const piece of await t.reviews.csv(t.id, OWNER)) {
        csv.push(piece);
      }
      expect(csv.join('')).toContain(
        '"rule:overdue","","' /* nobody in whose place */,
      );
      expect(csv.join('')).toContain('"undecided-when-due"');
      const entries = await t
        .knex('ledger_entries')
        .where({ subject: t.id, kind: 'review.decided-by-rule' });
      expect(entries.map(({ actor }) => actor)).toEqual(
        Array(3).fill('system'),
      );
      const decided = entries.flatMap(
        ({ payload }) => JSON.parse(payload).items,
      );
      expect(new Set(decided.map(one => one.id)).size).toBe(449);
      expect(decided).toHaveLength(449);

      // A person can still say otherwise, but not that nobody decided.
      const items = [{ id: item.id, version: item.version }];
      await expect(
        t.reviews.decide(t.id, LENA, { items, decision: 'undo' }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('keep, revoke or defer instead'),
      });
      await t.decide(t.id, 'a1', 'keep');
      const kept = await t.itemOf(t.id, 'a1');
      expect(kept.decision).toMatchObject({ kind: 'keep', by: LENA });
      expect(kept.decision?.rule).toBeUndefined();
    });

    it('defers them where the rule says so, and leaves them open where it does not', async () => {
      const deferring = await open('defer');
      await deferring.reviews.applyOverdueRules();
      expect(await deferring.reviews.get(deferring.id)).toMatchObject({
        state: 'remediation',
        progress: { undecided: 0, defer: 449 },
      });
      const done = await deferring.reviews.signOff(deferring.id, OWNER);
      expect(done.state).toBe('completed');
      await deferring.reviews.applyOverdueRules();

      const open449 = await open('keep-open');
      await open449.reviews.applyOverdueRules();
      expect((await open449.reviews.get(open449.id)).progress).toMatchObject({
        undecided: 449,
      });
      await open449.decide(open449.id, 'a0', 'undo');
    });

    it('needs a due date, and one that is not over when it starts', async () => {
      const t = await createTestReviews(await databases.init(engine));
      await t.team('ana');
      const asked = {
        title: 'Quarter',
        scope: { connection: 'acme', group: 'g1' },
        fallbackReviewer: OWNER,
        overdueRule: 'revoke' as const,
      };
      await expect(t.reviews.add(OWNER, asked)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('dueAt'),
      });
      const late = await t.reviews.add(OWNER, { ...asked, dueAt: PAST });
      await expect(t.reviews.begin(late.id, OWNER)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('due later'),
      });
    });
  });
});

describe('Keeping several items at once', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'is refused of what is not low-risk, unless somebody says that they saw it, %p',
    async engine => {
      const knex = await databases.init(engine);
      const t = await createTestReviews(knex);
      await t.read({
        dataset: 'grants',
        key: 's1',
        rows: ['g1', 'g2', 'g3'].map(id => grant('s1', ['group', id], 'read')),
      });
      const first = await t.started({ space: 's1' });
      const [one, two, three] = await t.itemsOf(first);
      const named = [one, two, three].map(({ id, version }) => ({
        id,
        version,
      }));
      const decision = 'keep' as const;
      const refused = async (asked: object, says: string) => {
        await expect(
          t.reviews.decide(first, LENA, { items: named, decision, ...asked }),
        ).rejects.toMatchObject({
          name: 'InputError',
          message: expect.stringContaining(says),
        });
      };
      await refused({ reason: 'Needed' }, 'includeRisky');
      await refused({ reason: 'Needed' }, `${one.id}, ${two.id}, ${three.id}`);
      await refused({ includeRisky: true }, 'reason');
      expect((await t.reviews.get(first)).progress.undecided).toBe(3);
      await t.reviews.decide(first, LENA, {
        items: named,
        decision,
        reason: 'Looked at each of them',
        includeRisky: true,
      });
      const [entry] = await knex('ledger_entries').where({
        subject: first,
        kind: 'review.decided',
      });
      expect(JSON.parse(entry.payload)).toMatchObject({ includeRisky: true });
      await t.reviews.signOff(first, OWNER);

      // What was kept and is unchanged is low-risk: the next time nobody has to say more.
      const second = await t.started({ space: 's1' });
      const again = await t.itemsOf(second);
      await t.reviews.decide(second, LENA, {
        items: again.map(({ id, version }) => ({ id, version })),
        decision,
      });
      expect((await t.reviews.get(second)).state).toBe('remediation');
    },
  );
});
