// SPDX-License-Identifier: Apache-2.0

/**
 * Follows the install guide of the README, word by word, in a portal fresh from create-app, and
 * looks whether the plugin works there. See USAGE.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './browser-tests.mjs';
import { packPackages } from './packages.mjs';
import { freePort } from './ports.mjs';
import { Processes } from './processes.mjs';
import { installGuide } from './readme.mjs';
import { serveArchives } from './registry.mjs';
import { startSandbox } from './sandbox.mjs';
import { install, toolEnvironment } from './tools.mjs';
import {
  applyGuide,
  CREATE_APP,
  createPortal,
  credentials,
  writeOverlay,
} from './try-install-portal.mjs';
import {
  eventually,
  Guest,
  isUp,
  proveBundle,
  proveCatalog,
  provePage,
  proveSync,
} from './try-install-proofs.mjs';

const USAGE = `npm run try-install               follow the install guide in a fresh portal
npm run try-install -- --keep     and leave that portal where it is
npm run try-install -- --verbose  and show what every command prints`;
const LAST_LINES = 60;

function readArguments() {
  try {
    const flag = { type: 'boolean', default: false };
    return parseArgs({ options: { keep: flag, verbose: flag, help: flag } })
      .values;
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

const { keep, verbose, help } = readArguments();
if (help) {
  console.log(USAGE);
  process.exit(0);
}

const began = Date.now();
const guide = installGuide();
const processes = new Processes();
const tools = toolEnvironment();
const env = {
  ...tools,
  // A portal of its own: what a CI sets for this repository does not hold there.
  CI: '',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  // The Yarn that comes with the portal asks for newer ones, and dies where nothing but the
  // registry answers: the one of this repository is used in its place.
  YARN_IGNORE_PATH: '1',
};
await install(tools);

const temp = mkdtempSync(join(tmpdir(), 'confluence-compliance-try-install-'));
const folder = join(temp, 'portal');
const log = join(temp, 'log.txt');
process.once('exit', () => {
  if (keep) {
    console.log(`The portal is kept in ${folder}, its log in ${log}`);
  } else {
    rmSync(temp, { recursive: true, force: true });
  }
});

/** Runs a command to its end, into the log; throws when it fails. */
async function run(command, args, options = {}) {
  const code = await processes.run('', command, args, {
    env,
    onLine: tell,
    quiet: true,
    ...options,
  });
  if (code !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with code ${code}`);
  }
}

function tell(line) {
  appendFileSync(log, `${line}\n`);
  if (verbose) {
    console.log(`  | ${line}`);
  }
}

async function step(words, act) {
  const seconds = Math.round((Date.now() - began) / 1_000);
  console.log(`\n── ${words}   [${seconds} s]`);
  appendFileSync(log, `── ${words}\n`);
  return act();
}

try {
  const archives = await step('Build and pack what is not released', () =>
    packPackages({ run, folder: temp }),
  );
  const { yarnSettings } = await serveArchives(archives);
  for (const { manifest } of archives) {
    console.log(`${manifest.name} ${manifest.version}`);
  }
  console.log('They are served on this machine as a registry would:');
  console.log(yarnSettings);

  await step(`Make a portal with ${CREATE_APP}`, async () => {
    const changes = await createPortal({ run, folder, env, yarnSettings });
    console.log(`For this machine, not in the README: ${changes.join(', ')}`);
  });
  for (const command of guide.commands) {
    await step(`README, step 1: ${command}`, () =>
      run(command, [], { cwd: folder, shell: true }),
    );
  }
  await step('README, steps 2 and 3: the backend and the configuration', () => {
    applyGuide({ folder, guide });
    console.log(`${guide.backend}\n\n${guide.config}`);
  });
  await step('yarn tsc', () => run('yarn', ['tsc'], { cwd: folder }));
  await step('yarn workspace app build', async () => {
    await run('yarn', ['workspace', 'app', 'build'], { cwd: folder });
    const files = proveBundle(join(folder, 'packages', 'app', 'dist'));
    console.log(`The plugin is in ${files.join(', ')}`);
  });

  const port = await freePort();
  const url = `http://localhost:${port}`;
  await step(`Start the sandbox, and the portal at ${url}`, async () => {
    const sandbox = await startSandbox(processes, env, await freePort());
    const overlay = writeOverlay({ folder, guide, sandbox, url });
    console.log(`\nNot in the README:\n${readFileSync(overlay, 'utf8')}`);
    processes.start(
      'portal',
      join(folder, 'node_modules', '.bin', 'backstage-cli'),
      [
        'package',
        'start',
        '--config',
        join(folder, 'app-config.yaml'),
        '--config',
        overlay,
      ],
      {
        env: { ...env, ...credentials(sandbox) },
        cwd: join(folder, 'packages', 'backend'),
        onLine: tell,
        quiet: true,
      },
    );
    await eventually('the backend is ready', () =>
      isUp(`${url}/.backstage/health/v1/readiness`),
    );
  });

  const guest = new Guest(url);
  const title = await step('A guest asks for a sync', async () => {
    await guest.signIn();
    const synced = await proveSync(guest);
    console.log(
      `The connection ${synced.id} published revision ${synced.revision}`,
    );
    return synced.title;
  });
  await step('The catalog follows', async () => {
    console.log((await proveCatalog(guest)).join(', '));
  });

  const chromium = findChromium(env);
  if (chromium) {
    await step('A guest opens Compliance in a browser', () =>
      provePage({ chromium, url, title }),
    );
  } else {
    console.log(
      '\nTHE PAGE WAS NOT LOOKED AT: no Chromium was found, set CHROMIUM_PATH',
    );
  }
  const minutes = ((Date.now() - began) / 60_000).toFixed(1);
  console.log(`\nThe install guide works (${minutes} minutes)`);
  await processes.end(0);
} catch (error) {
  const lines = readFileSync(log, 'utf8').split('\n').slice(-LAST_LINES);
  console.error(`\n${lines.join('\n')}\n\n${error.message}`);
  console.error(
    'THE INSTALL GUIDE DOES NOT WORK; --keep leaves the portal, --verbose shows more',
  );
  await processes.end(1);
}
