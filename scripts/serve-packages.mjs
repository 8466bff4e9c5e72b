// SPDX-License-Identifier: Apache-2.0

/**
 * Builds and packs what is not released yet, and serves it on this machine until Ctrl-C, so that
 * the install guide of the README can be followed in any portal.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from './packages.mjs';
import { Processes } from './processes.mjs';
import { serveArchives } from './registry.mjs';
import { install, toolEnvironment } from './tools.mjs';

const { PACKAGES_PORT = '4873' } = process.env;

const processes = new Processes();
const env = toolEnvironment();
await install(env);

const folder = mkdtempSync(join(tmpdir(), 'confluence-compliance-packages-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
try {
  const archives = await packPackages({
    folder,
    run: async (command, args, options) => {
      const code = await processes.run('pack', command, args, {
        env,
        ...options,
      });
      if (code !== 0) {
        throw new Error(`${command} ${args.join(' ')} ended with code ${code}`);
      }
    },
  });
  const { yarnSettings } = await serveArchives(archives, {
    port: Number(PACKAGES_PORT),
  });
  console.log(`\nAdd to the .yarnrc.yml of your portal:\n\n${yarnSettings}`);
  console.log('Ctrl-C ends the serving.');
} catch (error) {
  console.error(error.message);
  await processes.end(1);
}
