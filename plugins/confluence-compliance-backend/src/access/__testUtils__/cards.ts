// SPDX-License-Identifier: Apache-2.0
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { accessSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import {
  acme,
  account,
  createTestChecks,
  group,
  membership,
} from '../../checks/__testUtils__';
import { criticalSystemValid } from '../../checks/builtin/criticalSystemValid';
import { documentSetUp } from '../../checks/builtin/documentSetUp';
import type { ConnectionConfig } from '../../config';
import { CardReads, Lists, Lookups } from '../../history';
import { AccessReader } from '../AccessReader';

const connection: ConnectionConfig = {
  id: 'acme',
  title: 'Acme Confluence',
  site: 'https://acme.example',
  purposes: ['access-review', 'policy'],
  auth: [],
  cadence: {
    accounts: { hours: 6 },
    groups: { hours: 6 },
    memberships: { hours: 6 },
    spaces: { hours: 6 },
    grants: { hours: 6 },
    labels: { hours: 1 },
    pages: { hours: 1 },
    pagesFull: { days: 7 },
  },
};

/** Cards over the world of the checks' tests, and a catalog to ask for them. */
export async function createTestCards(knex: Knex) {
  const world = await createTestChecks(
    knex,
    criticalSystemValid,
    documentSetUp,
  );
  const database = mockServices.database({ knex });
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  const entities = new Map<string, Entity>();
  const asked: unknown[] = [];
  const clock = { now: new Date() };
  const reader = AccessReader.create({
    config: {
      connections: [connection],
      schedule: {
        every: { seconds: 30 },
        slice: { minutes: 2 },
        timeout: { minutes: 3 },
        checks: { hours: 1 },
        people: { minutes: 15 },
      },
    },
    connections: () => [connection],
    history: world.history,
    lists: await Lists.create({ database, catalog }),
    lookups: await Lookups.create({ database, catalog }),
    cards: await CardReads.create({ database, catalog }),
    checks: world.checks,
    catalog: {
      getEntityByRef: async (ref, options) => {
        asked.push(options?.credentials);
        return entities.get(String(ref).toLowerCase());
      },
    },
    now: () => clock.now,
  });
  const user = mockCredentials.user();
  return {
    ...world,
    asked,
    clock,
    reader,
    user,
    /** The card of an entity that everybody may see, as the contract has it. */
    async cardOf(entity: Entity) {
      const ref = stringifyEntityRef(entity);
      entities.set(ref, entity);
      return accessSchema.strict().parse(await reader.card(ref, user));
    },
    /** Two spaces, three pages and who may do what; nothing of it is judged yet. */
    async spaces() {
      await world.read(acme('spaces'), [
        space('s1', 'ENG', 'Engineering'),
        space('s2', 'HR', '<b>People</b>'),
      ]);
      await world.read(acme('grants', 's1'), [
        grant('s1', 'group', 'g1', 'read'),
        grant('s1', 'account', 'a-ana', 'read'),
        grant('s1', 'account', 'a-ana', 'administer'),
      ]);
      await world.read(acme('grants', 's2'), [
        grant('s2', 'group', 'g2', 'read'),
        grant('s2', 'access-class', 'anonymous-users', 'read'),
      ]);
    },
  };
}

export { account, acme, group, membership };

/** An entity of the catalog. */
export function entity(
  kind: string,
  name: string,
  annotations: Record<string, string> = {},
  members: string[] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    relations: members.map(targetRef => ({ type: 'hasMember', targetRef })),
  };
}

/** An entity that the catalog module made. */
export function mirror(kind: string, subject: string): Entity {
  return entity(kind, subject.replace(/\W/g, '-'), {
    'backstage.io/managed-by-origin-location': `confluence:${subject}`,
  });
}

function space(id: string, key: string, name: string) {
  return { key: id, payload: { key, name, type: 'global', status: 'current' } };
}

export function grant(
  spaceId: string,
  principalType: string,
  principalId: string,
  operation: string,
) {
  return {
    key: [spaceId, principalType, principalId, operation, 'space'].join('/'),
    payload: {
      spaceId,
      principalType,
      principalId,
      operation,
      target: 'space',
    },
  };
}
