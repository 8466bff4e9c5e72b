// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Severity,
  trendPointSchema,
  type TrendPoint,
  type Verdict,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { forgetCounts } from '../countsAt';
import { createTestLists } from './__testUtils__/testLists';
import { readTrend } from './trend';

jest.setTimeout(120_000);

const DAY = 24 * 60 * 60 * 1000;
const now = new Date('2026-03-10T12:00:00.000Z');
const severities = new Map<string, Severity>([
  ['a.low', 'low'],
  ['b.high', 'high'],
  ['c.high', 'high'],
]);
const connections = ['acme', 'other'];

interface Interval {
  source: string;
  check: string;
  verdict: Verdict;
  opened: number;
  closed: number | null;
}

/** The end of the day so many days ago, or now. */
function endOf(daysAgo: number): string {
  const start = Date.UTC(2026, 2, 10) - daysAgo * DAY;
  return daysAgo === 0
    ? now.toISOString()
    : new Date(start + DAY - 1).toISOString();
}

/** Revision 1 is committed first; times never go back. */
async function write(knex: Knex, times: string[], intervals: Interval[]) {
  await knex('history_results').delete();
  await knex('history_revisions').delete();
  forgetCounts(knex);
  for (const [index, time] of times.entries()) {
    await knex('history_revisions').insert({
      revision: index + 1,
      committed_at: time,
      kind: 'publish',
      source: 'acme',
    });
  }
  // Rows are written when they open.
  const inOrder = [...intervals].sort((x, y) => x.opened - y.opened);
  for (const [index, interval] of inOrder.entries()) {
    const { source, check, verdict, opened, closed } = interval;
    await knex('history_results').insert({
      source,
      container: check,
      key: `${index}`,
      opened,
      closed,
      shape: 2,
      hash: 'x',
      payload: '{}',
      check_id: check,
      verdict,
    });
  }
}

/** Excepts the failing result of a key, from a revision on. */
async function except(knex: Knex, key: string, opened: number) {
  await knex('exceptions').insert({
    id: key,
    connection: 'acme',
    result_key: key,
    check_id: 'b.high',
    subject_kind: 'account',
    subject_id: 'a',
    verdict: 'fail',
    requested_at: '2026-03-07T09:00:00.000Z',
    requested_by: 'user:default/ana',
    until: '2026-06-01T00:00:00.000Z',
    decision: 'approved',
    opened,
  });
}

/** The same by looking at every interval on every day. */
function slowly(
  times: string[],
  intervals: Interval[],
  days: number,
  only?: string,
): TrendPoint[] {
  const own = intervals.filter(
    ({ source, check }) =>
      connections.includes(source) && (only === undefined || check === only),
  );
  const first = Math.min(...own.map(({ opened }) => opened));
  const points: TrendPoint[] = [];
  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const at = endOf(ago);
    const known = times.filter(time => time <= at).length;
    if (known >= first) {
      const standing = own.filter(
        ({ check, opened, closed }) =>
          severities.has(check) &&
          opened <= known &&
          (closed === null || closed > known),
      );
      const open = { low: 0, medium: 0, high: 0, critical: 0 };
      for (const { check, verdict } of standing) {
        if (verdict === 'fail' || verdict === 'warning') {
          open[severities.get(check) as Severity] += 1;
        }
      }
      const unknown = standing.filter(i => i.verdict === 'unknown').length;
      points.push({ at, open, unknown });
    }
  }
  return points;
}

describe('readTrend', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'counts what stood at the end of each day, %p',
    async id => {
      const knex = await databases.init(id);
      await createTestLists(knex);
      const ask = (days: number) =>
        readTrend(knex, { connections, days, now, severities });
      expect(await ask(7)).toEqual([]);

      const high = { source: 'acme', check: 'b.high' };
      await write(
        knex,
        [
          '2026-03-07T09:00:00.000Z',
          '2026-03-08T00:00:00.000Z',
          '2026-03-08T23:59:59.999Z',
          '2026-03-10T11:00:00.000Z',
        ],
        [
          { ...high, verdict: 'pass', opened: 1, closed: 2 },
          { ...high, verdict: 'fail', opened: 2, closed: 4 },
          { ...high, verdict: 'warning', opened: 3, closed: null },
          // Over before the day was.
          { ...high, verdict: 'fail', opened: 2, closed: 3 },
          { ...high, verdict: 'unknown', opened: 4, closed: null },
          {
            ...high,
            source: 'elsewhere',
            verdict: 'fail',
            opened: 1,
            closed: null,
          },
          {
            ...high,
            check: 'gone.check',
            verdict: 'fail',
            opened: 1,
            closed: null,
          },
        ],
      );
      const open = { low: 0, medium: 0, high: 0, critical: 0 };
      const points = await ask(7);
      expect(points).toEqual([
        { at: '2026-03-07T23:59:59.999Z', open, unknown: 0 },
        {
          at: '2026-03-08T23:59:59.999Z',
          open: { ...open, high: 2 },
          unknown: 0,
        },
        {
          at: '2026-03-09T23:59:59.999Z',
          open: { ...open, high: 2 },
          unknown: 0,
        },
        { at: now.toISOString(), open: { ...open, high: 1 }, unknown: 1 },
      ]);
      points.forEach(point => trendPointSchema.parse(point));
      expect(await ask(1)).toEqual(points.slice(-1));
    },
  );

  it.each(databases.eachSupportedId())(
    'counts what stood of one check, from the day on which it was judged first, %p',
    async id => {
      const knex = await databases.init(id);
      await createTestLists(knex);
      const ask = (check?: string) =>
        readTrend(knex, { connections, days: 7, now, severities, check });
      const stands = { source: 'acme', closed: null };
      await write(
        knex,
        [
          '2026-03-07T09:00:00.000Z',
          '2026-03-08T09:00:00.000Z',
          '2026-03-10T11:00:00.000Z',
        ],
        [
          { ...stands, check: 'b.high', verdict: 'fail', opened: 1 },
          { ...stands, check: 'c.high', verdict: 'pass', opened: 2, closed: 3 },
          { ...stands, check: 'c.high', verdict: 'fail', opened: 3 },
          { ...stands, check: 'c.high', verdict: 'unknown', opened: 3 },
        ],
      );
      await except(knex, '0', 1);
      const open = { low: 0, medium: 0, high: 0, critical: 0 };
      expect(await ask('c.high')).toEqual([
        { at: '2026-03-08T23:59:59.999Z', open, unknown: 0 },
        { at: '2026-03-09T23:59:59.999Z', open, unknown: 0 },
        { at: now.toISOString(), open: { ...open, high: 1 }, unknown: 1 },
      ]);
      const excepted = { ...open, high: 1 };
      expect((await ask('b.high')).pop()).toEqual({
        at: now.toISOString(),
        open: { ...open, high: 1 },
        excepted,
        unknown: 0,
      });
      expect((await ask()).pop()).toMatchObject({
        open: { high: 2 },
        excepted,
        unknown: 1,
      });
      expect(await ask('a.low')).toEqual([]);
    },
  );

  it.each(databases.eachSupportedId())(
    'is what counting each day by itself gives, %p',
    async id => {
      const knex = await databases.init(id);
      await createTestLists(knex);
      const start = Date.UTC(2026, 1, 25);
      const world = fc
        .array(fc.integer({ min: start, max: now.getTime() }), {
          minLength: 1,
          maxLength: 12,
        })
        .chain(stamps => {
          const revision = fc.integer({ min: 1, max: stamps.length });
          return fc.record({
            times: fc.constant(
              [...stamps]
                .sort((x, y) => x - y)
                .map(stamp => new Date(stamp).toISOString()),
            ),
            intervals: fc.array(
              fc
                .record({
                  source: fc.constantFrom('acme', 'other', 'elsewhere'),
                  check: fc.constantFrom('a.low', 'b.high', 'c.high', 'gone'),
                  verdict: fc.constantFrom<Verdict[]>(
                    'pass',
                    'fail',
                    'warning',
                    'unknown',
                    'not-applicable',
                  ),
                  opened: revision,
                  closed: fc.option(revision),
                })
                .filter(i => i.closed === null || i.closed > i.opened),
              { maxLength: 12 },
            ),
          });
        });
      await fc.assert(
        fc.asyncProperty(
          world,
          fc.integer({ min: 1, max: 20 }),
          fc.option(fc.constantFrom('a.low', 'b.high', 'c.high'), {
            nil: undefined,
          }),
          async ({ times, intervals }, days, check) => {
            const asked = { connections, days, now, severities, check };
            await write(knex, times, intervals);
            expect(await readTrend(knex, asked)).toEqual(
              slowly(times, intervals, days, check),
            );
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
