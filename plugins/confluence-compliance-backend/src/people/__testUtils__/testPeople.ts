// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { History } from '../../history';
import { PEOPLE } from '../lane';
import { People } from '../People';
import type { SourceRegistry } from '../SourceRegistry';

/** A person of the catalog. */
export function user(
  name: string,
  more: Partial<Entity['metadata']> = {},
  email?: string,
) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, ...more },
    spec: { memberOf: [], profile: { displayName: name, email } },
  };
}

/** An entity that our own catalog module has made. */
export function mirror(name: string, email: string): Entity {
  return user(
    name,
    {
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': 'confluence:acme/1' },
    },
    email,
  );
}

const config = {
  people: [
    {
      source: 'catalog' as const,
      filter: { 'metadata.namespace': 'default' },
    },
  ],
  catalog: { namespace: 'confluence', accounts: 'user' as const, labels: [] },
  schedule: {
    every: { seconds: 30 },
    slice: { minutes: 2 },
    timeout: { minutes: 3 },
    checks: { hours: 1 },
    people: { minutes: 15 },
  },
};

/** People over a catalog that a test fills. */
export async function createTestPeople(knex: Knex, sources?: SourceRegistry) {
  const history = await History.create({
    database: mockServices.database({ knex }),
  });
  let entities: Entity[] = [];
  let broken = false;
  const now = { time: DateTime.fromISO('2026-03-10T12:00:00Z') };
  const catalog = catalogServiceMock.mock({
    async *streamEntities(request, options) {
      if (broken) {
        throw new Error('the catalog is down');
      }
      yield* catalogServiceMock({ entities }).streamEntities(request, options);
    },
  });
  const onChange = jest.fn(async () => {});
  const logger = mockServices.logger.mock();
  const people = People.create({
    config,
    sources,
    history,
    catalog,
    auth: mockServices.auth(),
    scheduler: mockServices.scheduler.mock(),
    logger,
    onChange,
    now: () => now.time,
  });
  return {
    history,
    people,
    logger,
    onChange,
    knex,
    now,
    fail: (value: boolean) => {
      broken = value;
    },
    has: (...present: Entity[]) => {
      entities = present;
    },
    async state() {
      const asOf = await history.head();
      const found: Record<string, string> = {};
      for await (const rows of history.rows('people', { asOf })) {
        rows.forEach(row => {
          found[row.key] = row.payload.status;
        });
      }
      return found;
    },
    async container() {
      const [state] = await history.containers(PEOPLE);
      return state;
    },
    async accounts(...accounts: Array<[string, string, string?]>) {
      const runId = `${Math.random()}`;
      const { id: readId } = await history.beginRead({
        runId,
        source: 'acme',
        dataset: 'accounts',
        key: 'site',
        mode: 'full',
        scope: 'all',
      });
      await history.stage(
        readId,
        accounts.map(([key, accountClass, email]) => ({
          key,
          payload: {
            accountType: 'atlassian',
            accountStatus: 'active',
            class: accountClass,
            listed: true,
          },
          profile: { kind: 'account', id: key, email },
        })),
      );
      await history.finishRead(readId, { outcome: 'complete' });
      await history.publish({ runId });
    },
    async links() {
      const asOf = await history.head();
      const found: Record<string, string> = {};
      for await (const rows of history.rows('identity_links', { asOf })) {
        rows.forEach(({ key, payload }) => {
          found[key] = `${payload.person} by ${payload.how}`;
        });
      }
      return found;
    },
  };
}
