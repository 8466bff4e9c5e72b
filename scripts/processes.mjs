// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { root } from './tools.mjs';

const GRACE_MS = 5_000;

/**
 * Processes that live and die with this one: each in a group of its own, so
 * that what they start ends with them.
 */
export class Processes {
  #children = new Map();
  #ending;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.end(signal === 'SIGINT' ? 130 : 143));
    }
    const parent = process.ppid;
    // A killed parent sends no signal; its children are handed to another process.
    setInterval(() => {
      if (process.ppid !== parent) {
        this.end(1);
      }
    }, 1_000).unref();
  }

  /** Starts a process; `onLine` sees each line it prints. An exit ends everything. */
  start(name, command, args, options) {
    const child = this.#spawn(name, command, args, options);
    child.once('exit', code => {
      if (!this.#ending) {
        console.error(`${name} ended with code ${code}`);
        this.end(code || 1);
      }
    });
    return child;
  }

  /** Runs a process to its end; resolves to its exit code. */
  run(name, command, args, options) {
    const child = this.#spawn(name, command, args, options);
    return new Promise(resolve =>
      child.once('close', (code, signal) => resolve(signal ? 1 : code)),
    );
  }

  #spawn(
    name,
    command,
    args,
    { env, cwd = root, onLine, quiet = false, shell = false },
  ) {
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.set(child, name);
    for (const [stream, out] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', chunk => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          onLine?.(line);
          if (!quiet) {
            out.write(`[${name}] ${line}\n`);
          }
        }
      });
    }
    child.once('error', error => {
      console.error(`Cannot start ${name}: ${error.message}`);
      this.end(1);
    });
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  /** Ends every process, then this one. */
  end(code) {
    this.#ending ??= this.#endAll(code);
    return this.#ending;
  }

  async #endAll(code) {
    const gone = [...this.#children.keys()].map(
      child => new Promise(resolve => child.once('exit', resolve)),
    );
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), GRACE_MS);
    await Promise.all(gone);
    clearTimeout(timer);
    // What a child left behind in its group ends too.
    this.#sweep();
    process.exit(code);
  }

  #groups = new Set();

  #signal(signal) {
    for (const child of this.#children.keys()) {
      this.#groups.add(child.pid);
      kill(child.pid, signal);
    }
  }

  #sweep() {
    for (const pid of this.#groups) {
      kill(pid, 'SIGKILL');
    }
  }
}

function kill(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
