// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Script, settingsOf } from '../__testUtils__/forkScript';
import {
  appOf,
  credentialsIn,
  KEY,
  newGrant,
  REDIRECT_URI,
} from './__testUtils__/grants';
import type {
  ReplicaArgument,
  ReplicaMessage,
} from './__testUtils__/replicaProcess';
import { ConnectionRows } from './ConnectionRows';

jest.setTimeout(5 * 60_000);

const REPLICAS = 2;
const REFRESHES = 500;

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ids = databases.eachSupportedId().map(([id]) => id);
if (ids.length === 0) {
  process.stderr.write(
    '\nREPLICAS WERE NOT TESTED: there is no PostgreSQL, see scripts/test.mjs\n\n',
  );
}

describe('Replicas of a backend', () => {
  let sandbox: Sandbox;
  let replicas: Array<Script<ReplicaMessage>> = [];

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    replicas = [];
    await sandbox.close();
  });

  if (ids.length === 0) {
    it.todo('ARE NOT TESTED: THERE IS NO POSTGRESQL');
    return;
  }

  it('never lose a refresh token that both renew', async () => {
    const knex = await databases.init(ids[0]);
    const credentials = await credentialsIn(knex);
    const app = appOf(sandbox);
    const rows = new ConnectionRows(knex);
    await knex.transaction(tx =>
      rows.insert(tx, {
        id: 'northwind',
        title: 'Northwind',
        site: sandbox.siteUrl,
        origin: 'portal',
        purposes: ['access-review'],
        methods: [{ method: 'oauth' }],
        cadence: {} as never,
        enabled: true,
        begun: true,
        version: 1,
      }),
    );
    // From here on the second use of any refresh token ends the grant.
    sandbox.oauth.setLeeway(0);
    sandbox.oauth.setAccessTokenLife(20);
    await credentials.write(
      knex,
      'northwind',
      'oauth',
      await newGrant(sandbox, app),
    );
    await app.close();

    const argument: ReplicaArgument = {
      database: settingsOf(knex),
      connection: 'northwind',
      config: {
        allowedSites: ['127.0.0.1', 'localhost'],
        atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
        oauth: { ...sandbox.credentials.oauth, callbackUrl: REDIRECT_URI },
      },
      key: { id: KEY.id, secret: [...KEY.secret] },
      askers: 4,
    };
    replicas = Array.from(
      { length: REPLICAS },
      () =>
        new Script<ReplicaMessage>(
          'connections/__testUtils__/replicaProcess.ts',
          argument,
        ),
    );
    let isOver = false;
    const ends = replicas.map(replica =>
      replica.ended.then(() => {
        isOver = true;
      }),
    );
    while (sandbox.oauth.refreshes < REFRESHES && !isOver) {
      await sleep(20);
    }
    sandbox.oauth.setAccessTokenLife(3_600_000);
    const outcomes = await Promise.all(
      replicas.map(async replica => {
        replica.send('end');
        const ended = await replica.ended;
        const { messages, output } = replica;
        return { ended, output, messages };
      }),
    );
    await Promise.all(ends);
    for (const outcome of outcomes) {
      expect(outcome).toEqual({
        ended: 0,
        output: '',
        messages: [
          {
            accountId: expect.any(String),
            answered: expect.any(Number),
            late: expect.any(Number),
          },
        ],
      });
      expect(outcome.messages[0].answered).toBeGreaterThan(REFRESHES / 10);
    }
    const { reuses, familiesKilled, refreshes } = sandbox.oauth;
    expect({ reuses, familiesKilled }).toEqual({
      reuses: 0,
      familiesKilled: 0,
    });
    expect(refreshes).toBeGreaterThanOrEqual(REFRESHES);
    const stored = await credentials.read('northwind', 'oauth');
    expect(stored?.state).toBe('stored');
  });
});
