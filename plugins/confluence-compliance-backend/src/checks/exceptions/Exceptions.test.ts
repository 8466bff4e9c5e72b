// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { exceptionSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { LINKS, PEOPLE } from '../../people';
import { account, acme, createTestChecks, OFFBOARDED } from '../__testUtils__';
import { controlStands } from '../controlStands';

jest.setTimeout(60_000);

const ASKER = 'user:default/asker';
const DECIDER = 'user:default/decider';
const DAY = 86_400_000;

const words = {
  reason: 'Ben hands over until the end of the month',
  control: 'His sign-in is watched daily',
};

type Rig = Awaited<ReturnType<typeof createTestChecks>>;

describe('Exceptions', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  const inDays = ({ clock }: Pick<Rig, 'clock'>, days: number) =>
    new Date(clock.now.getTime() + days * DAY).toISOString();

  async function start(id: Parameters<typeof databases.init>[0]) {
    const t = await createTestChecks(await databases.init(id));
    t.clock.now = new Date();
    await t.company();
    await t.runAll();
    const { items } = await t.findings({ verdict: 'fail' });
    const list = async (more: object = {}) =>
      t.checks.exceptions.list({
        query: more,
        status: 'waiting',
        connections: ['acme'],
        revision: await t.history.head(),
        limit: 50,
        sort: 'until',
        actor: DECIDER,
        mayDecide: true,
        mayRequest: true,
        ...more,
      });
    const request = (more: object = {}) =>
      t.checks.exceptions.request(ASKER, {
        ...words,
        findings: [items[0].id],
        until: inDays(t, 10),
        ...more,
      });
    const without = async (more: object = {}) => {
      const page = await t.findings({ excepted: 'without', ...more });
      return page.items.map(({ subject }) => subject.id);
    };
    const count = async () => (await t.checks.get(OFFBOARDED)).excepted.fail;
    return { ...t, ben: items[0], list, request, without, count };
  }

  it.each(databases.eachSupportedId())(
    'excepts a finding from approval to its last day, without a run, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const [asked] = await t.request();
      const [waiting] = (await t.list()).items;
      expect(exceptionSchema.parse(waiting)).toMatchObject({
        id: asked,
        status: 'waiting',
        finding: t.ben.id,
        severity: 'critical',
        subject: { id: 'a-ben', title: 'Name of a-ben' },
        request: { by: ASKER, ...words },
      });
      expect(await t.without()).toEqual(['a-ben', 'a-nobody']);
      expect((await t.findings()).items[0].exception).toMatchObject({
        status: 'waiting',
      });
      const before = await t.history.head();

      await exceptions.approve({ id: asked, actor: DECIDER });
      expect(await t.history.head()).toBe(before + 1);
      // What is unknown is not accepted by anything.
      expect(await t.without()).toEqual(['a-nobody']);
      const only = await t.findings({ excepted: 'only' });
      expect(only.items.map(item => item.exception)).toEqual([
        { id: asked, status: 'live', until: inDays(t, 10) },
      ]);
      expect(only.totalItems).toBe(1);
      expect(await t.count()).toBe(1);
      expect((await t.checks.get(OFFBOARDED)).counts.fail).toBe(1);
      expect((await t.list({ status: 'expiring' })).items).toHaveLength(1);
      const seen = async () => {
        const { items } = await t.lists.accounts({
          connections: ['acme'],
          revision: await t.history.head(),
          moment: t.clock.now.toISOString(),
          limit: 50,
          sort: 'name',
        });
        const { points } = await t.checks.trend({
          days: 1,
          now: new Date(Math.max(Date.now(), t.clock.now.getTime())),
        });
        return {
          account: items.find(({ accountId }) => accountId === 'a-ben'),
          point: points[0],
          controls: controlStands(await t.checks.list()).map(
            ({ findings, excepted }) => [findings, excepted],
          ),
        };
      };
      expect(await seen()).toMatchObject({
        account: { findings: 1, excepted: 1 },
        point: { open: { critical: 1 }, excepted: { critical: 1 } },
        controls: expect.arrayContaining([[1, 1]]),
      });
      expect(
        await t.checks.over([{ connection: 'acme', accounts: ['a-ben'] }]),
      ).toMatchObject([{ verdict: 'fail', count: 1, excepted: 1 }]);
      // As it was before, it was not.
      expect(await t.without({ revision: before })).toEqual([
        'a-ben',
        'a-nobody',
      ]);

      const live = t.clock.now;
      t.clock.now = new Date(live.getTime() + 11 * DAY);
      expect(await t.without()).toEqual(['a-ben', 'a-nobody']);
      expect(await t.count()).toBe(0);
      const after = await seen();
      expect(after.account?.findings).toBe(1);
      expect(after.account?.excepted).toBeUndefined();
      expect(after.point.excepted).toBeUndefined();
      expect(after.controls).toContainEqual([1, undefined]);
      expect(after.controls).not.toContainEqual([1, 1]);
      expect((await t.list({ status: 'live' })).items).toEqual([]);
      expect((await t.list({ status: 'over' })).items).toMatchObject([
        { status: 'expired', decision: { by: DECIDER } },
      ]);
      expect(await t.without({ moment: live.toISOString() })).toEqual([
        'a-nobody',
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'keeps requester, approver and subject apart, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const { id: finding } = t.ben;
      const ben = 'user:default/ben';
      const asked = { ...words, findings: [finding], until: inDays(t, 10) };
      await expect(exceptions.request(ben, asked)).rejects.toThrow('about you');
      await expect(t.request({ approver: ASKER })).rejects.toThrow('approver');
      await expect(t.request({ approver: ben })).rejects.toThrow('approver');
      await expect(exceptions.request('plugin:x', asked)).rejects.toThrow(
        'by people',
      );
      const [one] = await t.request({ approver: DECIDER });
      for (const decide of [exceptions.approve, exceptions.reject]) {
        const act = decide.bind(exceptions);
        await expect(act({ id: one, actor: ASKER, note: 'x' })).rejects.toThrow(
          'You asked',
        );
        await expect(
          act({ id: one, actor: 'user:default/Ben', note: 'x' }),
        ).rejects.toThrow('about you');
        await expect(act({ id: 'none', actor: DECIDER })).rejects.toThrow(
          'no exception',
        );
      }
      const blocked = async (actor: string, mayDecide = true) =>
        (await t.list({ actor, mayDecide })).items[0].blocked;
      expect(await blocked(ASKER)).toBe('own-request');
      expect(await blocked(ben)).toBe('about-you');
      expect(await blocked(DECIDER)).toBeUndefined();
      expect(await blocked(DECIDER, false)).toBe('no-permission');
    },
  );

  it.each(databases.eachSupportedId())(
    'approves none of whoever turned out to have asked for their own, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const [one] = await t.request();
      await t.history.change({}, async change => {
        await change.put(LINKS, {
          key: 'a-ben',
          payload: {
            source: PEOPLE.source,
            person: ASKER.toUpperCase().replace('USER', 'user'),
            how: 'said',
          },
        });
      });
      await expect(
        exceptions.approve({ id: one, actor: DECIDER }),
      ).rejects.toThrow('about whoever asked for it: reject it');
      expect(await t.without()).toEqual(['a-ben', 'a-nobody']);
      await exceptions.reject({ id: one, actor: DECIDER, note: 'Your own' });
      expect((await t.list({ status: 'over' })).items).toMatchObject([
        { id: one, status: 'rejected' },
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'lets whoever asked take it back while it waits, and nobody else, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const [one] = await t.request();
      const mine = async (more: object = {}) =>
        (await t.list({ actor: ASKER, ...more })).items[0].mayWithdraw;
      expect(await mine()).toBe(true);
      expect(await mine({ mayRequest: false })).toBe(false);
      expect(await mine({ actor: DECIDER })).toBe(false);
      await expect(
        exceptions.withdraw({ id: one, actor: DECIDER }),
      ).rejects.toThrow('Only whoever asked');
      await expect(
        exceptions.withdraw({ id: one, actor: 'plugin:x' }),
      ).rejects.toThrow('by people');

      await exceptions.withdraw({
        id: one,
        actor: 'user:default/Asker',
        note: 'Not needed',
      });
      expect((await t.list({ status: 'over', actor: ASKER })).items).toEqual([
        expect.objectContaining({
          id: one,
          status: 'withdrawn',
          mayWithdraw: false,
          decision: expect.objectContaining({ note: 'Not needed' }),
        }),
      ]);
      expect((await t.findings()).items[0].exception).toBeUndefined();
      for (const late of [exceptions.approve, exceptions.reject]) {
        await expect(
          late.call(exceptions, { id: one, actor: DECIDER, note: 'x' }),
        ).rejects.toThrow('withdrew it at');
      }
      const [last] = await t
        .knex('ledger_entries')
        .where({ subject: one })
        .orderBy('seq', 'desc');
      expect(last.kind).toBe('exception.withdrawn');

      // It may be asked for again; what is live is not taken back.
      const [two] = await t.request();
      await exceptions.approve({ id: two, actor: DECIDER });
      expect(await mine({ status: 'live' })).toBe(false);
      await expect(
        exceptions.withdraw({ id: two, actor: ASKER }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    },
  );

  it.each(databases.eachSupportedId())(
    'lets one of two deciders win, and ends once, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const [one] = await t.request();
      const decided = await Promise.allSettled([
        exceptions.approve({ id: one, actor: DECIDER }),
        exceptions.reject({ id: one, actor: 'user:default/x', note: 'No' }),
      ]);
      const lost = decided.filter(({ status }) => status === 'rejected');
      expect(lost).toMatchObject([{ reason: { name: 'ConflictError' } }]);
      const rejected = decided[1].status === 'fulfilled';
      const [two] = rejected ? await t.request() : [one];
      if (rejected) {
        await exceptions.approve({ id: two, actor: DECIDER });
      }
      expect(await t.without()).toEqual(['a-nobody']);
      const ends = await Promise.allSettled(
        [1, 2].map(() =>
          exceptions.end({ id: two, actor: DECIDER, note: 'He has left' }),
        ),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(await t.without()).toEqual(['a-ben', 'a-nobody']);
      const [over] = (await t.list({ status: 'over' })).items.filter(
        item => item.id === two,
      );
      expect(over).toMatchObject({
        status: 'ended',
        end: { by: DECIDER, note: 'He has left' },
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'asks for all or none, for open findings, within the days, %p',
    async id => {
      const t = await start(id);
      const unknown = (await t.findings({ verdict: 'unknown' })).items[0];
      for (const [more, says] of [
        [{ findings: [t.ben.id, unknown.id] }, 'does not fail or warn'],
        [{ findings: ['acme|no|such|result'] }, 'does not fail or warn'],
        [{ until: inDays(t, 181) }, 'within 180 days'],
        [{ until: inDays(t, -1) }, 'in the future'],
        [{ until: inDays(t, -1).slice(0, 10) }, 'in the future'],
      ] as const) {
        await expect(t.request(more)).rejects.toThrow(says);
      }
      expect((await t.list()).items).toEqual([]);
      const day = inDays(t, 180).slice(0, 10);
      await t.request({ until: day });
      const [asked] = (await t.list()).items;
      expect(Date.parse(asked.until) - Date.parse(day)).toBe(DAY);
      await expect(t.request()).rejects.toMatchObject({
        name: 'ConflictError',
      });
      // What nobody decided in time may be asked for again.
      t.clock.now = new Date(asked.until);
      await t.request();
      expect((await t.list()).items).toHaveLength(1);
      expect((await t.list({ status: 'over' })).items).toMatchObject([
        { status: 'expired' },
      ]);
    },
  );

  it.each(databases.eachSupportedId())(
    'covers no failure with an accepted warning, and keeps its moment over pages, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const ben = (accountStatus: string) =>
        t.read(acme('accounts'), [
          account('a-ana'),
          account('a-ben', { accountStatus }),
          account('a-nobody'),
        ]);
      await ben('inactive');
      await t.runAll();
      const [asked] = await t.request();
      await exceptions.approve({ id: asked, actor: DECIDER });
      expect(await t.without()).toEqual(['a-nobody']);

      const first = await t.findings({ limit: 1 });
      t.clock.now = new Date(t.clock.now.getTime() + 11 * DAY);
      const query = { limit: 1 };
      const { nextCursor: cursor } = first.pageInfo;
      const second = await t.findings({ ...query, cursor, query });
      expect(second.items).toMatchObject([{ subject: { id: 'a-nobody' } }]);
      t.clock.now = new Date(t.clock.now.getTime() - 11 * DAY);

      await ben('active');
      await t.runAll();
      expect(await t.without()).toEqual(['a-ben', 'a-nobody']);
      expect(await t.count()).toBe(0);
    },
  );

  it.each(databases.eachSupportedId())(
    'tells the ledger ids, dates and hashes, and no word, %p',
    async id => {
      const t = await start(id);
      const { exceptions } = t.checks;
      const [one] = await t.request();
      await exceptions.approve({ id: one, actor: DECIDER, note: 'Agreed' });
      await exceptions.end({ id: one, actor: DECIDER, note: 'He has left' });
      const entries: Array<{ kind: string; subject: string; payload: string }> =
        await t.knex('ledger_entries').where({ subject: one }).orderBy('seq');
      expect(entries.map(({ kind }) => kind)).toEqual([
        'exception.requested',
        'exception.approved',
        'exception.ended',
      ]);
      const said = JSON.stringify(entries);
      for (const text of [words.reason, words.control, 'Agreed', 'has left']) {
        expect(said).not.toContain(text);
      }
      expect(JSON.parse(entries[0].payload)).toMatchObject({
        checkId: OFFBOARDED,
        subjectId: 'a-ben',
        until: inDays(t, 10),
        reasonHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(await t.history.ledger.verify(t.knex)).toMatchObject({ ok: true });

      // An erasure takes every text about the account, and what it was hashed with.
      await t.history.retention.eraseAccount({
        connection: 'acme',
        accountId: 'a-ben',
        actor: 'user:default/admin',
        reason: 'Asked for',
      });
      const row = await t.knex('exceptions').where({ id: one }).first();
      expect(row).toMatchObject({
        salt: null,
        reason: null,
        control: null,
        decision_note: null,
        end_note: null,
        decided_by: DECIDER,
      });
    },
  );

  it('reads along indexes', async () => {
    for (const id of databases.eachSupportedId().flat()) {
      const t = await start(id);
      const asked: Array<{ sql: string; bindings: never[] }> = [];
      t.knex.on('query', query => asked.push(query));
      for (const status of ['waiting', 'live', 'expiring', 'over'] as const) {
        await t.list({ status });
      }
      await t.without();
      await t.findings({ excepted: 'only' });
      await t.count();
      t.knex.removeAllListeners('query');
      const ours = asked.filter(({ sql }) => /["`]exceptions["`]/.test(sql));
      expect(ours.length).toBeGreaterThan(6);
      const used: string[] = [];
      for (const { sql, bindings } of ours) {
        const plan = await t.knex.transaction(async tx => {
          const isPostgres = tx.client.config.client === 'pg';
          if (isPostgres) {
            await tx.raw('set local enable_seqscan = off');
          }
          const said = await tx.raw(
            `explain ${isPostgres ? '' : 'query plan '}${sql.replace(
              /\$\d+/g,
              '?',
            )}`,
            bindings,
          );
          return JSON.stringify(isPostgres ? said.rows : said);
        });
        expect([sql, plan]).toEqual([
          sql,
          expect.not.stringMatching(
            /SCAN (e|exceptions)\b(?! USING)|Seq Scan on exceptions/,
          ),
        ]);
        used.push(...(plan.match(/exceptions_\w+_idx/g) ?? []));
      }
      expect(used).toContain('exceptions_approved_idx');
    }
  });
});
