// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import {
  type FaultSpec,
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import { bytesOf, leaksIn, rowsOf, sqliteIn } from './leaks';
import {
  peopleOf,
  sandboxConfig,
  SEALING_KEY,
  startPlugin,
} from './startPlugin';

type Portal = Awaited<ReturnType<typeof startPlugin>>;

const CALLBACK =
  'http://localhost:3000/confluence-compliance/connections/authorized';
/** What the client does not try again, so that nothing has to wait. */
const FAULTS: Array<Partial<FaultSpec>> = [
  { kind: 'status', status: 403 },
  { kind: 'html' },
  { kind: 'invalid-json' },
];

/** A portal whose every secret is known: what was issued, and what people typed and was wrong. */
export class SecretsRun {
  readonly typedWrong: string[] = [];

  /** @param database - one with files that are not ours; absent: SQLite, of whose files each byte is read */
  static async start(database?: Knex): Promise<SecretsRun> {
    const sandbox = await startSandbox();
    const folder = await mkdtemp(join(tmpdir(), 'confluence-secrets-'));
    const knex = database ?? (await sqliteIn(folder));
    const { clientId, clientSecret } = sandbox.credentials.oauth;
    const portal = await startPlugin({
      config: {
        app: { baseUrl: 'http://localhost:3000' },
        ...sandboxConfig(sandbox, {
          oauth: { clientId, clientSecret, callbackUrl: CALLBACK },
        }),
      },
      entities: peopleOf(sandbox),
      features: [mockServices.database.factory({ knex })],
    });
    return new SecretsRun(sandbox, portal, knex, folder, !database);
  }

  private constructor(
    readonly sandbox: Sandbox,
    readonly portal: Portal,
    readonly knex: Knex,
    readonly folder: string,
    readonly hasFiles: boolean,
  ) {}

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.sandbox.close();
    if (this.hasFiles) {
      await this.knex.destroy();
    }
    await rm(this.folder, { recursive: true });
  }

  /** Something that somebody types and that opens nothing, each time another. */
  wrong(what: string): string {
    // A part that is the same in every way of escaping, and marks that are not.
    const part = `typed-and-wrong-${this.typedWrong.length}-stays`;
    const secret = `${what}/+${part}=%25&"secret"<that>`;
    this.typedWrong.push(part, secret);
    return secret;
  }

  wrongOrganization() {
    const { id } = this.sandbox.credentials.organization;
    return { id, apiKey: this.wrong('organization-key') };
  }

  /** Asks, and expects this status. */
  async ask(
    status: number,
    method: 'get' | 'post' | 'put' | 'delete',
    path: string,
    body?: unknown,
  ) {
    const answer = await this.portal.call(method, path, { body });
    if (answer.status !== status) {
      throw new Error(
        `${method} ${path} answered ${answer.status}, not ${status}: ${answer.text}`,
      );
    }
    return answer.body;
  }

  /** Everything that is wrong about a connection which works. */
  async typeWrong(path: string, method: object, secretName: string) {
    const auths = [
      ...['replacement', 'with spaces in it', 'with ünicode'].map(what => ({
        [secretName]: this.wrong(what),
      })),
      { token: this.wrong('key'), secret: this.wrong('name') },
      { [secretName]: [this.wrong('list')] },
      { [secretName]: `${this.wrong('nul')}\0` },
      { email: this.wrong('email'), clientId: [this.wrong('client')] },
    ].map(more => [{ ...method, ...more }]);
    const broken = JSON.stringify(this.wrong('broken json'));
    for (const body of [
      ...auths.map(auth => ({ auth })),
      { auth: this.wrong('auth') },
      { organization: this.wrongOrganization() },
      {
        site: `https://admin:${encodeURIComponent(
          this.wrong('site'),
        )}@localhost`,
      },
      `{"auth":[{"${secretName}":${broken}`,
    ]) {
      await this.ask(400, 'put', path, body);
    }
  }

  /** Whatever can go wrong while a connection is read and tested. */
  async makeErrors(path: string) {
    for (const fault of FAULTS) {
      this.fail({ endpoint: '*', ...fault });
      await this.ask(200, 'post', `${path}/test`);
      await this.ask(202, 'post', `${path}/sync`);
      this.sandbox.faults.clear();
    }
  }

  /** Whatever can go wrong with the address of tokens, while something is asked. */
  async withoutTokens(act: () => Promise<unknown>) {
    const passing: Array<Partial<FaultSpec>> = [
      { kind: 'status', status: 500 },
      { kind: 'reset' },
    ];
    for (const fault of [...FAULTS, ...passing]) {
      this.fail({ endpoint: 'POST /oauth/token', ...fault });
      await act();
      this.sandbox.faults.clear();
    }
  }

  /** Looks at a connection, ends it and looks again. */
  async finish(path: string) {
    await this.#look(path);
    await this.ask(204, 'delete', `${path}?history=delete`);
    await this.portal.scheduler.triggerTask('connection-upkeep');
    await this.#look(path);
  }

  /** Everything that was said or stored, by its place. */
  async said(): Promise<Map<string, string>> {
    const { logs, answers, audited } = this.portal;
    const stored = this.hasFiles
      ? await bytesOf(this.folder)
      : await rowsOf(this.knex);
    return new Map([
      ['logs', logs.join('\n')],
      ['answers', answers.join('\n')],
      ['audit', audited.join('\n')],
      ['ledger', JSON.stringify(await this.knex('ledger_entries'))],
      ...stored,
    ]);
  }

  /** Where any secret stands that should not; fails where it was not looked. */
  async leaks(): Promise<string[]> {
    const said = await this.said();
    const secrets = [
      ...this.sandbox.secrets(),
      ...this.typedWrong,
      SEALING_KEY.secret,
    ];
    const words = {
      logs: 'Plugin startup hook',
      answers: 'localhost',
      audit: 'connection-create',
      ledger: 'connection.created',
      [this.hasFiles ? 'plugin.sqlite-wal' : 'tables']: 'localhost',
    };
    for (const [where, word] of Object.entries(words)) {
      if (!said.get(where)?.includes(word)) {
        throw new Error(`Nothing stands in the ${where}: not even '${word}'`);
      }
    }
    return [...said].flatMap(([where, text]) => leaksIn(where, text, secrets));
  }

  fail(fault: Partial<FaultSpec>, times = 400) {
    this.sandbox.faults.add({ times, ...fault } as FaultSpec);
  }

  async #look(path: string) {
    for (const part of ['', '/runs', '/containers', '/user-groups']) {
      await this.portal.call('get', `${path}${part}`);
    }
    for (const list of ['/connections', '/connection-setup', '/accounts']) {
      await this.ask(200, 'get', list);
    }
  }
}
