// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { accessSchema } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { Checks } from '../../checks';
import type { ComplianceConfig } from '../../config';
import { type Connected, organizationSource } from '../../connections';
import { CriticalSystems } from '../../critical-systems';
import {
  CardReads,
  type Container,
  History,
  Lists,
  Lookups,
  type ObservedRow,
  type ReadOutcome,
} from '../../history';
import { LINKS, PEOPLE } from '../../people';
import { ApprovalRows, Policies } from '../../policies';
import { AccessReader } from '../AccessReader';

export const acme = (dataset: string, key = 'site'): Container => ({
  source: 'acme',
  dataset,
  key,
});

const connection: Connected = {
  id: 'acme',
  title: 'Acme Confluence',
  site: 'https://acme.example',
  purposes: ['access-review', 'policy'],
  origin: 'config',
  methods: [],
  enabled: true,
  begun: true,
  version: 0,
  cadence: {
    accounts: { hours: 6 },
    groups: { hours: 6 },
    memberships: { hours: 6 },
    spaces: { hours: 6 },
    grants: { hours: 6 },
    labels: { hours: 1 },
    pages: { hours: 1 },
    pagesFull: { days: 7 },
    directory: { days: 1 },
  },
};

const schedule: ComplianceConfig['schedule'] = {
  every: { seconds: 30 },
  slice: { minutes: 2 },
  timeout: { minutes: 3 },
  checks: { hours: 1 },
  people: { minutes: 15 },
};

/** Cards over a history of their own, and a catalog to ask for them. */
export async function createTestCards(
  knex: Knex,
  { organization }: Pick<Connected, 'organization'> = {},
) {
  const database = mockServices.database({ knex });
  const history = await History.create({ database });
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  const organizations = async () => [
    {
      connection: 'acme',
      source: organization && organizationSource(organization.id),
    },
  ];
  const lists = await Lists.create({ database, catalog, organizations });
  const lookups = await Lookups.create({ database, catalog });
  /** Tests set what is configured before they ask. */
  const config: Pick<
    ComplianceConfig,
    | 'checks'
    | 'connections'
    | 'criticalSystems'
    | 'exceptions'
    | 'frameworks'
    | 'policies'
    | 'schedule'
  > = {
    checks: {},
    connections: [],
    criticalSystems: [],
    exceptions: { maxDays: 180 },
    frameworks: [],
    policies: [],
    schedule,
  };
  const checks = await Checks.create({
    config,
    database,
    history,
    lists,
    lookups,
    criticalSystems: CriticalSystems.create({
      config,
      connections: () => [],
      lists,
      lookups,
    }),
    policies: Policies.create({
      config,
      connections: () => [],
      lookups,
      approvals: await ApprovalRows.create({ database }),
    }),
    scheduler: mockServices.scheduler.mock(),
    logger: mockServices.logger.mock(),
    connections: () => ['acme'],
  });
  const clock = { now: new Date() };
  const entities = new Map<string, Entity>();
  const asked: unknown[] = [];
  const reader = AccessReader.create({
    config,
    connections: () => [{ ...connection, organization }],
    history,
    lists,
    lookups,
    cards: await CardReads.create({ database, catalog, organizations }),
    checks,
    catalog: {
      getEntityByRef: async (ref, options) => {
        asked.push(options?.credentials);
        return entities.get(String(ref).toLowerCase());
      },
    },
    now: () => clock.now,
  });
  const user = mockCredentials.user();

  /** Publishes one whole read of a container. */
  async function read(
    container: Container,
    rows: ObservedRow[],
    outcome: ReadOutcome = 'complete',
  ) {
    const runId = randomUUID();
    const begin = { ...container, runId, mode: 'full', scope: 'all' } as const;
    const { id } = await history.beginRead(begin);
    await history.stage(id, rows);
    await history.finishRead(id, { outcome });
    await history.publish({ runId });
  }

  return {
    asked,
    clock,
    config,
    history,
    read,
    reader,
    user,
    async runAll() {
      await checks.afterPublish();
      await checks.runDue(new AbortController().signal);
    },
    /** The card of an entity that everybody may see, as the contract has it. */
    async cardOf(shown: Entity) {
      const ref = stringifyEntityRef(shown);
      entities.set(ref, shown);
      return accessSchema.strict().parse(await reader.card(ref, user));
    },
    /** One employee, one leaver, one account of nobody. */
    async company() {
      const ids = ['a-ana', 'a-ben', 'a-nobody'];
      await read(
        acme('accounts'),
        ids.map(id => account(id)),
      );
      await read(acme('groups'), [group('g1'), group('g2')]);
      await read(acme('memberships', 'g1'), [
        membership('g1', 'a-ana'),
        membership('g1', 'a-ben'),
      ]);
      await read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await read(PEOPLE, [
        person('ana', { status: 'employed' }),
        person('ben', { status: 'departed', endDate: '2026-03-01' }),
      ]);
      await history.change({}, async change => {
        for (const name of ['ana', 'ben']) {
          const ref = `user:default/${name}`;
          await change.put(LINKS, {
            key: `a-${name}`,
            payload: { source: PEOPLE.source, person: ref, how: 'email' },
          });
        }
      });
    },
    /** Two spaces and who may do what in them. */
    async spaces() {
      await read(acme('spaces'), [
        space('s1', 'ENG', 'Engineering'),
        space('s2', 'HR', '<b>People</b>'),
        space('s9', '~ana', 'Ana', 'personal'),
      ]);
      await read(acme('grants', 's1'), [
        grant('s1', 'group', 'g1', 'read'),
        grant('s1', 'account', 'a-ana', 'read'),
        grant('s1', 'account', 'a-ana', 'administer'),
      ]);
      await read(acme('grants', 's2'), [
        grant('s2', 'group', 'g2', 'read'),
        grant('s2', 'access-class', 'anonymous-users', 'read'),
      ]);
      await read(acme('grants', 's9'), []);
    },
  };
}

export function account(id: string): ObservedRow {
  return {
    key: id,
    payload: {
      accountType: 'atlassian',
      accountStatus: 'active',
      class: 'person',
      listed: true,
    },
    profile: {
      kind: 'account',
      id,
      name: `Name of ${id}`,
      email: `${id}@example.com`,
    },
  };
}

/** What an organization says of somebody. */
export function said(id: string): ObservedRow {
  return {
    key: id,
    payload: {
      claimStatus: 'managed',
      accountStatus: 'active',
      membershipStatus: 'active',
      mfa: 'enabled',
      managementSource: null,
      platformRoles: [],
      products: [],
      roles: [],
    },
  };
}

export function group(id: string): ObservedRow {
  return {
    key: id,
    payload: { name: id, managedBy: 'ADMINS', usageType: 'USERBASE_GROUP' },
  };
}

export function membership(groupId: string, accountId: string): ObservedRow {
  return { key: `${groupId}/${accountId}`, payload: { groupId, accountId } };
}

function person(name: string, facts: object): ObservedRow {
  const unsaid = {
    startDate: null,
    endDate: null,
    absentSince: null,
    managerRef: null,
    employmentType: null,
  };
  return {
    key: `user:default/${name}`,
    payload: { ...unsaid, accountIds: [], ...facts },
  };
}

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

export function space(id: string, key: string, name: string, type = 'global') {
  return { key: id, payload: { key, name, type, status: 'current' } };
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
      role: null,
    },
  };
}
