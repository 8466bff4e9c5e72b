// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { definitions, Definitions } from './definitions';
import { openHistory, publishAll, readAll } from './__testUtils__/setup';

jest.setTimeout(120_000);

/** Groups as they were before `usageType` was added. */
const older: Definitions = {
  ...definitions,
  groups: { ...definitions.groups, fields: { name: 1, managedBy: 1 } },
};
const newer: Definitions = {
  ...definitions,
  groups: {
    ...definitions.groups,
    shape: 2,
    fields: { name: 1, managedBy: 1, usageType: 2 },
  },
};

describe('payload shapes', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'a new field writes no interval, %p',
    async id => {
      const knex = await databases.init(id);
      const before = await openHistory(knex, { definitions: older });
      const after = await openHistory(knex, { definitions: newer });
      let run = 0;
      const state = fc.array(fc.nat({ max: 2 }), {
        minLength: 6,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(state, state, async (first, second) => {
          run += 1;
          const source = `acme${run}`;
          const read = { source, dataset: 'groups' };
          const seen = (names: number[], usage: object) =>
            names.map((name, key) => ({
              key: `g${key}`,
              payload: { name: `Team ${name}`, managedBy: 'x', ...usage },
            }));
          const usage = { usageType: 'TEAM' };
          await publishAll(before, {
            ...read,
            runId: `${run}a`,
            rows: seen(first, {}),
          });
          const head = await after.head();
          const differing = first.filter((name, i) => name !== second[i]);
          // While versions overlap, the order of publishing does not matter.
          await readAll(after, {
            ...read,
            runId: `${run}b`,
            rows: seen(second, usage),
          });
          expect(await after.publish({ runId: `${run}b` })).toMatchObject({
            revision: differing.length > 0 ? head + 1 : undefined,
            opened: 0,
            changed: differing.length,
            removed: 0,
          });
          const { items } = await after.changes({ since: head, limit: 500 });
          expect(items).toHaveLength(differing.length);
          const now = await after.head();
          for await (const rows of after.rows('groups', {
            source,
            asOf: now,
          })) {
            expect(rows).toHaveLength(second.length);
            for (const row of rows) {
              const name = `Team ${second[Number(row.key.slice(1))]}`;
              expect(row.payload).toEqual({ name, managedBy: 'x', ...usage });
            }
          }
          for (const history of [before, after]) {
            const again = await publishAll(history, {
              ...read,
              runId: `${run}${history === before ? 'c' : 'd'}`,
              rows: seen(second, history === before ? {} : usage),
            });
            expect(again.revision).toBeUndefined();
          }
        }),
        { numRuns: 15 },
      );
    },
  );
});
