// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import type { ComplianceConfig, ConnectionConfig } from '../config';
import { type SetUp, setUpConnections, SOMEBODY } from './__testUtils__/setUp';
import { Connections } from './Connections';
import { ConnectionTests } from './ConnectionTests';
import { LostSliceError } from './ConnectionStates';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
let sandbox: Sandbox;
let opened: Connections[] = [];

beforeEach(async () => {
  sandbox = await startSandbox();
});

afterEach(async () => {
  await Promise.all(opened.map(connections => connections.close()));
  opened = [];
  await sandbox.close();
});

async function make(
  knex: Knex,
  auth: ConnectionConfig['auth'],
  site = sandbox.siteUrl,
): Promise<Connections> {
  const cadence = {} as ConnectionConfig['cadence'];
  const connections = await Connections.create({
    config: {
      atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
      sealingKeys: [],
      connections: [
        {
          id: 'acme',
          title: 'Acme',
          site,
          purposes: ['access-review', 'policy'],
          auth,
          cadence,
        },
      ],
    } as unknown as ComplianceConfig,
    database: { getClient: async () => knex },
  });
  await connections.prepare('acme');
  opened.push(connections);
  return connections;
}

describe.each(databases.eachSupportedId())('Connections on %p', id => {
  it('keeps its scope when a token of the same account is exchanged', async () => {
    const knex = await databases.init(id);
    const { apiToken, serviceAccount, classicServiceAccount } =
      sandbox.credentials;
    const scopeWith = async (...auth: ConnectionConfig['auth']) =>
      (await make(knex, auth)).scopeOf('acme');
    const scope = await scopeWith({ method: 'api-token', ...apiToken });
    expect(scope).toMatch(/^[0-9a-f]{32}$/);
    expect(await scopeWith({ method: 'api-token', ...apiToken })).toBe(scope);
    const service = await scopeWith({
      method: 'service-account',
      ...serviceAccount,
    });
    expect(service).not.toBe(scope);
    // Another credential of the same service account sees the same.
    expect(
      await scopeWith({ method: 'service-account', ...classicServiceAccount }),
    ).toBe(service);
  });

  it('remembers whose eyes its scopes are, and which of a method counts now', async () => {
    const knex = await databases.init(id);
    const { apiToken, serviceAccount } = sandbox.credentials;
    const readWith = async (...auth: ConnectionConfig['auth']) => {
      const connections = await make(knex, auth);
      const scope = await connections.scopeOf('acme');
      const { accountId } = await connections.clientFor('acme').currentUser();
      return {
        connections,
        seen: { scope, method: auth[0].method, accountId },
      };
    };
    const token = await readWith({ method: 'api-token', ...apiToken });
    const service = await readWith({
      method: 'service-account',
      ...serviceAccount,
    });
    const other = await readWith({
      method: 'api-token',
      ...sandbox.issueApiToken({ account: 'hugo.reyes' }),
    });
    const { readScopes } = other.connections;
    const byScope = async () =>
      (await readScopes.list('acme')).sort((a, b) =>
        a.scope.localeCompare(b.scope),
      );
    const sorted = [
      { ...token.seen, current: false },
      { ...service.seen, current: true },
      { ...other.seen, current: true },
    ].sort((a, b) => a.scope.localeCompare(b.scope));
    expect(await byScope()).toEqual(sorted);
    await token.connections.scopeOf('acme');
    const swapped = sorted.map(one =>
      one.method === 'api-token' ? { ...one, current: !one.current } : one,
    );
    expect(await byScope()).toEqual(swapped);
    await readScopes.remove(knex, 'acme');
    expect(await byScope()).toEqual([]);
  });

  it('chooses the method by purpose and tests each', async () => {
    const knex = await databases.init(id);
    const { apiToken, serviceAccount } = sandbox.credentials;
    const connections = await make(knex, [
      { method: 'api-token', ...apiToken, purposes: ['access-review'] },
      { method: 'service-account', ...serviceAccount, purposes: ['policy'] },
    ]);
    const people = connections.clientFor('acme', 'access-review');
    expect(connections.clientFor('acme', 'access-review')).toBe(people);
    expect(connections.clientFor('acme', 'policy')).not.toBe(people);
    expect(await connections.scopeOf('acme', 'policy')).not.toBe(
      await connections.scopeOf('acme', 'access-review'),
    );
    const { credentials } = await new ConnectionTests(connections).test('acme');
    expect(credentials).toMatchObject([
      { method: 'api-token', ok: true, purposes: ['access-review'] },
      { method: 'service-account', ok: true, purposes: ['policy'] },
    ]);
    expect(() => connections.clientFor('nowhere')).toThrow(
      "There is no connection 'nowhere'",
    );
  });

  it('says why a credential is refused and shows none', async () => {
    const knex = await databases.init(id);
    const { apiToken } = sandbox.credentials;
    const token = 'ATATT3x-wrong-but-secret';
    const connections = await make(knex, [
      { method: 'api-token', email: apiToken.email, token },
    ]);
    const report = await new ConnectionTests(connections).test('acme');
    expect(report.credentials).toMatchObject([
      { ok: false, problem: { code: 'credential-refused' } },
    ]);
    await expect(connections.scopeOf('acme')).rejects.toThrow('credential');
    const rows = await knex('connections_state');
    expect(inspect([report, rows], { depth: 9 })).not.toContain(token);
  });

  it('gives a secret to nobody who knows another address than the one it was entered for', async () => {
    const knex = await databases.init(id);
    const room = await setUpConnections(knex, sandbox);
    opened.push(room.connections);
    const stale = await room.create({});
    const auth = [{ method: 'api-token' as const, ...sandbox.issueApiToken() }];
    await room.setup.settings.update(
      stale.id,
      { site: sandbox.siteUrl, auth },
      SOMEBODY,
    );
    await expect(room.connections.clients.open(stale)).rejects.toThrow(
      'has just been changed: try again',
    );
    await room.connections.prepare(stale.id);
  });

  describe('when they change', () => {
    const error = jest.fn();
    let room: SetUp;
    let connections: Connections;

    beforeEach(async () => {
      error.mockReset();
      const knex = await databases.init(id);
      room = await setUpConnections(knex, sandbox);
      connections = await Connections.create({
        config: room.config,
        database: { getClient: async () => knex },
        logger: { error },
      });
      opened.push(room.connections, connections);
    });

    it('tell everybody, and again whoever failed', async () => {
      const failing = jest.fn().mockRejectedValueOnce(new Error('no database'));
      const other = jest.fn();
      connections.onChange(failing);
      connections.onChange(other);
      await room.create({});
      await connections.reload();
      expect(connections.all()).toHaveLength(1);
      expect([failing, other].map(({ mock }) => mock.calls.length)).toEqual([
        1, 1,
      ]);
      expect(error).toHaveBeenCalledTimes(1);
      await connections.reload();
      await connections.reload();
      expect([failing, other].map(({ mock }) => mock.calls.length)).toEqual([
        2, 1,
      ]);
      expect(error).toHaveBeenCalledTimes(1);
    });

    it('do not fail for a follower that fails', async () => {
      room.connections.onChange(async () => {
        throw new Error('no scheduler');
      });
      const { id: made } = await room.create({});
      const { settings } = room.setup;
      await settings.update(made, { enabled: true }, SOMEBODY);
      expect(room.connections.list()).toMatchObject([{ id: made }]);
    });

    it('can be asked again by whoever is told', async () => {
      const heard: string[][] = [];
      connections.onChange(async () => {
        const ids = connections.all().map(({ id: made }) => made);
        heard.push(ids);
        await connections.prepare(ids[0]);
        if (ids.length === 1) {
          await room.create({ site: sandbox.siteUrl, id: 'later' });
          await connections.reload();
        }
      });
      await room.create({ id: 'first' });
      await connections.reload();
      expect(heard).toEqual([['first'], ['first', 'later']]);
    });

    it('never go back to what an earlier reload has read', async () => {
      const all = connections.rows.all.bind(connections.rows);
      const isRead = createDeferred();
      const goOn = createDeferred();
      jest.spyOn(connections.rows, 'all').mockImplementationOnce(async () => {
        const rows = await all();
        isRead.resolve();
        await goOn;
        return rows;
      });
      const early = connections.reload();
      await isRead;
      await room.create({});
      const late = connections.reload();
      const shared = connections.reload();
      goOn.resolve();
      await Promise.all([late, shared]);
      await early;
      expect(connections.all()).toHaveLength(1);
      expect(connections.rows.all).toHaveBeenCalledTimes(2);
    });
  });

  it.each([
    [
      'site-not-allowed',
      "allowedSites names the host '127.0.0.1': add it there",
      () => ({ allowedSites: ['localhost'] }),
    ],
    [
      'site-connected',
      "connected by the configuration too, as 'Acme'",
      (acme: ConnectionConfig) => ({ connections: [acme] }),
    ],
  ])(
    'sends nothing to a site of the portal that is %s',
    async (code, text, more) => {
      const knex = await databases.init(id);
      const before = await setUpConnections(knex, sandbox);
      const site = sandbox.siteUrl;
      const { id: made } = await before.create({ site });
      await before.setup.settings.update(made, { enabled: true }, SOMEBODY);
      const after = await setUpConnections(
        knex,
        sandbox,
        more({
          id: 'acme',
          title: 'Acme',
          site,
          purposes: ['policy'],
          auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
          cadence: {} as ConnectionConfig['cadence'],
        }),
      );
      opened.push(before.connections, after.connections);
      sandbox.requests.reset();
      const { ok, credentials } = await after.setup.tests.test(made);
      expect(ok).toBe(false);
      expect(credentials).toMatchObject([
        {
          problem: {
            code,
            text: expect.stringContaining(text),
            cure: expect.stringMatching(/^[A-Z].{20}/),
          },
        },
      ]);
      await expect(after.connections.scopeOf(made)).rejects.toThrow(text);
      expect(sandbox.requests.total).toBe(0);
    },
  );

  it('gives a slice to one, until it expires', async () => {
    const knex = await databases.init(id);
    const { states } = await make(knex, [
      { method: 'api-token', ...sandbox.credentials.apiToken },
    ]);
    const taken = await Promise.all(
      [1, 2, 3, 4].map(() => states.takeSlice('acme', 1000, 2000)),
    );
    const tokens = taken.filter(token => token !== undefined);
    expect(tokens).toHaveLength(1);
    const [first] = tokens;
    const check = (token: string) =>
      knex.transaction(tx => states.assertSlice(tx, 'acme', token));
    await check(first);
    expect(await states.takeSlice('acme', 1999, 3000)).toBeUndefined();
    const second = await states.takeSlice('acme', 2000, 3000);
    await expect(check(first)).rejects.toThrow(LostSliceError);
    // A slice that lost its token cannot give it back for another.
    await states.releaseSlice('acme', first);
    await check(second ?? '');
    await states.releaseSlice('acme', second ?? '');
    expect(await states.takeSlice('acme', 2001, 3000)).toEqual(
      expect.any(String),
    );
    // A clock that was put back does not wait for the time that it once showed.
    expect(await states.takeSlice('acme', 1500, 2500)).toBeUndefined();
    expect(await states.takeSlice('acme', 100, 1100)).toEqual(
      expect.any(String),
    );
  });
});
