// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  checkRunSchema,
  checkSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { check, createTestChecks, signal } from './__testUtils__';

jest.setTimeout(120_000);

const CHECK = 'a.slow';
const MINUTE = 60_000;

describe('A run of a check', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  /** A check that judges two subjects and then waits until it is let go on. */
  async function start(id: Parameters<typeof databases.init>[0]) {
    const waiting: Array<() => void> = [];
    let evaluated = 0;
    let holds = false;
    const slow = check(CHECK, async function* evaluate({ connections }) {
      evaluated += 1;
      for (const connection of connections) {
        for (const subjectId of ['a-ana', 'a-ben']) {
          const facts = {};
          yield { connection, subjectId, verdict: 'pass', reason: 'x', facts };
        }
        if (holds) {
          await new Promise<void>(go => {
            waiting.push(go);
          });
        }
      }
    });
    const t = await createTestChecks(await databases.init(id), slow);
    await t.company();
    return {
      ...t,
      evaluated: () => evaluated,
      hold: (on: boolean) => {
        holds = on;
      },
      goOn: () => waiting.splice(0).forEach(go => go()),
      /** Until as many runs as this have judged all they have, and wait. */
      untilHeld: async (runs = 1) => {
        while (waiting.length < runs) {
          await new Promise(resolve => {
            setTimeout(resolve, 5);
          });
        }
      },
      later: (minutes: number) => {
        t.clock.now = new Date(t.clock.now.getTime() + minutes * MINUTE);
      },
      run: async () =>
        checkSchema.parse(await t.checks.get(CHECK)).run ?? { state: 'none' },
    };
  }

  it.each(databases.eachSupportedId())(
    'says how far it is, runs once for two presses, and ends with its results, %p',
    async id => {
      const t = await start(id);
      expect(await t.run()).toEqual({ state: 'none' });
      const asked = checkRunSchema.parse(await t.checks.requestRun(CHECK));
      expect(asked).toMatchObject({ state: 'waiting' });
      t.later(1);
      await t.checks.runDue(signal);
      expect(await t.run()).toMatchObject({ state: 'published', judged: 2 });
      expect(t.evaluated()).toBe(1);

      t.later(1);
      t.hold(true);
      const answers = await Promise.all([
        t.checks.requestRun(CHECK),
        t.checks.requestRun(CHECK),
      ]);
      expect(answers).toMatchObject([
        { state: 'waiting' },
        { state: 'waiting' },
      ]);
      t.later(1);
      const running = t.checks.runDue(signal);
      await t.untilHeld();
      expect(await t.run()).toMatchObject({
        state: 'running',
        judged: expect.any(Number),
        expected: 2,
      });
      t.later(1);
      expect(await t.checks.requestRun(CHECK)).toMatchObject({
        state: 'running',
        startedAt: ((await t.run()) as { startedAt?: string }).startedAt,
      });
      t.goOn();
      await running;
      expect(await t.run()).toMatchObject({ state: 'published', judged: 2 });
      t.hold(false);
      await t.checks.runDue(signal);
      expect(t.evaluated()).toBe(2);
    },
  );

  it.each(databases.eachSupportedId())(
    'says that it was stopped or killed, and begins again, %p',
    async id => {
      const t = await start(id);
      t.hold(true);
      const stop = new AbortController();
      const stopped = t.checks.run(CHECK, stop.signal);
      await t.untilHeld();
      t.later(1);
      stop.abort();
      t.goOn();
      await expect(stopped).rejects.toThrow();
      expect(await t.run()).toMatchObject({ state: 'interrupted' });

      // One that was killed says nothing: it counts as dead after its time.
      t.later(1);
      const killed = t.checks.run(CHECK, signal);
      await t.untilHeld();
      expect(await t.run()).toMatchObject({ state: 'running' });
      t.later(31);
      expect(await t.run()).toMatchObject({ state: 'interrupted' });
      t.hold(false);
      await t.checks.runDue(signal);
      expect(await t.run()).toMatchObject({ state: 'published', judged: 2 });
      t.goOn();
      await expect(killed).rejects.toThrow('took over');
      expect(await t.run()).toMatchObject({ state: 'published' });
    },
  );
});
