// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { freePort } from '../ports.mjs';
import { root } from '../tools.mjs';

export const CONNECTION = 'northwind';
export const LABELS = ['policy', 'policy-infosec', 'policy-incident'];
const TOKEN = 'a-static-token-of-the-measurement';
const HEAP_MB = 512;
const PLUGIN = join(root, 'plugins', 'confluence-compliance-backend');
const PERMISSIONS = [
  'account.read',
  'changes.read',
  'check.read',
  'check.run',
  'connection.read',
  'connection.update',
  'finding.read',
  'group.read',
  'page.read',
  'space.read',
  'sync.run',
].map(name => `confluence-compliance.${name}`);

function configOf({ sandbox, database, port }) {
  return {
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { port, host: '127.0.0.1' },
      database,
      auth: {
        externalAccess: [
          { type: 'static', options: { token: TOKEN, subject: 'bench' } },
        ],
      },
    },
    confluenceCompliance: {
      atlassian: {
        authUrl: sandbox.SANDBOX_AUTH_URL,
        apiUrl: sandbox.SANDBOX_API_URL,
      },
      allowedSites: ['127.0.0.1'],
      allowWithoutPermissions: true,
      services: [{ subject: 'bench', permissions: PERMISSIONS }],
      connections: [
        {
          id: CONNECTION,
          site: sandbox.SANDBOX_SITE_URL,
          purposes: ['access-review', 'policy'],
          auth: [
            {
              method: 'service-account',
              clientId: sandbox.SANDBOX_CLIENT_ID,
              clientSecret: sandbox.SANDBOX_CLIENT_SECRET,
              cloudId: sandbox.SANDBOX_CLOUD_ID,
            },
          ],
        },
      ],
      catalog: {
        owner: 'group:default/security',
        pages: { labels: ['policy'] },
      },
      criticalSystems: [
        { site: CONNECTION, reviewEvery: 'P6M', access: 'all-staff' },
        { space: `${CONNECTION}/POL`, reviewEvery: 'P3M' },
        { space: `${CONNECTION}/HELP`, reviewEvery: 'P1Y' },
      ],
      policies: {
        required: [
          {
            id: 'information-security',
            title: 'Information security',
            page: { connection: CONNECTION, label: 'policy-infosec' },
          },
          {
            id: 'incident-response',
            title: 'Incident response',
            page: { connection: CONNECTION, label: 'policy-incident' },
          },
          {
            id: 'access-control',
            title: 'Access control',
            page: {
              connection: CONNECTION,
              space: 'POL',
              title: 'Access Control Policy',
            },
          },
        ],
      },
    },
  };
}

/** The plugin in a process of its own, with an empty database, under a heap of 512 MB. */
export class Backend {
  #url;
  #child;
  // Given up long before the server does, so that no request meets a closed connection.
  #agent = new Agent({
    connections: 1,
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
  });

  static async start(processes, env, { sandbox, database, folder, name }) {
    const port = await freePort();
    const config = join(folder, `${name}.json`);
    writeFileSync(
      config,
      JSON.stringify(configOf({ sandbox, database, port })),
    );
    const require = createRequire(join(PLUGIN, 'package.json'));
    const args = [
      `--max-old-space-size=${HEAP_MB}`,
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(PLUGIN, 'src', '__testUtils__', 'bench', 'process.ts'),
      '--config',
      config,
    ];
    const backend = new Backend();
    backend.#url = `http://127.0.0.1:${port}/api`;
    const trouble = line => {
      if (line.includes('"level":"error"') || /^[A-Z]\w*Error/.test(line)) {
        console.error(`[${name}] ${line}`);
      }
    };
    backend.#child = processes.start(name, 'node', args, {
      env: { ...env, NODE_ENV: 'production', LOG_LEVEL: 'warn' },
      quiet: true,
      onLine: trouble,
    });
    await backend.#isUp();
    return backend;
  }

  /** One answer of the plugin's API. */
  async get(path) {
    return this.#ask('GET', `/confluence-compliance${path}`);
  }

  async post(path) {
    return this.#ask('POST', `/confluence-compliance${path}`);
  }

  /** Milliseconds until an answer of the plugin's API is there as a whole. */
  async time(path) {
    const begun = performance.now();
    await this.get(path);
    return performance.now() - begun;
  }

  /** Tests the connection, as whoever sets it up does: it is then signed in, and knows as whom. */
  async signIn() {
    await this.post(`/connections/${CONNECTION}/test`);
  }

  /** One question of the measurement to its own part of the process. */
  async bench(path, method = 'GET') {
    return this.#ask(method, `/bench${path}`);
  }

  /** Runs a task to its end; milliseconds. */
  async run(task) {
    return (await this.bench(`/tasks/${task}`, 'POST')).ms;
  }

  /**
   * Runs slices until the sync has ended; milliseconds. Throws unless it published everything, but
   * for people beyond the 10 000 of the user search whom no group has.
   */
  async sync() {
    let ms = 0;
    for (;;) {
      ms += await this.run(`sync-${CONNECTION}`);
      const { activeRun, lastRun } = await this.get(
        `/connections/${CONNECTION}`,
      );
      if (!activeRun) {
        const bad =
          lastRun?.datasets?.filter(
            ({ state, reasons }) =>
              state !== 'complete' &&
              reasons.some(({ code }) => code !== 'cap'),
          ) ?? [];
        if (lastRun?.state !== 'published' || bad.length > 0) {
          throw new Error(`The sync ended as ${JSON.stringify(lastRun)}`);
        }
        return ms;
      }
    }
  }

  /** Everything that follows a publish. */
  async follow() {
    await this.run('link-accounts');
    return this.run('run-checks');
  }

  /** Subjects that the feed tells of after a position, and where it ends. */
  async changesSince(since) {
    const subjects = [];
    let next = since;
    for (let more = true; more; ) {
      const query = new URLSearchParams(
        next === undefined ? {} : { since: next },
      );
      const page = await this.get(`/changes?${query}`);
      subjects.push(...page.items);
      ({ next, more } = page);
    }
    return { subjects, next };
  }

  async stop() {
    await this.#agent.close();
    // It ends by our will, which is no reason for everything to end.
    this.#child.removeAllListeners('exit');
    const gone = new Promise(resolve => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #ask(method, path) {
    const answer = await request(`${this.#url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { authorization: `Bearer ${TOKEN}` },
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) {
      throw new Error(
        `${method} ${path} answered ${answer.statusCode}: ${text}`,
      );
    }
    return text ? JSON.parse(text) : undefined;
  }

  async #isUp() {
    const url = new URL('/.backstage/health/v1/readiness', this.#url);
    for (;;) {
      try {
        if ((await fetch(url)).ok) {
          return;
        }
      } catch {
        // Not listening yet.
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }
}
