// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import { checkSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { check, createConfiguredChecks, signal } from './__testUtils__';

jest.setTimeout(120_000);

const MINUTE = 60_000;

describe('The schedule of a check', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: Parameters<typeof databases.init>[0]) {
    let ran: string[] = [];
    const counted = (name: string) =>
      check(name, async function* evaluate({ connections: [connection] }) {
        ran.push(name);
        const verdict = 'pass' as const;
        yield { connection, subjectId: 'a', verdict, reason: 'x', facts: {} };
      });
    const t = await createConfiguredChecks(
      await databases.init(id),
      { 'own.often': { schedule: { minutes: 10 } } },
      counted('own.common'),
      counted('own.often'),
      { ...counted('own.later'), state: 'later' },
    );
    await t.company();
    return {
      ...t,
      /** Which of them run that many minutes later. */
      after: async (minutes: number) => {
        t.clock.now = new Date(t.clock.now.getTime() + minutes * MINUTE);
        ran = [];
        await t.checks.runDue(signal);
        return ran;
      },
      get: async (name: string) => checkSchema.parse(await t.checks.get(name)),
    };
  }

  it.each(databases.eachSupportedId())(
    'is its own where it has one, and whatever is published runs all, %p',
    async id => {
      const t = await start(id);
      const both = ['own.common', 'own.often'];
      expect(await t.after(0)).toEqual(both);
      expect(await t.after(9)).toEqual([]);
      expect(await t.after(1)).toEqual(['own.often']);
      expect(await t.after(8)).toEqual([]);
      await t.checks.afterPublish();
      expect(await t.after(1)).toEqual(both);
      expect(await t.after(10)).toEqual(['own.often']);
      // The common one, an hour after the publish.
      expect(await t.after(50)).toEqual(both);
    },
  );

  it.each(databases.eachSupportedId())(
    'is told with the check, and when it is due again, %p',
    async id => {
      const t = await start(id);
      expect(await t.get('own.often')).toMatchObject({ every: 'PT10M' });
      expect((await t.get('own.often')).nextRunAt).toBeUndefined();
      await t.after(0);
      expect(await t.get('own.often')).toMatchObject({
        every: 'PT10M',
        nextRunAt: '2026-03-10T12:10:00.000Z',
      });
      expect(await t.get('own.common')).toMatchObject({
        every: 'PT1H',
        nextRunAt: '2026-03-10T13:00:00.000Z',
      });
      const later = await t.get('own.later');
      expect([later.every, later.nextRunAt]).toEqual([undefined, undefined]);
    },
  );
});
