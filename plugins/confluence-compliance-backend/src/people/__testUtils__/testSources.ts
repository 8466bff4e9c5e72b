// SPDX-License-Identifier: Apache-2.0
import type { Knex } from 'knex';
import { SourceRegistry } from '../SourceRegistry';
import { createTestPeople } from './testPeople';

/** An HR system that a test fills. */
function addSystem(sources: SourceRegistry, id: string) {
  let records: unknown[] = [];
  let broken = false;
  sources.add({
    id,
    scope: 'all',
    async *read() {
      if (broken) {
        throw new Error('HR is down');
      }
      yield records;
    },
  });
  return {
    says: (...all: unknown[]) => {
      records = all;
    },
    fail: (value: boolean) => {
      broken = value;
    },
  };
}

/** People over a catalog and HR systems of these ids that a test fills; `system` is the first. */
export async function createTestSources(knex: Knex, ids = ['hr']) {
  const registry = new SourceRegistry();
  const systems = ids.map(id => addSystem(registry, id));
  const t = await createTestPeople(knex, registry);
  return {
    ...t,
    systems,
    system: systems[0],
    async row(name: string) {
      const found = await t.history.row(
        'people',
        'people:catalog',
        `user:default/${name}`,
        await t.history.head(),
      );
      return found?.payload;
    },
    async states() {
      return (await t.people.states()).map(({ id: of, outcome, reason }) =>
        [of, outcome, reason?.code].filter(Boolean).join(' '),
      );
    },
  };
}
