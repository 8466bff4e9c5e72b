// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  CheckRevocation,
  CheckRow,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { Knex } from 'knex';
import { z } from 'zod';
import type { Purpose } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { ComplianceConfig } from '../../config';
import type { OrganizationSource } from '../../connections';
import { CriticalSystems, type ReviewSummary } from '../../critical-systems';
import { History, Lists, Lookups } from '../../history';
import type {
  Container,
  ObservedRow,
  ReadOutcome,
  UserGroups,
} from '../../history';
import { LINKS, PEOPLE } from '../../people';
import {
  AcknowledgementRows,
  Acknowledgements,
  ApprovalRows,
  GroupRows,
  Policies,
  StructureRows,
} from '../../policies';
import { offboardedRemoved } from '../builtin/offboardedRemoved';
import { CheckRegistry } from '../CheckRegistry';
import { Checks } from '../Checks';
import type { ConnectionKnown } from '../connectionState';

export const signal = new AbortController().signal;
export const OFFBOARDED = 'access.offboarded-removed';
export const acme = (dataset: string, key = 'site') => ({
  source: 'acme',
  dataset,
  key,
});

export function account(id: string, more: object = {}): ObservedRow {
  return {
    key: id,
    payload: {
      accountType: 'atlassian',
      accountStatus: 'active',
      class: 'person',
      listed: true,
      ...more,
    },
    profile: { kind: 'account', id, name: `Name of ${id}` },
  };
}

export function person(name: string, more: object = {}): ObservedRow {
  return {
    key: `user:default/${name}`,
    payload: {
      status: 'employed',
      startDate: null,
      endDate: null,
      absentSince: null,
      managerRef: null,
      employmentType: null,
      accountIds: [],
      ...more,
    },
  };
}

export const membership = (
  groupId: string,
  accountId: string,
): ObservedRow => ({
  key: `${groupId}/${accountId}`,
  payload: { groupId, accountId },
});

export const group = (id: string, name = id): ObservedRow => ({
  key: id,
  payload: { name, managedBy: 'ADMINS', usageType: 'USERBASE_GROUP' },
});

/** The check of leavers, and those that are added, over a history, with a clock of its own. */
export async function createTestChecks(
  knex: Knex,
  ...added: ConfluenceCheck[]
) {
  return createConfiguredChecks(knex, {}, ...added);
}

/** The same, with what is configured of them. */
export async function createConfiguredChecks(
  knex: Knex,
  configured: ComplianceConfig['checks'],
  ...added: ConfluenceCheck[]
) {
  const database = mockServices.database({ knex });
  const history = await History.create({ database });
  const registry = CheckRegistry.create([offboardedRemoved]);
  registry.add(...added);
  const clock = { now: new Date('2026-03-10T12:00:00Z') };
  const connections = ['acme'];
  const scheduler = mockServices.scheduler.mock();
  const catalog = {
    namespace: 'confluence',
    accounts: 'user' as const,
    labels: [],
    allPages: false,
  };
  /** Tests set what is configured before they run anything. */
  const config: Pick<
    ComplianceConfig,
    'criticalSystems' | 'frameworks' | 'policies' | 'documentsNotNeeded'
  > = { criticalSystems: [], frameworks: [], policies: [] };
  /** What their connections are for. */
  const purposes: Record<string, Purpose[]> = {};
  const notifications = { send: jest.fn(async () => {}) };
  const userGroups: ReturnType<UserGroups> = [];
  const organizations: OrganizationSource[] = [];
  const known: ConnectionKnown = { datasets: [], credentials: [] };
  const lists = await Lists.create({
    database,
    catalog,
    userGroups: () => userGroups,
  });
  const lookups = await Lookups.create({ database, catalog });
  const now = () => clock.now;
  const approvals = await ApprovalRows.create({ database });
  const structures = await StructureRows.create({ database });
  const groups = await GroupRows.create({ database, now });
  const reviews = {
    summaries: [] as ReviewSummary[],
    revocations: new Map<string, CheckRow<CheckRevocation>[]>(),
    seenAt: undefined as string | undefined,
  };
  const checks = await Checks.create({
    config: {
      checks: configured,
      connections: [],
      exceptions: { maxDays: 180 },
      frameworks: ['soc2', 'iso27001'],
      schedule: {
        every: { seconds: 30 },
        slice: { minutes: 2 },
        timeout: { minutes: 3 },
        checks: { hours: 1 },
        people: { minutes: 15 },
      },
    },
    history,
    lists,
    lookups,
    criticalSystems: CriticalSystems.create({
      config,
      connections: () => [],
      lists: {
        timeOf: async revision => reviews.seenAt ?? lists.timeOf(revision),
      },
      lookups,
      reviews: {
        list: async () => reviews.summaries,
        undecided: async () => 0,
      },
      now,
    }),
    policies: Policies.create({
      config,
      connections: () =>
        connections.map(one => ({ id: one, purposes: purposes[one] ?? [] })),
      lookups,
      approvals,
      structures,
      acknowledgements: new Acknowledgements({
        history,
        approvals,
        rows: await AcknowledgementRows.create({ database }),
        groups,
        months: 12,
        now,
      }),
    }),
    reviews: {
      connections: async () => [...reviews.revocations.keys()],
      async *reviewed() {
        // Nothing was decided.
      },
      async *revocations(connection) {
        yield reviews.revocations.get(connection) ?? [];
      },
    },
    database,
    scheduler,
    logger: mockServices.logger.mock(),
    connections: () => connections,
    organizations: async () => organizations,
    connectionState: async () => known,
    registry,
    notifications,
    now: () => clock.now,
  });
  const read = async (
    container: Container,
    rows: ObservedRow[],
    outcome: ReadOutcome = 'complete',
    scope = 'all',
  ) => {
    const runId = randomUUID();
    const { id: readId } = await history.beginRead({
      ...container,
      runId,
      mode: 'full',
      scope,
    });
    await history.stage(readId, rows);
    await history.finishRead(readId, { outcome });
    await history.publish({ runId });
  };
  return {
    checks,
    clock,
    config,
    connections,
    groups,
    history,
    knex,
    lists,
    read,
    scheduler,
    /** Tests say here what is known of the connection itself. */
    known,
    notifications,
    /** Tests say here what was reviewed, and when systems were first seen. */
    reviews,
    structures,
    /** Tests name the organizations of connections here. */
    organizations,
    /** Tests say here what connections are for. */
    purposes,
    /** Tests name the user groups of connections here. */
    userGroups,
    /** One employee, one leaver, one account of nobody; all of it complete. */
    async company() {
      await read(acme('accounts'), [
        account('a-ana'),
        account('a-ben'),
        account('a-nobody'),
      ]);
      await read(acme('groups'), [group('g1'), group('g2')]);
      await read(acme('memberships', 'g1'), [
        membership('g1', 'a-ana'),
        membership('g1', 'a-ben'),
      ]);
      await read(acme('memberships', 'g2'), [membership('g2', 'a-ben')]);
      await read(PEOPLE, [
        person('ana'),
        person('ben', { status: 'departed', endDate: '2026-03-01' }),
      ]);
      await history.change({}, async change => {
        for (const name of ['ana', 'ben']) {
          await change.put(LINKS, {
            key: `a-${name}`,
            payload: {
              source: PEOPLE.source,
              person: `user:default/${name}`,
              how: 'email',
            },
          });
        }
      });
    },
    /** Runs every check, as after a publish. */
    async runAll() {
      await checks.afterPublish();
      await checks.runDue(signal);
    },
    async results(checkId?: string) {
      const asOf = await history.head();
      const found: Record<string, string> = {};
      for await (const rows of history.rows('results', { asOf })) {
        rows.forEach(({ payload }) => {
          if (!checkId || payload.checkId === checkId) {
            const { subjectId, verdict, reason } = payload;
            found[subjectId] = `${verdict} ${reason}`;
          }
        });
      }
      return found;
    },
    async findings(more: object = {}) {
      return checks.findings({
        query: more,
        revision: await history.head(),
        limit: 50,
        sort: '-severity',
        ...more,
      });
    },
  };
}

/** A check of one's own. */
export function check(
  id: string,
  evaluate: ConfluenceCheck['evaluate'],
): ConfluenceCheck {
  return {
    id,
    title: id,
    description: id,
    severity: 'low',
    subjectKind: 'account',
    requires: ['accounts'],
    improves: [],
    parameters: z.strictObject({}),
    controls: [],
    howToFix: [],
    state: 'ready',
    evaluate,
  };
}
