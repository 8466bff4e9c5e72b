// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { checkSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { CheckResult } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { PEOPLE } from '../people';
import {
  account,
  acme,
  check,
  createTestChecks,
  OFFBOARDED,
  person,
  signal,
} from './__testUtils__';

jest.setTimeout(60_000);

describe('Checks', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'finds the leaver, counts, and writes nothing the second time, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      await t.runAll();
      expect(await t.results()).toEqual({
        'a-ana': 'pass employed',
        'a-ben': 'fail still-active',
        'a-nobody': 'unknown no-person',
      });
      const [found] = await t.checks.list();
      expect(checkSchema.parse(found)).toMatchObject({
        id: OFFBOARDED,
        verdict: 'fail',
        counts: { pass: 1, fail: 1, unknown: 1, warning: 0 },
        running: false,
        lastRunAt: '2026-03-10T12:00:00.000Z',
      });

      const head = await t.history.head();
      t.clock.now = new Date('2026-03-12T12:00:00Z');
      const again = await t.checks.run(OFFBOARDED, signal);
      expect(again).toMatchObject({ judgedAt: head, revision: undefined });
      expect(await t.history.head()).toBe(head);
      const entries = await t.knex('ledger_entries').select('kind');
      expect(entries.map(entry => entry.kind)).toEqual(['check.published']);
      expect(await t.knex('history_staged').select()).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'lists what cannot run yet, and never runs it, %p',
    async id => {
      const run = jest.fn(async function* none() {
        yield* [] as CheckResult[];
      });
      const later = { state: 'later', waitsFor: 'waits-for-moves' } as const;
      const t = await createTestChecks(await databases.init(id), {
        ...check('own.later', run),
        ...later,
      });
      await t.company();
      await t.checks.start();
      await t.runAll();
      expect(await t.checks.get('own.later')).toMatchObject({
        state: 'later',
        verdict: 'unknown',
        reason: { code: 'waits-for-moves' },
      });
      // No gap of data is to blame for it.
      expect(t.checks.usersOf('accounts')).toEqual([OFFBOARDED]);
      await expect(t.checks.requestRun('own.later')).rejects.toThrow(
        'The check own.later cannot run yet',
      );
      expect(run).not.toHaveBeenCalled();
    },
  );

  it.each(databases.eachSupportedId())(
    'is unknown before anything was read, and before it ran, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'never-run' },
      });
      await t.runAll();
      expect(await t.results()).toEqual({});
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'never-read' },
      });
      t.connections.pop();
      expect(await t.checks.get(OFFBOARDED)).toMatchObject({
        reason: { code: 'no-connections' },
      });
      await expect(t.checks.get('no.check')).rejects.toThrow(
        'There is no check',
      );
    },
  );

  it.each(databases.eachSupportedId())(
    'does not pass on data that nobody reads any more, %p',
    async id => {
      const passing = {
        ...check('a.passing', async function* evaluate() {
          yield* [] as CheckResult[];
        }),
        requires: ['accounts' as const, 'people' as const],
      };
      const t = await createTestChecks(await databases.init(id), passing);
      t.clock.now = new Date();
      await t.company();
      await t.runAll();
      expect(await t.checks.get('a.passing')).toMatchObject({
        verdict: 'pass',
      });

      // A connection that came after the run was judged by nobody.
      t.connections.push('later');
      expect(await t.checks.get('a.passing')).toMatchObject({
        verdict: 'unknown',
        reason: { code: 'connection-not-judged' },
      });
      expect(
        await t.checks.get('a.passing', { connections: ['acme'] }),
      ).toMatchObject({ verdict: 'pass' });
      t.connections.pop();

      t.clock.now = new Date(Date.now() + 2 * 60 * 60 * 1000);
      expect(await t.checks.get('a.passing')).toMatchObject({
        verdict: 'unknown',
        reason: {
          code: 'people-stale',
          text: expect.stringMatching(/^People/),
        },
      });
    },
  );

  it.each(databases.eachSupportedId())(
    'is unknown about accounts of people whom a changed source does not cover any more, %p',
    async id => {
      const t = await createTestChecks(await databases.init(id));
      await t.company();
      const missing = {
        status: 'missing',
        absentSince: '2026-03-01T00:00:00Z',
      };
      await t.read(PEOPLE, [person('ana', missing), person('ben', missing)]);
      await t.read(acme('accounts'), [
        account('a-ana', { accountStatus: 'suspended', listed: false }),
        account('a-ben', { class: 'service' }),
      ]);
      const found = {
        'a-ana': 'warning person-missing',
        'a-ben': 'warning person-missing',
      };
      await t.runAll();
      expect(await t.results(OFFBOARDED)).toEqual(found);

      await t.read(PEOPLE, [], 'complete', 'filter: others');
      await t.runAll();
      expect(await t.results(OFFBOARDED)).toEqual({
        'a-ana': 'unknown person-not-covered',
        'a-ben': 'unknown person-not-covered',
      });
      // Nothing that was found of them is resolved by that.
      expect((await t.findings({ state: 'resolved' })).items).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'runs when asked or when its period is over, %p',
    async id => {
      const runs: string[] = [];
      const counted = check('a.counted', async function* evaluate({ now }) {
        runs.push(now.toISOString());
        yield* [] as CheckResult[];
      });
      const t = await createTestChecks(await databases.init(id), counted);
      await t.company();
      await t.checks.runDue(signal);
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(1);
      t.clock.now = new Date('2026-03-10T12:20:00Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(1);
      await t.checks.requestRun('a.counted');
      expect(t.scheduler.triggerTask).toHaveBeenCalledWith('run-checks');
      t.clock.now = new Date('2026-03-10T12:20:01Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(2);
      t.clock.now = new Date('2026-03-10T13:20:01Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(3);
      await t.checks.afterPublish();
      t.clock.now = new Date('2026-03-10T13:20:02Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(4);
      await t.checks.start();
      t.clock.now = new Date('2026-03-10T13:20:03Z');
      await t.checks.runDue(signal);
      expect(runs).toHaveLength(5);
      await expect(t.checks.requestRun('no.check')).rejects.toThrow(
        'There is no check',
      );
    },
  );
});
