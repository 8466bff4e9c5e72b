// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ReviewNotices } from './ReviewNotices';
import { Reminders } from '../reviews';
import { createTestReviews, LENA, OWNER } from '../reviews/__testUtils__';

jest.setTimeout(60_000);

const DAY_MS = 24 * 60 * 60_000;

describe('ReviewNotices', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  async function open(knex: Knex) {
    const t = await createTestReviews(knex);
    await t.team('ana', 'ben');
    const id = await t.started();
    const begun = Date.now();
    // It was begun at noon, so that no day ends in the middle of the test.
    const noon = new Date(begun - (begun % DAY_MS) + DAY_MS / 2);
    const day = (days: number) =>
      new Date(noon.getTime() + days * DAY_MS).toISOString();
    await knex('reviews')
      .where({ id })
      .update({ started_at: day(0), due_at: day(10) });
    const send = jest.fn();
    const replica = async (after: number) =>
      new ReviewNotices({
        reminders: await Reminders.create({
          database: mockServices.database({ knex }),
        }),
        notifications: { send },
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
        now: () => new Date(day(after)),
      });
    const told = async (after: number) => {
      send.mockClear();
      await (await replica(after)).send();
      return send.mock.calls.map(
        ([{ recipients, payload }]) =>
          `${recipients.entityRef}: ${payload.title}. ${payload.description}`,
      );
    };
    return { ...t, id, day, knex, replica, send, told };
  }

  describe.each(databases.eachSupportedId())('on %p', engine => {
    it('reminds each week, before it is due, then, and every day after', async () => {
      const t = await open(await databases.init(engine));
      const on = t.day(10).slice(0, 10);
      const say = (when: string) => [
        `${LENA}: 2 decisions are open. Quarter: they ${when}.`,
      ];
      // Then its owner is told, too.
      const late = [
        ...say(`were due on ${on}`),
        `${OWNER}: 2 decisions are overdue. Quarter: they were due on ${on}. Nobody decided them in time.`,
      ];
      const days = Array.from({ length: 13 }, (_, i) => i);
      const told = new Map<number, string[]>();
      for (const after of days) {
        told.set(after, await t.told(after));
      }
      expect([...told].filter(([, said]) => said.length > 0)).toEqual([
        [7, say(`are due on ${on}`)],
        [9, say('are due tomorrow')],
        [10, say('are due today')],
        [11, late],
        [12, late],
      ]);
      await t.knex('reviews').update({ due_at: null });
      expect(await t.told(14)).toEqual(say('have no due date'));
      // What is over for long is not kept.
      expect(await t.knex('review_reminders').select('day')).toHaveLength(8);
      await t.told(22);
      expect(await t.knex('review_reminders').select('day')).toEqual([]);
    });

    it('reminds only of what is open in a review that runs', async () => {
      const t = await open(await databases.init(engine));
      await t.decide(t.id, 'ana', 'revoke');
      const [item] = await t.itemsOf(t.id);
      expect(item.reviewer.ref).toBe(LENA);
      expect(await t.told(9)).toEqual([
        `${LENA}: 1 decision is open. Quarter: they are due tomorrow.`,
      ]);
      await t.reviews.cancel(t.id, OWNER, 'Another one covers it');
      expect(await t.told(10)).toEqual([]);
    });

    it('says it once with two replicas, and again when nobody could be told', async () => {
      const t = await open(await databases.init(engine));
      t.send.mockRejectedValueOnce(new Error('No service'));
      await (await t.replica(9)).send();
      expect(t.send).toHaveBeenCalledTimes(1);
      const both = [await t.replica(9), await t.replica(9)];
      await Promise.all(both.map(one => one.send()));
      expect(t.send).toHaveBeenCalledTimes(2);
      expect(await t.told(9)).toEqual([]);
    });
  });
});
