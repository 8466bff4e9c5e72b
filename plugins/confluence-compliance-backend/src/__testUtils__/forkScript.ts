// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Knex } from 'knex';

/** A real process that runs a script of tests; it says things by `say`. */
export class Script<T> {
  readonly messages: T[] = [];
  /** How it ended: the signal's name, or the exit code. */
  readonly ended: Promise<string | number | null>;
  readonly #process: ChildProcess;
  #output = '';

  /**
   * @param script - its path below `src`
   * @param argument - what the script gets, as JSON
   */
  constructor(script: string, argument: unknown) {
    this.#process = fork(
      join(__dirname, '..', script),
      [JSON.stringify(argument)],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        env: { ...process.env, NODE_ENV: 'development' },
        silent: true,
      },
    );
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', chunk => {
        this.#output = `${this.#output}${chunk}`.slice(-5_000);
      });
    }
    this.#process.on('message', (message: { said?: T }) => {
      // The loader of TypeScript has its own to say.
      if (message.said === undefined) {
        return;
      }
      this.messages.push(message.said);
    });
    this.ended = new Promise(resolve =>
      this.#process.once('close', (code, signal) => {
        resolve(signal ?? code);
      }),
    );
  }

  /** What it wrote, for people. */
  get output(): string {
    return this.#output;
  }

  /** Tells it something, unless it has ended. */
  send(message: string): void {
    if (this.#process.connected) {
      this.#process.send(message);
    }
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }
}

/** Says something to who started this process; comes back when it was sent. */
export async function say(said: unknown): Promise<void> {
  await new Promise(sent => process.send?.({ said }, sent));
}

/** The settings of a database, for another process. */
export function settingsOf({ client }: Knex): Knex.Config {
  const { connection } = client.config;
  // A password is hidden from those who list the settings.
  const { password } = connection;
  return {
    client: client.config.client,
    connection: { ...connection, password },
  };
}
