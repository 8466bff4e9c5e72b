// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { findingSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  FindingState,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { account, acme, check, createTestChecks } from './__testUtils__';

jest.setTimeout(120_000);

const LIFE = 'my.life';
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** A check whose verdicts the test says, over accounts that are there. */
async function start(id: Parameters<typeof databases.init>[0]) {
  const verdicts: Record<string, Verdict | 'left out'> = {};
  const t = await createTestChecks(
    await databases.init(id),
    check(LIFE, async function* evaluate({ data, connections, revision }) {
      expect(revision).toBeGreaterThan(0);
      for (const connection of connections) {
        for await (const rows of data.accounts(connection)) {
          for (const { key } of rows) {
            const verdict = verdicts[key] ?? 'pass';
            if (verdict !== 'left out') {
              const subjectId = key;
              const facts = {};
              yield { connection, subjectId, verdict, reason: 'said', facts };
            }
          }
        }
      }
    }),
  );
  const see = (...ids: string[]) =>
    t.read(
      acme('accounts'),
      ids.map(one => account(one)),
    );
  await see('a1', 'a2', 'a3');
  const list = async (state?: FindingState, more: object = {}) => {
    const query = { state, ...more };
    const { items } = await t.findings({ check: LIFE, query, ...query });
    return items.map(item => findingSchema.parse(item));
  };
  return {
    ...t,
    see,
    list,
    /** Runs the check with a verdict on the first account. */
    async say(verdict: Verdict | 'left out', account1 = 'a1') {
      verdicts[account1] = verdict;
      await t.runAll();
      return t.history.head();
    },
    ids: async (state?: FindingState, more: object = {}) =>
      (await list(state, more)).map(({ subject }) => subject.id),
  };
}

describe('the life of a finding', () => {
  it.each(databases.eachSupportedId())(
    'is open, resolved by a pass and regressed, now and at any revision, %p',
    async id => {
      const t = await start(id);
      const opened = await t.say('fail');
      const [open] = await t.list();
      expect(open).toMatchObject({ state: 'open', comments: 0 });
      expect(open.firstSeen).toBe(open.since);
      expect(open.lastSeen >= open.firstSeen).toBe(true);
      expect(open.resolved).toBeUndefined();

      const resolvedAt = await t.say('pass');
      expect(await t.ids()).toEqual([]);
      const [resolved] = await t.list('resolved');
      expect(resolved).toMatchObject({
        id: open.id,
        state: 'resolved',
        verdict: 'fail',
        firstSeen: open.firstSeen,
        resolved: { by: 'pass' },
      });
      expect(resolved.resolved!.at > resolved.lastSeen).toBe(true);

      await t.say('warning');
      const [back] = await t.list('regressed');
      expect(back).toMatchObject({ id: open.id, firstSeen: open.firstSeen });
      expect(back.since > resolved.resolved!.at).toBe(true);
      expect(await t.ids('open')).toEqual([]);
      expect(await t.ids('resolved')).toEqual([]);
      // Another verdict of the same finding does not make it new.
      await t.say('fail');
      expect((await t.list())[0]).toMatchObject({
        state: 'regressed',
        since: back.since,
      });

      const then = { revision: opened, asOf: String(opened) };
      expect((await t.list(undefined, then))[0]).toMatchObject({
        state: 'open',
      });
      expect(await t.ids('resolved', then)).toEqual([]);
      expect(await t.ids('resolved', { revision: resolvedAt })).toEqual(['a1']);
      expect(await t.ids('regressed', { revision: resolvedAt })).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'is not resolved by what is unknown, %p',
    async id => {
      const t = await start(id);
      await t.say('fail');
      const [{ firstSeen }] = await t.list();
      await t.say('unknown');
      expect(await t.ids('resolved')).toEqual([]);
      expect((await t.list('open'))[0]).toMatchObject({
        verdict: 'unknown',
        firstSeen,
        since: firstSeen,
      });
      await t.say('fail');
      expect(await t.ids('regressed')).toEqual([]);
      expect(await t.ids('open')).toEqual(['a1']);
      // A read that was refused or stopped half way takes nothing away.
      await t.read(acme('accounts'), [account('a2')], 'partial');
      await t.runAll();
      expect(await t.ids('resolved')).toEqual([]);
      expect(await t.ids('open', { verdict: 'fail' })).toEqual(['a1']);

      // It becomes unknown first, and passes then: what failed is resolved.
      await t.see('a1', 'a2', 'a3');
      await t.say('unknown');
      await t.say('pass');
      expect((await t.list('resolved'))[0]).toMatchObject({
        resolved: { by: 'pass' },
      });
      // What was only ever unknown was no finding that could be resolved.
      await t.say('unknown', 'a2');
      await t.say('pass', 'a2');
      expect(await t.ids('resolved')).toEqual(['a1']);
      await t.say('fail', 'a2');
      expect(await t.ids('regressed')).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'says what resolved it: another verdict, no subject, no judgement, %p',
    async id => {
      const t = await start(id);
      for (const one of ['a1', 'a2', 'a3']) {
        await t.say('fail', one);
      }
      await t.say('not-applicable', 'a1');
      await t.say('left out', 'a2');
      await t.see('a1', 'a2');
      await t.runAll();
      const by = (await t.list('resolved')).map(({ subject, resolved }) => [
        subject.id,
        resolved?.by,
      ]);
      expect(Object.fromEntries(by)).toEqual({
        a1: 'not-applicable',
        a2: 'not-judged',
        a3: 'subject-gone',
      });
      const { items, totalItems, pageInfo } = await t.findings({
        state: 'resolved',
        query: {},
        limit: 1,
      });
      expect([items.length, totalItems]).toEqual([1, 3]);
      const next = await t.findings({
        state: 'resolved',
        query: {},
        limit: 2,
        cursor: pageInfo.nextCursor,
      });
      expect(next.items).toHaveLength(2);
      await t.say('fail', 'a2');
      expect(await t.ids('regressed')).toEqual(['a2']);
    },
  );
});
