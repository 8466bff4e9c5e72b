// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { STAFF, startAcknowledging } from './__testUtils__/acknowledging';
import { remind } from './remind';

jest.setTimeout(60_000);

const DAY_MS = 24 * 60 * 60_000;
const person = (n: number) => `user:default/p${String(n).padStart(3, '0')}`;
const people = (many: number) =>
  Array.from({ length: many }, (_, n) => person(n));

describe('remind', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function start(id: Parameters<typeof databases.init>[0]) {
    const t = await startAcknowledging(await databases.init(id));
    const send = jest.fn();
    const logger = mockServices.logger.mock();
    return {
      ...t,
      logger,
      send,
      told: () =>
        send.mock.calls.map(([{ recipients }]) => recipients.entityRef.length),
      nextDay() {
        t.clock.now = new Date(t.clock.now.getTime() + DAY_MS);
      },
      remind: () =>
        remind(
          {
            ...t,
            notifications: { send },
            logger,
            now: () => t.clock.now,
          },
          t.policy,
        ),
    };
  }

  describe.each(databases.eachSupportedId())('on %p', id => {
    it('tells whoever has not acknowledged the approved version, once a day', async () => {
      const t = await start(id);
      await t.members.put(STAFF, new Set(people(3)));
      await expect(t.remind()).rejects.toThrow(
        "No version of the policy 'infosec' is approved",
      );
      await t.approve(2);
      await t.acknowledge(2, person(1));
      expect(await t.remind()).toBe(2);
      expect(t.send.mock.calls).toEqual([
        [
          {
            recipients: { type: 'entity', entityRef: [person(0), person(2)] },
            payload: {
              title: 'Please read: Information Security',
              description: 'Read version 2 and say that you have.',
              link: '/confluence-compliance/policies/infosec/acknowledge',
              severity: 'normal',
              topic: 'confluence-compliance.policy',
              scope: 'confluence-compliance:policy:infosec',
            },
          },
        ],
      ]);
      expect(
        await t.acknowledgements.progress(t.policy, { limit: 1 }),
      ).toMatchObject({ remindedOn: '2026-03-10' });

      await expect(t.remind()).rejects.toThrow('today: do it again tomorrow');
      expect(t.send).toHaveBeenCalledTimes(1);
      t.nextDay();
      await t.acknowledge(2, person(0));
      expect(await t.remind()).toBe(1);
      // Where nobody is missing nobody is told, and the day is not used up.
      t.nextDay();
      await t.acknowledge(2, person(2));
      expect(await t.remind()).toBe(0);
      await t.approve(3);
      expect(await t.remind()).toBe(3);
      expect(t.told()).toEqual([2, 1, 3]);
    });

    it('tells many in several notifications, and as far as it comes', async () => {
      const t = await start(id);
      await t.members.put(STAFF, new Set(people(450)));
      await t.approve(1);
      expect(await t.remind()).toBe(450);
      expect(t.told()).toEqual([200, 200, 50]);
      const all = t.send.mock.calls.flatMap(
        ([{ recipients }]) => recipients.entityRef,
      );
      expect(all).toEqual(people(450));

      // Nobody was reached: the day is given back.
      t.nextDay();
      t.send.mockRejectedValueOnce(new Error('out of order'));
      expect(await t.remind()).toBe(0);
      expect(t.logger.warn).toHaveBeenCalledTimes(1);
      // Some were: nobody is told twice on a day.
      t.send
        .mockResolvedValueOnce(undefined)
        .mockRejectedValueOnce(new Error('out of order'));
      expect(await t.remind()).toBe(200);
      expect(t.logger.warn).toHaveBeenCalledTimes(2);
      await expect(t.remind()).rejects.toThrow('today: do it again tomorrow');
    });

    it('reminds once where two ask at the same time', async () => {
      const t = await start(id);
      await t.members.put(STAFF, new Set(people(2)));
      await t.approve(1);
      const both = await Promise.allSettled([t.remind(), t.remind()]);
      expect(both.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(t.send).toHaveBeenCalledTimes(1);
    });
  });
});
