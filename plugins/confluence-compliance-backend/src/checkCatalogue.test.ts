// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import {
  mockServices,
  type TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { demoAccountId } from '@confluence-compliance/atlassian-sandbox';
import type { Check } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Knex } from 'knex';
import { Checks, connectionStateOf } from './checks';
import type { ComplianceConfig } from './config';
import { CriticalSystems } from './critical-systems';
import { History, Lists, Lookups } from './history';
import { LINKS, PEOPLE } from './people';
import { ApprovalRows, Policies } from './policies';
import {
  CONNECTION,
  type Replica,
  type Rig,
  startRig,
  syncNow,
} from './sync/__testUtils__/rig';

jest.setTimeout(180_000);

/**
 * The fixed moment of the demo world. Reads are stamped with the time of the database, so nothing grows
 * old here.
 */
const NOW = new Date(1793523600 * 1000);
const NEVER_OLD = { years: 100 };

const signal = new AbortController().signal;
const admins = ['bram.okafor', 'ulrich.bonney'].map(demoAccountId);

/** What somebody tells the checks that nothing else can say. */
const told: ComplianceConfig['checks'] = {
  'priv.admin-limited': { approved: [admins[0]], most: 1 },
  'access.external-approved': {
    approved: {
      [demoAccountId('zoe.karlsson')]: {
        sponsor: 'user:default/ada.lindqvist',
        until: '2026-12-31',
      },
    },
  },
  'space.app-write-access': { approved: [] },
  'nhi.service-identity-owned': { owners: {} },
  'policy.reviewed-on-time': { reviewed: { infosec: '2026-06-01' } },
};

/** Without being told anything: pass, fail, warning, unknown, not applicable. */
const expected = {
  'access.offboarded-removed': 'fail: 22 2 1 1 2',
  'access.user-identified': 'fail: 25 1 1 0 1',
  'access.critical-system-valid': 'fail: 43 6 2 0 4',
  'access.inactive-account': 'fail: 20 1 0 3 4',
  'access.external-approved': 'unknown (some-unknown): 0 0 0 1 27',
  'access.centrally-provisioned': 'pass: 23 0 0 0 5',
  'access.no-direct-grants': 'fail: 2 3 0 0 1',
  'access.shared-account': 'pass: 24 0 0 0 4',
  'auth.mfa-enabled': 'fail: 21 2 0 1 4',
  'auth.admin-mfa': 'fail: 1 1 0 0 0',
  'priv.admin-limited': 'unknown (some-unknown): 1 0 0 2 0',
  'priv.space-admin-justified': 'unknown (some-unknown): 0 0 0 5 1',
  'nhi.api-token-hygiene': 'fail: 3 2 0 0 1',
  'nhi.service-identity-owned': 'unknown (some-unknown): 0 0 0 1 0',
  'space.no-anonymous': 'fail: 5 1 0 0 0',
  'space.app-write-access': 'pass: 1 0 0 0 0',
  'space.active-owner': 'pass: 6 0 0 0 0',
  'audit.log-active': 'warning: 0 0 1 0 0',
  'integration.evidence-fresh': 'pass: 10 0 0 0 0',
  'policy.approved-version-current': 'fail: 0 2 0 0 1',
  // Nobody has named the pages of what SOC 2 and ISO 27001 ask for.
  'policy.document-set-up': 'fail: 2 1 0 23 0',
  'policy.reviewed-on-time': 'unknown (some-unknown): 0 0 0 2 1',
  'policy.owner-active': 'pass: 2 0 0 0 1',
  'policy.edit-restricted-read-open': 'pass: 2 0 0 0 1',
  // Nothing reads texts here.
  'policy.structure-complete': 'unknown (some-unknown): 0 0 0 2 1',
  'policy.acknowledged': 'not-applicable: 0 0 0 0 3',
  'review.on-cadence': 'warning: 0 0 2 0 0',
  'review.revocations-verified': 'not-applicable: 0 0 0 0 0',
  'space.public-links': 'unknown (attestation): 0 0 0 1 0',
};
const later = ['access.mover-reviewed', 'audit.privilege-change-explained'];

const policy = (id: string, label: string) => ({
  id,
  title: id,
  connection: CONNECTION,
  page: { by: 'label' as const, label },
});

describe('The catalogue of checks on the demo world', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let rig: Rig;
  let replica: Replica;
  let lists: Lists;
  let lookups: Lookups;
  let knex: Knex;

  async function start(id: TestDatabaseId) {
    knex = await databases.init(id);
    rig = await startRig({ knex });
    const [connection] = rig.config.connections;
    connection.organization = rig.sandbox.credentials.organization;
    rig.config.policies = [
      policy('infosec', 'policy-infosec'),
      policy('incident', 'policy-incident'),
      policy('decisions', 'decision'),
    ];
    rig.config.criticalSystems = [
      {
        connection: CONNECTION,
        space: 'HELP',
        owner: undefined,
        reviewEvery: 'P1Y',
        rule: { kind: 'all-staff' },
      },
    ];
    rig.config.labels = ['policy-infosec', 'policy-incident', 'decision'];
    // The audit log of the world ends at its moment, whatever day it is.
    rig.clock.advance(NOW.getTime() - Date.now());
    replica = await rig.replica();
    await replica.syncAll();
    await linkPeople(replica.history);
    const database = { getClient: async () => knex };
    const catalog = { accounts: 'none' } as never;
    const organizations = () => replica.connections.organizations();
    lists = await Lists.create({ database, catalog, organizations });
    lookups = await Lookups.create({ database, catalog });
  }

  afterEach(() => rig.close());

  /** Everybody of the company, with the account they have. */
  async function linkPeople(history: History) {
    const { people } = rig.sandbox.world;
    const runId = randomUUID();
    const { id } = await history.beginRead({
      ...PEOPLE,
      runId,
      mode: 'full',
      scope: 'all',
    });
    await history.stage(
      id,
      people.map(({ name, employment }) => ({
        key: `user:default/${name}`,
        payload: {
          status: employment,
          startDate: null,
          endDate: employment === 'departed' ? '2025-01-31' : null,
          absentSince: null,
          managerRef: null,
          employmentType: null,
          accountIds: [],
        },
      })),
    );
    await history.finishRead(id, { outcome: 'complete' });
    await history.publish({ runId });
    await history.change({}, async change => {
      for (const { name, accountId } of people) {
        await change.put(LINKS, {
          key: accountId,
          payload: {
            source: PEOPLE.source,
            person: `user:default/${name}`,
            how: 'email',
          },
        });
      }
    });
  }

  /** Runs all checks with these parameters. */
  async function run(parameters: ComplianceConfig['checks']) {
    const { config } = rig;
    const { history, connections } = replica;
    const now = () => NOW;
    const checks = await Checks.create({
      config: {
        ...config,
        schedule: { ...config.schedule, people: NEVER_OLD },
        connections: config.connections.map(connection => ({
          ...connection,
          cadence: neverOld(connection.cadence),
        })),
        checks: {
          ...parameters,
          'integration.evidence-fresh': {
            maxAgeHours: 1_000_000,
            pagesMaxAgeHours: 1_000_000,
          },
        },
      },
      history,
      lists,
      lookups,
      criticalSystems: CriticalSystems.create({
        config,
        connections: () => connections.list(),
        lists,
        lookups,
        now,
      }),
      policies: Policies.create({
        config,
        connections: () => connections.list(),
        lookups,
        approvals: await ApprovalRows.create({
          database: { getClient: async () => knex },
        }),
      }),
      database: { getClient: async () => knex },
      scheduler: mockServices.scheduler.mock(),
      logger: mockServices.logger.mock(),
      connections: () => [CONNECTION],
      organizations: () => connections.organizations(),
      connectionState: connectionStateOf(connections, {
        labels: async () => config.labels,
        now,
      }),
      now,
    });
    await checks.afterPublish();
    await checks.runDue(signal);
    const shownBy = (await checks.list()).map(
      check => [check.id, shown(check)] as const,
    );
    return new Map(shownBy);
  }

  it.each(databases.eachSupportedId())(
    'says of each check what it found, %p',
    async id => {
      await start(id);
      const first = await run({});
      expect(Object.fromEntries(first)).toEqual({
        ...expected,
        ...Object.fromEntries(later.map(row => [row, 'later'])),
      });
      expect(first.size).toBe(31);

      const second = await run(told);
      expect(differences(first, second)).toEqual({
        'priv.admin-limited': 'fail: 1 2 0 0 0',
        'access.external-approved': 'pass: 1 0 0 0 27',
        'nhi.service-identity-owned': 'fail: 0 1 0 0 0',
        'policy.reviewed-on-time': 'unknown (some-unknown): 1 0 0 1 1',
      });

      // What a refused key leaves behind passes nothing and resolves nothing.
      rig.sandbox.revokeOrganizationKeys();
      await syncNow(replica);
      const refused = await run(told);
      expect(differences(second, refused)).toEqual({
        'access.inactive-account': 'unknown (directory-failed): 0 0 0 25 3',
        'access.centrally-provisioned':
          'unknown (directory-failed): 0 0 0 24 4',
        // It judges somebody whom only the directory calls suspended.
        'access.shared-account': 'pass: 25 0 0 0 3',
        'auth.mfa-enabled': 'fail: 0 2 0 23 3',
        'auth.admin-mfa': 'fail: 0 1 0 1 0',
        'priv.admin-limited': 'fail: 0 2 0 1 0',
        'nhi.api-token-hygiene': 'fail: 0 1 0 5 0',
        'integration.evidence-fresh': 'fail: 9 1 0 0 0',
      });
    },
  );
});

function neverOld<C extends object>(cadence: C): C {
  return Object.fromEntries(
    Object.keys(cadence).map(name => [name, NEVER_OLD]),
  ) as C;
}

/** What the second run says otherwise. */
function differences(before: Map<string, string>, after: Map<string, string>) {
  return Object.fromEntries(
    [...after].filter(([id, said]) => said !== before.get(id)),
  );
}

/** Pass, fail, warning, unknown, not applicable: how many subjects have each. */
function shown({ verdict, counts, state, reason }: Check): string {
  const { pass, fail, warning, unknown } = counts;
  const all = [pass, fail, warning, unknown, counts['not-applicable']];
  const why = verdict === 'unknown' ? ` (${reason?.code})` : '';
  return state === 'later' ? state : `${verdict}${why}: ${all.join(' ')}`;
}
