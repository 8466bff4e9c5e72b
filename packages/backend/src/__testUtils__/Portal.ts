// SPDX-License-Identifier: Apache-2.0
import type { Sandbox } from '@confluence-compliance/atlassian-sandbox';
import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The architecture's promise for going on after a crash, in milliseconds. */
const PROMISED = 5 * 60_000;
const TOKEN = 'a-static-token-of-these-tests';

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** A portal in a process of its own, whose database files outlive its processes. */
export class Portal {
  #process?: ChildProcess;
  #log = '';

  /**
   * @param database - what several replicas share; else files of its own
   */
  static async create(sandbox: Sandbox, database?: object) {
    const folder = await mkdtemp(join(tmpdir(), 'confluence-portal-'));
    const port = await freePort();
    const { clientId, clientSecret, cloudId } =
      sandbox.credentials.serviceAccount;
    const subject = 'portal-test';
    await writeFile(
      join(folder, 'config.json'),
      JSON.stringify({
        backend: {
          baseUrl: `http://localhost:${port}`,
          listen: { port, host: '127.0.0.1' },
          database: database ?? {
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
        catalog: {
          processingInterval: { seconds: 10 },
          locations: [
            {
              type: 'file',
              target: join(__dirname, '..', '..', 'catalog', 'people.yaml'),
              rules: [{ allow: ['User', 'Group'] }],
            },
          ],
        },
        confluenceCompliance: {
          atlassian: { authUrl: sandbox.authUrl, apiUrl: sandbox.apiUrl },
          allowedSites: ['127.0.0.1'],
          allowWithoutPermissions: true,
          schedule: {
            every: { seconds: 1 },
            slice: { seconds: 10 },
            timeout: { seconds: 15 },
            people: { seconds: 5 },
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
                'confluence-compliance.page.read',
                'confluence-compliance.finding.read',
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

  /**
   * Starts the backend; it kills itself after the given statements, see portalProcess.
   *
   * @param whenTold - only those after `arm`
   */
  start(killAfter: string[] = [], { whenTold = false } = {}) {
    this.#process = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, 'portalProcess.ts'),
        '--config',
        join(this.folder, 'config.json'),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          NODE_ENV: 'development',
          KILL_AFTER: JSON.stringify(killAfter),
          KILL_WHEN_TOLD: whenTold ? 'yes' : '',
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

  /** From now on the statements that it was started with count. */
  arm() {
    this.#process?.kill('SIGUSR2');
  }

  isRunning(): boolean {
    const child = this.#process;
    return child?.exitCode === null && child.signalCode === null;
  }

  /** How the process ended: the signal's name, or the exit code. */
  ended(): Promise<string | number | null> {
    const child = this.#process!;
    if (!this.isRunning()) {
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

  /** Stops the portal and removes what it stored. */
  async remove() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Asks for a sync of everything. */
  syncNow(): Promise<void> {
    return this.get('/confluence-compliance/connections/northwind/sync', {
      method: 'POST',
    });
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
