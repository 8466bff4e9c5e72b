// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { freePort } from './ports.mjs';
import { bin, root } from './tools.mjs';

const START_LIMIT_MS = 5 * 60_000;

/**
 * Starts the development app of the frontend plugin, which shows its pages over invented
 * data without a backend. Resolves to its address once its bundle can be loaded.
 */
export async function startStories(env) {
  const port = String(await freePort());
  const url = `http://localhost:${port}`;
  const child = spawn(bin('backstage-cli'), ['package', 'start'], {
    cwd: join(root, 'plugins', 'confluence-compliance'),
    env: { ...env, PORTAL_PORT: port, CI: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A process group of its own, so that ending it ends what it has started too.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      if (process.platform === 'win32') {
        child.kill();
      } else {
        process.kill(-child.pid, 'SIGTERM');
      }
    }
    await ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(async () => {
      await stop();
      reject(new Error('The stories did not start within five minutes'));
    }, START_LIMIT_MS);
    child.stdout.setEncoding('utf8').on('data', text => {
      // Words can be coloured, whatever the environment asks for.
      const words = stripVTControlCharacters(text);
      if (/compiled (successfully|with \d+ warning)/.test(words)) {
        clearTimeout(timer);
        resolve({ url, stop });
      }
    });
    ended.then(code => {
      clearTimeout(timer);
      reject(
        new Error(`The stories ended with code ${code} before they were up`),
      );
    });
  });
}
