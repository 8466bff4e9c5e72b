// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { definitions } from './definitions';
import { jsonOf } from './payload';
import { Standing } from './standing';

const SIZES = { page: 3, unseen: 2 };

const row = (n: number, reason = 'same') => ({
  key: `k|account|${String(n).padStart(2, '0')}`,
  payload: {
    accountId: `${n}`,
    checkId: 'k',
    facts: {},
    reason,
    resource: null,
    subjectId: `${n}`,
    subjectKind: 'account',
    verdict: 'pass',
  },
});

/** What stands of a check with these numbers. */
function standingOf(numbers: number[]): Standing {
  const rows = [...numbers]
    .sort((a, b) => a - b)
    .map(n => row(n))
    .map(({ key, payload }) => ({
      key,
      payload: jsonOf(definitions.results, payload),
    }));
  const read = async (after = '') =>
    rows.filter(({ key }) => key > after).slice(0, SIZES.page);
  return new Standing(definitions.results, read, SIZES);
}

async function askFor(standing: Standing, rows: ReturnType<typeof row>[]) {
  const told: string[] = [];
  for (const each of rows) {
    if (await standing.differs(each)) {
      told.push(each.key);
    }
  }
  return { told, gone: (await standing.left()).sort() };
}

const number = fc.integer({ min: 0, max: 30 });
const stands = fc.uniqueArray(number, { maxLength: 20 });

describe('what stands', () => {
  it('tells what differs and what is gone, in whatever order it is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        stands,
        fc.uniqueArray(number, { maxLength: 20 }),
        fc.uniqueArray(number),
        async (standing, found, changed) => {
          const rows = found.map(n =>
            row(n, changed.includes(n) ? 'other' : 'same'),
          );
          const { told, gone } = await askFor(standingOf(standing), rows);
          const differing = rows.filter(
            (each, n) =>
              !standing.includes(found[n]) || each.payload.reason === 'other',
          );
          expect(told).toEqual(
            expect.arrayContaining(differing.map(({ key }) => key)),
          );
          // Some may be told without need, a few only.
          expect(told.length).toBeLessThanOrEqual(
            differing.length + SIZES.unseen,
          );
          expect(gone).toEqual(
            standing
              .filter(n => !found.includes(n))
              .map(n => row(n).key)
              .sort(),
          );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('tells nothing else where it is asked in the order of the keys', async () => {
    await fc.assert(
      fc.asyncProperty(
        stands,
        fc.uniqueArray(number),
        async (found, changed) => {
          const rows = [...found]
            .sort((a, b) => a - b)
            .map(n => row(n, changed.includes(n) ? 'other' : 'same'));
          const { told, gone } = await askFor(standingOf(found), rows);
          expect(gone).toEqual([]);
          expect(told).toEqual(
            rows
              .filter(({ payload }) => payload.reason === 'other')
              .map(({ key }) => key),
          );
        },
      ),
    );
  });

  it('loses nothing when a key is asked for twice', async () => {
    await fc.assert(
      fc.asyncProperty(stands, fc.array(number), async (standing, found) => {
        const rows = found.map(n => row(n));
        const { told, gone } = await askFor(standingOf(standing), rows);
        const isNew = (n: number) => !standing.includes(n);
        expect(told).toEqual(
          expect.arrayContaining(found.filter(isNew).map(n => row(n).key)),
        );
        expect(gone).toEqual(
          standing
            .filter(n => !found.includes(n))
            .map(n => row(n).key)
            .sort(),
        );
      }),
    );
  });

  it('tells what is new and nothing else, however much it is, in the order of the keys', async () => {
    const numbers = Array.from({ length: 30 }, (_, n) => n);
    const even = numbers.filter(n => n % 2 === 0);
    const standing = standingOf([...even, 40, 41, 42]);

    const { told, gone } = await askFor(
      standing,
      numbers.map(n => row(n)),
    );

    expect(told).toEqual(numbers.filter(n => n % 2).map(n => row(n).key));
    expect(gone).toEqual([40, 41, 42].map(n => row(n).key));
  });

  it('looks through everything once many rows were not where they were looked for', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const rows = [...numbers].reverse().map(n => row(n));

    const { told, gone } = await askFor(standingOf(numbers), rows);

    expect(told).toHaveLength(SIZES.unseen);
    expect(gone).toEqual([]);
  });

  it('fails with whoever reads what stands', async () => {
    const standing = new Standing(definitions.results, async () => {
      throw new Error('no database');
    });
    await expect(standing.differs(row(1))).rejects.toThrow('no database');
  });
});
