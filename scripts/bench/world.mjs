// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { root } from '../tools.mjs';
import { LABELS } from './backend.mjs';

/** Requests that are under way at once. */
const CONCURRENCY = 8;

/** The sandbox of a measurement, from outside. */
export class World {
  #sandbox;

  constructor(sandbox) {
    this.#sandbox = sandbox;
  }

  get sandbox() {
    return this.#sandbox;
  }

  async ask(path, { method = 'GET', body } = {}) {
    const answer = await fetch(`${this.#sandbox.SANDBOX_URL}/sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const content = await answer.text();
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}: ${content}`);
    }
    return content ? JSON.parse(content) : undefined;
  }

  setLatency(ms) {
    return this.ask('/latency', { method: 'PUT', body: { ms } });
  }

  /** How long the lists are that the measured connection reads. */
  lengths() {
    return this.ask(
      `/lists?${LABELS.map(label => `label=${label}`).join('&')}`,
    );
  }

  /** Counts requests from now on. */
  async count() {
    await this.ask('/requests', { method: 'DELETE' });
  }

  async counted() {
    return this.ask('/requests');
  }

  /** Notes requests while something is done; the requests to the APIs, without the signing in. */
  async record(action) {
    await this.ask('/recording', { method: 'PUT' });
    await action();
    const { items } = await this.ask('/recording', { method: 'DELETE' });
    return items.filter(({ path }) => path.startsWith('/ex/'));
  }

  /**
   * Sends requests again from a process of its own.
   *
   * @param inOrder - the next page of a list only when the page before is there
   */
  async replay(env, requests, { inOrder }) {
    const child = spawn(
      'node',
      [join(root, 'scripts', 'bench', 'replay.mjs')],
      {
        env,
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const { SANDBOX_URL, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } =
      this.#sandbox;
    child.stdin.end(
      JSON.stringify({
        url: SANDBOX_URL,
        clientId: SANDBOX_CLIENT_ID,
        clientSecret: SANDBOX_CLIENT_SECRET,
        requests,
        concurrency: CONCURRENCY,
        inOrder,
      }),
    );
    const [output, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit'),
    ]);
    if (code !== 0) {
      throw new Error('The bare loop failed: see its lines above');
    }
    return JSON.parse(output);
  }
}
