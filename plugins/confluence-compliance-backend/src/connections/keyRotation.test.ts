// SPDX-License-Identifier: Apache-2.0
import { TestDatabases } from '@backstage/backend-test-utils';
import type { OAuthApp } from '@confluence-compliance/atlassian-client';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { createDeferred } from '@backstage/types';
import { Knex } from 'knex';
import { countBy } from 'lodash';
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
const GRANTS = 100;

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
    await insert(
      'typed',
      { method: 'api-token', email },
      sandbox.secondSiteUrl,
    );
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
        allowedSites: ['127.0.0.1', 'localhost'],
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

  /** How many are sealed with each key. */
  const keyIds = async () =>
    countBy(await knex('connection_credentials').pluck('key_id'));

  it('takes the place of the old one while everything goes on', async () => {
    expect(await keyIds()).toEqual({ 2026: GRANTS + 2 });
    const replicas = [await replica(NEW, OLD), await replica(NEW, OLD)];
    const administrator = await ask(replicas[0], 'typed');
    let isOver = false;
    const until = async (act: () => Promise<string>) => {
      for (let times = 0; !isOver || times < 5; times += 1) {
        expect(await act()).toBe(administrator);
      }
    };
    const renewing = until(async () => {
      sandbox.expireTokens();
      // Now one of them renews and now the other.
      const [first, second] = replicas.reverse();
      await ask(first, 'granted');
      return ask(second, 'granted');
    });
    // One that starts now opens what is stored now.
    const opening = until(async () => ask(await replica(NEW, OLD), 'typed'));
    const resealing = Promise.all(
      replicas.map(({ credentials }) => credentials.reseal()),
    ).finally(() => {
      isOver = true;
    });
    await Promise.all([renewing, opening, resealing]);
    const resealed = (await resealing)[0] + (await resealing)[1];
    expect(resealed).toBeGreaterThanOrEqual(GRANTS);
    expect(sandbox.oauth.refreshes).toBeGreaterThanOrEqual(5);
    expect(sandbox.oauth.reuses).toBe(0);
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

  it('loses no renewal that goes on meanwhile', async () => {
    const { credentials } = await replica(NEW, OLD);
    const asked = createDeferred();
    const answer = createDeferred<Awaited<ReturnType<OAuthApp['refresh']>>>();
    const tokens = new OAuthTokens({
      connection: 'other-0',
      credentials,
      app: {
        refresh: () => {
          asked.resolve();
          return answer;
        },
      },
    });
    const token = tokens.token();
    await asked;
    expect(await credentials.reseal()).toBe(GRANTS + 2);
    answer.resolve({
      accessToken: 'access-next',
      refreshToken: 'refresh-next',
      expiresAt: new Date(Date.now() + 3_600_000),
      scopes: [],
    });
    expect(await token).toBe('access-next');
    const read = await credentials.read('other-0', 'oauth');
    expect(read).toMatchObject({
      keyId: '2027',
      secret: { refreshToken: 'refresh-next' },
    });
  });

  it('does not put an old value in place of one that was stored meanwhile', async () => {
    const { credentials, keyring } = await replica(NEW, OLD);
    const row = (await credentials.read('other-0', 'oauth'))!;
    const open = keyring.open.bind(keyring);
    jest.spyOn(keyring, 'open').mockImplementation(async (place, sealed) => {
      const value = await open(place, sealed);
      if (place === 'other-0/oauth') {
        await credentials.replace(row, { refreshToken: 'refresh-next' });
      }
      return value;
    });
    expect(await credentials.reseal()).toBe(GRANTS + 1);
    jest.restoreAllMocks();
    const read = await credentials.read('other-0', 'oauth');
    expect(read).toMatchObject({
      keyId: '2027',
      version: row.version + 1,
      secret: { refreshToken: 'refresh-next' },
    });
  });

  it('seals all others when one cannot be opened', async () => {
    const { credentials } = await replica(NEW, OLD);
    const broken = () =>
      knex('connection_credentials').where({ connection: 'granted' });
    const [{ sealed }] = await broken();
    await broken().update({ sealed: `${sealed.slice(0, -9)}AAAAAAAAA` });
    await expect(credentials.reseal()).rejects.toThrow(CannotOpenError);
    expect(await keyIds()).toEqual({ 2026: 1, 2027: GRANTS + 1 });
    await broken().update({ sealed });
    expect(await credentials.reseal()).toBe(1);
    expect(await keyIds()).toEqual({ 2027: GRANTS + 2 });
  });

  it('leaves alone what no key opens, and everything without a key', async () => {
    const { credentials } = await replica(NEW);
    expect((await credentials.list()).every(({ isLost }) => isLost)).toBe(true);
    expect(await credentials.reseal()).toBe(0);
    expect(await (await replica()).credentials.reseal()).toBe(0);
    expect(await keyIds()).toEqual({ 2026: GRANTS + 2 });
    // Says which key is missing, for either kind of credential.
    for (const connection of ['granted', 'typed']) {
      const error = await ask(await replica(NEW), connection).catch(
        caught => caught,
      );
      expect(error.name).toBe('NoCredentialError');
      expect(error.message).toContain("'2026'");
    }
  });

  it('opens again what another replica has sealed with a key that is there', async () => {
    const later = await replica(NEW);
    await expect(ask(later, 'typed')).rejects.toThrow("'2026'");
    await (await replica(NEW, OLD)).credentials.reseal();
    expect(await ask(later, 'typed')).toEqual(expect.any(String));
  });
});
