// SPDX-License-Identifier: Apache-2.0
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MINUTES = 60_000;
/** The architecture's promise for going on after a crash. */
const PROMISED = 5 * MINUTES;
const TOKEN = 'a-static-token-of-the-crash-test';

jest.setTimeout(20 * MINUTES);

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** A portal whose database files outlive its processes. */
class Portal {
  #process?: ChildProcess;
  #log = '';

  static async create(sandbox: Sandbox) {
    const folder = await mkdtemp(join(tmpdir(), 'confluence-crash-'));
    const port = await freePort();
    const { clientId, clientSecret, cloudId } =
      sandbox.credentials.serviceAccount;
    const subject = 'crash-test';
    await writeFile(
      join(folder, 'config.json'),
      JSON.stringify({
        backend: {
          baseUrl: `http://localhost:${port}`,
          listen: { port, host: '127.0.0.1' },
          database: {
            client: 'better-sqlite3',
            connection: { directory: folder },
          },
          auth: {
            keys: [{ secret: 'a-key-that-outlives-the-process' }],
            externalAccess: [
              {
                type: 'static',
                options: { token: TOKEN, subject },
              },
            ],
          },
        },
        catalog: { processingInterval: { seconds: 10 } },
        confluenceCompliance: {
          atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
          allowedSites: ['127.0.0.1'],
          allowWithoutPermissions: true,
          schedule: {
            every: { seconds: 1 },
            slice: { seconds: 10 },
            timeout: { seconds: 15 },
          },
          services: [
            {
              subject: 'plugin:catalog',
              permissions: ['confluence-compliance.changes.read'],
            },
            {
              subject,
              permissions: [
                'confluence-compliance.connection.read',
                'confluence-compliance.group.read',
                'confluence-compliance.account.read',
                'confluence-compliance.sync.run',
              ],
            },
          ],
          connections: [
            {
              id: 'northwind',
              site: sandbox.siteUrl,
              purposes: ['access-review', 'policy'],
              auth: [
                { method: 'service-account', clientId, clientSecret, cloudId },
              ],
            },
          ],
          catalog: {
            owner: 'group:default/security',
            pages: { labels: ['policy'] },
            schedule: { frequency: { seconds: 1 }, timeout: { seconds: 30 } },
          },
        },
      }),
    );
    return new Portal(folder, port);
  }

  private constructor(readonly folder: string, readonly port: number) {}

  start(kill: { at?: string; rows?: boolean } = {}) {
    this.#process = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, '__testUtils__', 'portal.ts'),
        '--config',
        join(this.folder, 'config.json'),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          KILL_AT: kill.at ?? '',
          KILL_ROWS: kill.rows ? '1' : '',
        },
      },
    );
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', chunk => {
        const lines = String(chunk)
          .split('\n')
          .filter(line => !line.includes('incomingRequest'));
        this.#log = `${this.#log}${lines.join('\n')}`.slice(-10_000);
      });
    }
  }

  /** How the process ended: the signal's name, or the exit code. */
  ended(): Promise<string | number | null> {
    const child = this.#process!;
    if (child.exitCode !== null || child.signalCode !== null) {
      return Promise.resolve(child.signalCode ?? child.exitCode);
    }
    return new Promise(resolve =>
      child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
  }

  async stop() {
    this.#process?.kill('SIGKILL');
    await this.ended();
  }

  async get(path: string, init?: RequestInit): Promise<any> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    if (!response.ok) {
      throw new Error(`${path} answered ${response.status}`);
    }
    return response.status === 200 ? response.json() : undefined;
  }

  /** Asks until the answer is as wanted. */
  async until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    const deadline = Date.now() + PROMISED;
    let last: unknown;
    while (Date.now() < deadline) {
      try {
        const answer = await ask();
        if (answer !== undefined) {
          return answer;
        }
      } catch (error) {
        last = error;
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
    throw new Error(`${what} did not come true: ${last}\n${this.#log}`);
  }

  async groups(): Promise<string[]> {
    const { items } = await this.get('/confluence-compliance/groups?limit=200');
    return items.map((group: { name: string }) => group.name).sort();
  }

  /** Titles of the groups in the catalog, which shortens the longest. */
  async catalogGroups(): Promise<string[]> {
    const { items } = await this.get(
      '/catalog/entities/by-query?filter=kind=group,metadata.namespace=confluence&limit=500',
    );
    return items.map((entity: any) => entity.metadata.title).sort();
  }
}

/** Names as the catalog shows them: at most 200 characters. */
const titles = (names: string[]) =>
  names
    .map(name => (name.length > 200 ? `${name.slice(0, 199)}…` : name))
    .sort();
const same = (a: unknown, b: unknown) =>
  JSON.stringify(a) === JSON.stringify(b);

describe('a portal that is killed', () => {
  const moments = [
    {
      moment: 'after a staged batch',
      kill: { at: 'insert into .history_staged.' },
      publishedBefore: false,
    },
    {
      moment: 'before the publish',
      kill: { at: 'insert into history_delta' },
      publishedBefore: false,
    },
    {
      moment: 'inside the publish',
      kill: { at: 'insert into history_groups' },
      publishedBefore: false,
    },
    {
      moment: 'after the publish, before the catalog was told',
      kill: { at: '\\(revision, kind, connection, id\\) >', rows: true },
      publishedBefore: true,
    },
  ];

  // Side by side: most of the time they wait for a lost task's ticket to expire.
  it.concurrent.each(moments)(
    'goes on by itself, $moment',
    async ({ kill, publishedBefore }) => {
      const sandbox = await startSandbox();
      const portal = await Portal.create(sandbox);
      const names = () =>
        [...sandbox.world.groups.values()].map(g => g.name).sort();
      try {
        portal.start();
        const before = names();
        await portal.until('the first sync', async () =>
          same(await portal.groups(), before) ? true : undefined,
        );
        await portal.until('the first catalog', async () =>
          same(await portal.catalogGroups(), titles(before)) ? true : undefined,
        );
        await portal.stop();

        sandbox.changes.renameGroup({
          group: 'security-team',
          name: 'security',
        });
        const after = names();

        portal.start(kill);
        await portal
          .until('the killed start', async () => {
            await portal.get(
              '/confluence-compliance/connections/northwind/sync',
              {
                method: 'POST',
              },
            );
            return true;
          })
          .catch(() => undefined);
        expect(await portal.ended()).toBe('SIGKILL');

        portal.start();
        const first = await portal.until('the restart', () => portal.groups());
        expect(first).toEqual(publishedBefore ? after : before);

        await portal.until('the next publish', async () =>
          same(await portal.groups(), after) ? true : undefined,
        );
        await portal.until('the catalog', async () =>
          same(await portal.catalogGroups(), titles(after)) ? true : undefined,
        );
      } finally {
        await portal.stop();
        await sandbox.close();
        await rm(portal.folder, { recursive: true, force: true });
      }
    },
  );
});
