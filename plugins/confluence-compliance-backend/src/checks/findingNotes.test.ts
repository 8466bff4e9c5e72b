// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type {
  TrendPoint,
  Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  account,
  acme,
  check,
  createTestChecks,
  OFFBOARDED,
} from './__testUtils__';
import { FindingNotices } from './FindingNotices';

jest.setTimeout(120_000);

const OWNED = 'my.owned';
const TEAM = 'group:default/security';
const PRIYA = 'user:default/priya';
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const each = databases.eachSupportedId();

/** A check that finds two accounts, until the test says otherwise. */
async function start(id: Parameters<typeof databases.init>[0]) {
  const said = { verdict: 'fail' as Verdict };
  const t = await createTestChecks(await databases.init(id), {
    ...check(OWNED, async function* evaluate({ connections }) {
      for (const connection of connections) {
        for (const subjectId of ['a1', 'a2']) {
          const { verdict } = said;
          yield { connection, subjectId, verdict, reason: 'said', facts: {} };
        }
      }
    }),
    title: 'Everything is owned',
    severity: 'critical',
    controls: [{ framework: 'Ours', control: 'CC6.2', reviewed: true }],
  });
  await t.read(acme('accounts'), [account('a1'), account('a2')]);
  await t.runAll();
  const ids = (subject: string) => `acme|${OWNED}|account|${subject}`;
  const list = async (more: object = {}) =>
    (await t.findings({ query: more, ...more })).items;
  const ledger = async (): Promise<Array<Record<string, string>>> =>
    t.knex('ledger_entries').where('kind', 'like', 'finding.%').orderBy('seq');
  return {
    ...t,
    ids,
    list,
    ledger,
    async say(verdict: Verdict) {
      said.verdict = verdict;
      await t.runAll();
    },
    subjects: async (more: object) =>
      (await list({ check: OWNED, ...more })).map(item => item.subject.id),
  };
}

describe('what people know of findings', () => {
  it.each(each)('has an owner, many at once, and filters, %p', async id => {
    const t = await start(id);
    const both = [t.ids('a1'), t.ids('a2')];
    expect(await t.checks.assign(both, TEAM, PRIYA)).toBe(2);
    expect(await t.checks.assign(both.slice(0, 1), PRIYA, PRIYA)).toBe(1);
    // What is so already is no change.
    expect(await t.checks.assign(both.slice(0, 1), PRIYA, PRIYA)).toBe(0);
    expect(await t.subjects({ owner: TEAM })).toEqual(['a2']);
    expect(await t.subjects({ owner: PRIYA })).toEqual(['a1']);
    expect(await t.subjects({ owner: 'nobody' })).toEqual([]);
    expect(await t.checks.assign(both.slice(0, 1), undefined, PRIYA)).toBe(1);
    expect(await t.subjects({ owner: 'nobody' })).toEqual(['a1']);
    expect((await t.list({ check: OWNED }))[0].owner).toBe(TEAM);

    // The past is told as it was known, and owners are only known now.
    const past = { revision: await t.history.head(), asOf: '1' };
    const [then] = await t.list(past);
    expect([then.owner, then.comments]).toEqual([undefined, undefined]);
    await expect(t.list({ ...past, owner: TEAM })).rejects.toThrow('owner');

    await expect(
      t.checks.assign([both[0], 'acme|none'], TEAM, PRIYA),
    ).rejects.toThrow("findings names no finding 'acme|none'");
    const entries = await t.ledger();
    expect(entries.map(({ kind, actor }) => [kind, actor])).toEqual(
      Array(3).fill(['finding.assigned', PRIYA]),
    );
    expect(JSON.parse(entries[0].payload)).toEqual({
      owner: TEAM,
      findings: expect.arrayContaining(both),
    });

    await t.checks.notes.forget('acme');
    expect(await t.subjects({ owner: TEAM })).toEqual([]);
  });

  it.each(each)(
    'has comments, and the ledger no word of them, %p',
    async id => {
      const t = await start(id);
      const finding = t.ids('a1');
      const secret = 'Ada left <b>on Friday</b>';
      for (const text of [secret, 'Second', 'Third']) {
        await t.checks.notes.comment(finding, text, PRIYA);
      }
      const first = await t.checks.notes.comments(finding, { limit: 2 });
      expect(first.items.map(({ text }) => text)).toEqual([secret, 'Second']);
      expect(first.items[0]).toMatchObject({ author: PRIYA });
      const rest = await t.checks.notes.comments(finding, {
        limit: 2,
        cursor: first.pageInfo.nextCursor,
      });
      expect(rest.items.map(({ text }) => text)).toEqual(['Third']);
      expect([rest.totalItems, rest.pageInfo]).toEqual([3, {}]);
      const counts = (await t.list({ check: OWNED })).map(item => [
        item.subject.id,
        item.comments,
      ]);
      expect(Object.fromEntries(counts)).toEqual({ a1: 3, a2: 0 });
      const said = JSON.stringify(await t.ledger());
      expect(said).toContain('finding.commented');
      expect(said).not.toContain('Ada');
      // Whoever is erased goes from the comments on their findings, and where they were named.
      await t.checks.notes.comment(t.ids('a2'), 'Ask Name of a1 first', PRIYA);
      await t.checks.notes.comment(t.ids('a2'), 'Somebody else', PRIYA);
      await t.history.retention.eraseAccount({
        connection: 'acme',
        accountId: 'a1',
        actor: PRIYA,
        reason: 'Asked for',
      });
      const texts = async (subject: string) =>
        (await t.checks.notes.comments(t.ids(subject), { limit: 9 })).items.map(
          ({ text }) => text,
        );
      expect(await texts('a1')).toEqual([]);
      expect(await texts('a2')).toEqual(['Somebody else']);
      const before = '2999-01-01T00:00:00Z';
      await t.history.retention.eraseEvidence({ before });
      expect(await texts('a2')).toEqual([]);

      await expect(
        t.checks.notes.comment('acme|none', 'x', PRIYA),
      ).rejects.toThrow('There is no finding');
    },
  );

  it.each(each)('is found by check, severity and control, %p', async id => {
    const t = await start(id);
    await t.company();
    await t.runAll();
    const checksOf = async (more: object) => [
      ...new Set((await t.list(more)).map(({ checkId }) => checkId)),
    ];
    expect((await checksOf({})).sort()).toEqual([OFFBOARDED, OWNED]);
    expect(await checksOf({ severity: 'low' })).toEqual([]);
    expect((await checksOf({ control: 'CC6.2' })).includes(OWNED)).toBe(true);
    expect(await checksOf({ control: 'CC9.9' })).toEqual([]);
    expect(await checksOf({ framework: 'Ours' })).toEqual([OWNED]);
    expect(await checksOf({ framework: 'ISO 27001:2022' })).toEqual([
      OFFBOARDED,
    ]);
    await expect(checksOf({ framework: 'HIPAA' })).rejects.toThrow(
      'framework is not shown: use one of',
    );
  });
});

describe('who is told of findings', () => {
  it.each(each)(
    'owners, of what is theirs and what came back, %p',
    async id => {
      const t = await start(id);
      const { send } = t.notifications;
      const both = [t.ids('a1'), t.ids('a2')];
      await t.checks.assign(both, PRIYA, PRIYA);
      expect(send).not.toHaveBeenCalled();
      await t.checks.assign(both, TEAM, PRIYA);
      expect(send).toHaveBeenLastCalledWith({
        recipients: { type: 'entity', entityRef: TEAM },
        payload: expect.objectContaining({
          title: '2 findings are yours to look after',
        }),
      });
      await t.say('pass');
      await t.say('unknown');
      expect(send).toHaveBeenCalledTimes(1);
      await t.say('fail');
      expect(send).toHaveBeenCalledTimes(2);
      expect(send).toHaveBeenLastCalledWith({
        recipients: { type: 'entity', entityRef: TEAM },
        payload: expect.objectContaining({
          title: '2 findings of yours came back',
          severity: 'high',
        }),
      });
      // It is said once.
      await t.say('warning');
      await t.runAll();
      expect(send).toHaveBeenCalledTimes(2);

      t.clock.now = new Date();
      await t.checks.tellDigest(TEAM, 7);
      expect(send).toHaveBeenLastCalledWith({
        recipients: { type: 'entity', entityRef: TEAM },
        payload: expect.objectContaining({
          title: '2 findings are open',
          description:
            '2 critical. 2 could not be judged. 2 of the open ones are yours to look after.',
        }),
      });
    },
  );

  it.each(each)(
    'a team, of all findings, those that are excepted apart, %p',
    async id => {
      const t = await start(id);
      const digest = async () => {
        t.notifications.send.mockClear();
        await t.checks.tellDigest(TEAM, 1);
        expect(t.notifications.send).toHaveBeenCalledTimes(1);
        const [[sent]] = t.notifications.send.mock.calls as unknown as [
          [{ payload: { title: string; description: string } }],
        ];
        return [sent.payload.title, sent.payload.description];
      };
      t.clock.now = new Date();
      const both = [t.ids('a1'), t.ids('a2')];
      expect(await digest()).toEqual([
        '2 findings are open',
        '2 critical. 2 could not be judged.',
      ]);
      await t.checks.assign(both, TEAM, PRIYA);

      const except = async (finding: string) => {
        const [asked] = await t.checks.exceptions.request(PRIYA, {
          findings: [finding],
          reason: 'Goes at the end of the month',
          control: 'It is watched daily',
          until: new Date(t.clock.now.getTime() + 864e5).toISOString(),
        });
        t.clock.now = new Date();
        await t.checks.exceptions.approve({
          id: asked,
          actor: 'user:default/ana',
        });
        t.clock.now = new Date();
      };
      await except(both[0]);
      expect(await digest()).toEqual([
        '1 finding is open and 1 is excepted',
        '1 critical. 2 could not be judged. 1 of the open ones is yours to look after.',
      ]);
      await except(both[1]);
      expect(await digest()).toEqual([
        '0 findings are open and 2 are excepted',
        '2 could not be judged.',
      ]);
    },
  );

  it('a team, of what came and went since, without what is excepted', async () => {
    const send = jest.fn(async (_: object) => {});
    const logger = mockServices.logger.mock();
    const notices = new FindingNotices({ logger, notifications: { send } });
    const point = (open: number, excepted?: number): TrendPoint => ({
      at: '2026-03-10T12:00:00.000Z',
      open: { low: 0, medium: 3, high: open, critical: 0 },
      ...(excepted && {
        excepted: { low: 0, medium: 3, high: excepted, critical: 0 },
      }),
      unknown: 1,
    });
    const now = point(12, 3);
    const own = { atLeast: 10_000 };
    await notices.digest(TEAM, { now, before: point(12), days: 7, own });
    expect(send.mock.calls[0][0]).toMatchObject({
      payload: {
        title: '9 findings are open and 6 are excepted',
        description:
          '9 high. 6 fewer than 7 days ago. 1 could not be judged. At least 10000 of the open ones are yours to look after.',
      },
    });
  });

  it('nobody by a broken service, and nothing fails', async () => {
    const t = await start('SQLITE_3');
    t.notifications.send.mockRejectedValue(new Error('down'));
    const both = [t.ids('a1'), t.ids('a2')];
    expect(await t.checks.assign(both, TEAM, PRIYA)).toBe(2);
    await t.say('pass');
    await t.say('fail');
    expect(await t.subjects({ state: 'regressed' })).toHaveLength(2);
    t.clock.now = new Date();
    await t.checks.tellDigest(TEAM, 1);
    expect(t.notifications.send).toHaveBeenCalledTimes(3);
    const [{ lastRunAt, verdict }] = (await t.checks.list()).filter(
      ({ id }) => id === OWNED,
    );
    expect([typeof lastRunAt, verdict]).toEqual(['string', 'fail']);
  });
});

describe('a new look at a finding', () => {
  it('runs its whole check, and not again at once', async () => {
    const t = await start('SQLITE_3');
    expect(await t.checks.recheck(t.ids('a1'))).toEqual({
      check: OWNED,
      scope: 'check',
    });
    expect(t.scheduler.triggerTask).toHaveBeenCalled();
    await expect(t.checks.recheck(t.ids('a2'))).rejects.toThrow(
      'asked to look again a moment ago',
    );
    t.clock.now = new Date(t.clock.now.getTime() + 31_000);
    await t.checks.recheck(t.ids('a2'));
    await expect(t.checks.recheck('acme|none')).rejects.toThrow(
      'finding names no finding',
    );
  });
});
