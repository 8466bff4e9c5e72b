// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import type { ConfluenceClientOptions } from '@confluence-compliance/atlassian-client';
import {
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import type { ComplianceConfig, ConnectionConfig } from '../../config';
import { Connections } from '../../connections';
import { type DatasetName, History } from '../../history';
import { Sync, type SyncOptions } from '../Sync';

export const CONNECTION = 'acme';
export const LABELS = ['policy', 'policy-infosec', 'runbook'];

/** A clock that only moves when it is told to, or when a client waits. */
export class TestClock {
  #offset = 0;
  readonly sleeps: number[] = [];

  now = () => Date.now() + this.#offset;

  advance(ms: number) {
    this.#offset += ms;
  }

  sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#offset += ms;
  };
}

/** What one replica is made of, on a database that others may share. */
export interface Replica {
  sync: Sync;
  connections: Connections;
  history: History;
  /** Runs slices until none has work left, at most `times`. */
  syncAll(times?: number): Promise<void>;
  slice(signal?: AbortSignal): Promise<void>;
}

export interface RigOptions {
  knex: Knex;
  sandbox?: SandboxOptions;
  auth?: 'api-token' | 'service-account' | 'classic';
  labels?: string[];
}

export interface Rig {
  sandbox: Sandbox;
  clock: TestClock;
  config: ComplianceConfig;
  replica(options?: {
    client?: Partial<ConfluenceClientOptions>;
    sync?: Partial<SyncOptions>;
    auth?: ConnectionConfig['auth'];
  }): Promise<Replica>;
  close(): Promise<void>;
}

const hours = (n: number) => ({ hours: n });

function configOf(sandbox: Sandbox, options: RigOptions): ComplianceConfig {
  const { apiToken, serviceAccount, classicServiceAccount } =
    sandbox.credentials;
  const auths: Record<string, ConnectionConfig['auth']> = {
    'api-token': [{ method: 'api-token', ...apiToken }],
    'service-account': [{ method: 'service-account', ...serviceAccount }],
    classic: [{ method: 'service-account', ...classicServiceAccount }],
  };
  return {
    atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
    allowedSites: ['127.0.0.1', 'localhost'],
    sealingKeys: [{ id: 'test', secret: new Uint8Array(32).fill(7) }],
    connections: [
      {
        id: CONNECTION,
        title: 'Acme',
        site: sandbox.siteUrl,
        purposes: ['access-review', 'policy'],
        auth: auths[options.auth ?? 'service-account'],
        cadence: {
          accounts: hours(6),
          groups: hours(6),
          memberships: hours(6),
          spaces: hours(6),
          grants: hours(6),
          labels: hours(1),
          pages: hours(1),
          pagesFull: { days: 7 },
          directory: { days: 1 },
        },
      },
    ],
    exceptions: { maxDays: 180 },
    reviews: { templates: [], removal: { enabled: false, credentials: [] } },
    labels: options.labels ?? LABELS,
    pageSubjects: 'labelled',
    people: [],
    services: [],
    permissionsEnabled: true,
    allowWithoutPermissions: false,
    schedule: {
      every: { seconds: 30 },
      slice: { minutes: 2 },
      timeout: { minutes: 3 },
      checks: hours(6),
      people: hours(1),
    },
    checks: {},
    catalog: { namespace: 'confluence', accounts: 'user', labels: [] },
    criticalSystems: [],
    policies: [],
    frameworks: ['soc2', 'iso27001'],
    findings: {},
    retention: { history: 'P25M', profilesAfterGone: 'P90D', evidence: 'P7Y' },
  };
}

/** A sandbox and replicas of the sync room against it. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const sandbox = await startSandbox(options.sandbox);
  const clock = new TestClock();
  const config = configOf(sandbox, options);
  const opened: Connections[] = [];
  const database = { getClient: async () => options.knex };
  return {
    sandbox,
    clock,
    config,
    replica: async ({ client, sync: extra, auth } = {}) => {
      const history = await History.create({ database });
      const own = auth
        ? {
            ...config,
            connections: config.connections.map(c => ({ ...c, auth })),
          }
        : config;
      const connections = await Connections.create({
        config: own,
        database,
        clientOptions: {
          now: clock.now,
          sleep: clock.sleep,
          random: () => 0.5,
          ...client,
        },
      });
      opened.push(connections);
      const sync = await Sync.create({
        config: own,
        connections,
        history,
        scheduler: mockServices.scheduler.mock(),
        logger: mockServices.logger.mock(),
        now: clock.now,
        ...extra,
      });
      const slice = (signal = new AbortController().signal) =>
        sync.runSlice(CONNECTION, signal);
      const syncAll = async (times = 5) => {
        for (let i = 0; i < times; i += 1) {
          await slice();
          if (!(await sync.activeRun(CONNECTION))) {
            return;
          }
        }
        const run = await sync.activeRun(CONNECTION);
        throw new Error(
          `The run did not end in ${times} slices: ${JSON.stringify(run)}`,
        );
      };
      return { sync, connections, history, slice, syncAll };
    },
    close: async () => {
      await Promise.all(opened.map(connections => connections.close()));
      await sandbox.close();
    },
  };
}

/** Waits until a request stands still in the sandbox. */
export async function untilStalled({ sandbox }: Rig): Promise<void> {
  while (sandbox.faults.stalled === 0) {
    await new Promise(resolve => {
      setTimeout(resolve, 5);
    });
  }
}

/** Asks for everything to be read again and does it. */
export async function syncNow(replica: Replica): Promise<void> {
  await replica.sync.requestSync(CONNECTION);
  await replica.syncAll();
}

export type Rows = Record<string, object>;

/** Open rows of a dataset by key. */
export async function rowsOf(
  history: History,
  dataset: DatasetName,
): Promise<Rows> {
  const found: Rows = {};
  const asOf = await history.head();
  const filter = { source: CONNECTION, asOf };
  for await (const rows of history.rows(dataset, filter)) {
    rows.forEach(row => {
      found[row.key] = row.payload;
    });
  }
  return found;
}

export const datasets = [
  'accounts',
  'groups',
  'memberships',
  'spaces',
  'grants',
  'pages',
  'labels',
  'restrictions',
] as const;

/** All open rows of the connection. */
export async function everything(
  history: History,
): Promise<Record<string, Rows>> {
  const all: Record<string, Rows> = {};
  for (const dataset of datasets) {
    all[dataset] = await rowsOf(history, dataset);
  }
  return all;
}
