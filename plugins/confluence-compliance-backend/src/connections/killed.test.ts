// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import knexFactory, { Knex } from 'knex';
import { Script, settingsOf } from '../__testUtils__/forkScript';
import {
  appOf,
  credentialsIn,
  isWorking,
  KEY,
  newGrant,
} from './__testUtils__/grants';
import type {
  KilledArgument,
  KilledMessage,
} from './__testUtils__/killedProcess';
import type { Credentials } from './Credentials';
import { ReconnectError } from './failures';
import { OAuthTokens } from './OAuthTokens';

jest.setTimeout(15 * 60_000);

/** Sites side by side, since most of the time goes into starting processes. */
const SITES = 5;
/** Of each site; what a replica may meet is mostly PostgreSQL. */
const KILLS = { SQLITE_3: 3, POSTGRES_18: 10 };
/** Short, so that what a dead process has claimed is free at once. */
const CLAIM_MS = 60;

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

/** A database that more than one process can open. */
async function open(
  id: string,
): Promise<{ knex: Knex; config: Knex.Config; remove(): Promise<void> }> {
  if (id !== 'SQLITE_3') {
    const knex = await databases.init(id as 'POSTGRES_18');
    return { knex, config: settingsOf(knex), remove: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'confluence-killed-'));
  const config = {
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'plugin.sqlite') },
    useNullAsDefault: true,
  };
  const knex = knexFactory(config);
  const remove = async () => {
    await knex.destroy();
    await rm(folder, { recursive: true });
  };
  return { knex, config, remove };
}

describe.each(databases.eachSupportedId())(
  'A renewal that is killed, on %p',
  id => {
    const kills = KILLS[id as keyof typeof KILLS];
    let database: Awaited<ReturnType<typeof open>>;
    let credentials: Credentials;
    let sandboxes: Sandbox[] = [];

    beforeEach(async () => {
      database = await open(id);
      credentials = await credentialsIn(database.knex);
      sandboxes = await Promise.all(
        Array.from({ length: SITES }, () => startSandbox()),
      );
    });

    afterEach(async () => {
      await Promise.all(sandboxes.map(sandbox => sandbox.close()));
      await database.remove();
    });

    /** Runs a process to its violent end. */
    async function kill(sandbox: Sandbox, connection: string) {
      const argument: KilledArgument = {
        database: database.config,
        connection,
        url: sandbox.url,
        oauth: sandbox.credentials.oauth,
        key: { id: KEY.id, secret: [...KEY.secret] },
        claimMs: CLAIM_MS,
      };
      const script = new Script<KilledMessage>(
        'connections/__testUtils__/killedProcess.ts',
        argument,
      );
      const ended = await script.ended;
      return { ended, messages: script.messages, output: script.output };
    }

    it(`loses nothing of ${
      SITES * kills
    } within the leeway, and says what is over after it`, async () => {
      const outcomes = await Promise.all(
        sandboxes.map(async (sandbox, index) => {
          const connection = `site-${index}`;
          const app = appOf(sandbox);
          await credentials.write(
            database.knex,
            connection,
            'oauth',
            await newGrant(sandbox, app),
          );
          const tokens = new OAuthTokens({
            connection,
            credentials,
            app,
            claimMs: CLAIM_MS,
          });
          const killed = [];
          for (let n = 0; n < kills; n += 1) {
            // So that each process has to renew what the one before has left.
            sandbox.expireTokens();
            killed.push(await kill(sandbox, connection));
          }
          sandbox.expireTokens();
          tokens.discard(await tokens.token());
          const isHealed = await isWorking(sandbox, await tokens.token());
          const { reuses, familiesKilled, refreshes } = sandbox.oauth;

          await kill(sandbox, connection);
          sandbox.oauth.setLeeway(0);
          sandbox.expireTokens();
          tokens.discard(await tokens.token());
          const refused = await tokens.token().catch(error => error);
          const again = await tokens.token().catch(error => error);
          await app.close();
          return {
            killed,
            isHealed,
            counts: { reuses, familiesKilled, refreshes },
            refused,
            again,
            stored: await credentials.read(connection, 'oauth'),
          };
        }),
      );
      for (const outcome of outcomes) {
        for (const process of outcome.killed) {
          expect(process).toEqual({
            ended: 'SIGKILL',
            messages: [{ isWorking: true }],
            output: '',
          });
        }
        expect(outcome.isHealed).toBe(true);
        // Each process has renewed what it found, and died over the next one.
        expect(outcome.counts).toEqual({
          reuses: 0,
          familiesKilled: 0,
          refreshes: 2 * kills + 1,
        });
        for (const error of [outcome.refused, outcome.again]) {
          expect(error).toBeInstanceOf(ReconnectError);
          expect(error.since).toBe(outcome.stored?.refusedAt);
        }
        expect(outcome.stored?.state).toBe('reconnect');
      }
    });
  },
);
