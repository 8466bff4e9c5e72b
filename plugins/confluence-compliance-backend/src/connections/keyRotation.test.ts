// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { OAuthApp } from '@confluence-compliance/atlassian-client';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import type { SealingKey } from '../config';
import {
  appOf,
  credentialsIn,
  newGrant,
  REDIRECT_URI,
  sealingKey,
} from './__testUtils__/grants';
import { ConnectionRows } from './ConnectionRows';
import { Connections } from './Connections';
import { CannotOpenError } from './Keyring';
import { OAuthTokens } from './OAuthTokens';
import type { Method } from './types';

jest.setTimeout(60_000);

const OLD = sealingKey('2026', 26);
const NEW = sealingKey('2027', 27);
/** Grants that nobody asks for meanwhile, so that sealing them takes a while. */
const GRANTS = 40;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('A new sealing key on %p', id => {
  let knex: Knex;
  let sandbox: Sandbox;
  let app: OAuthApp;
  let opened: Connections[] = [];

  beforeEach(async () => {
    knex = await databases.init(id);
    sandbox = await startSandbox();
    app = appOf(sandbox);
    const credentials = await credentialsIn(knex, [OLD]);
    await insert('granted', { method: 'oauth' }, sandbox.siteUrl);
    await credentials.write(
      knex,
      'granted',
      'oauth',
      await newGrant(sandbox, app),
    );
    const { email, token } = sandbox.credentials.apiToken;
    await insert('typed', { method: 'api-token', email }, sandbox.secondSiteUrl);
    await credentials.write(knex, 'typed', 'api-token', token);
    for (let n = 0; n < GRANTS; n += 1) {
      await credentials.write(knex, `other-${n}`, 'oauth', {
        refreshToken: `refresh-${n}`,
      });
    }
  });

  afterEach(async () => {
    await Promise.all(opened.map(connections => connections.close()));
    opened = [];
    await app.close();
    await sandbox.close();
  });

  async function insert(connection: string, method: Method, site: string) {
    const rows = new ConnectionRows(knex);
    await knex.transaction(tx =>
      rows.insert(tx, {
        id: connection,
        title: connection,
        site,
        origin: 'portal',
        purposes: ['access-review'],
        methods: [method],
        cadence: {} as never,
        enabled: true,
        begun: true,
        version: 1,
      }),
    );
  }

  /** A replica whose configuration has these keys. */
  async function replica(...sealingKeys: SealingKey[]): Promise<Connections> {
    const connections = await Connections.create({
      config: {
        atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
        oauth: { ...sandbox.credentials.oauth, callbackUrl: REDIRECT_URI },
        connections: [],
        sealingKeys,
      },
      database: { getClient: async () => knex },
    });
    opened.push(connections);
    return connections;
  }

  async function ask(connections: Connections, connection: string) {
    await connections.prepare(connection);
    const client = connections.clientFor(connection);
    return (await client.currentUser()).accountId;
  }

  const keyIds = async () =>
    Object.fromEntries(
      (
        await knex('connection_credentials')
          .select('key_id')
          .count({ rows: '*' })
          .groupBy('key_id')
      ).map(({ key_id, rows }) => [key_id, Number(rows)]),
    );

  it('takes the place of the old one while everything goes on', async () => {
    expect(await keyIds()).toEqual({ 2026: GRANTS + 2 });
    const replicas = [await replica(NEW, OLD), await replica(NEW, OLD)];
    const administrator = await ask(replicas[0], 'typed');
    let isOver = false;
    const asking = replicas.flatMap(connections =>
      ['granted', 'typed'].map(async connection => {
        let asked = 0;
        while (!isOver || asked < 5) {
          if (connection === 'granted' && connections === replicas[0]) {
            // Both replicas have to renew.
            sandbox.expireTokens();
          }
          // Forgets what was opened, as a replica that starts now.
          await connections.clients.close();
          const answer = await ask(connections, connection).catch(
            // Closed by the other one of this loop.
            error => (error.code === 'UND_ERR_DESTROYED' ? undefined : error),
          );
          if (answer !== undefined) {
            expect(answer).toBe(administrator);
          }
          asked += 1;
        }
      }),
    );
    const resealed = await Promise.all(
      replicas.map(({ credentials }) => credentials.reseal()),
    );
    isOver = true;
    await Promise.all(asking);
    expect(resealed[0] + resealed[1]).toBeGreaterThanOrEqual(GRANTS);
    expect(await keyIds()).toEqual({ 2027: GRANTS + 2 });

    const after = await replica(NEW);
    expect(await ask(after, 'granted')).toBe(administrator);
    expect(await ask(after, 'typed')).toBe(administrator);
    for (let n = 0; n < GRANTS; n += 1) {
      const read = await after.credentials.read(`other-${n}`, 'oauth');
      expect(read?.secret).toEqual({ refreshToken: `refresh-${n}` });
    }
    expect(await after.credentials.reseal()).toBe(0);
  });
});
