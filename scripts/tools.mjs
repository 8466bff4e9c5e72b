// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const NODE_MAJORS = [22, 24];
const INSTALL_STAMP = join(root, 'node_modules', '.install-stamp');

/**
 * Environment in which `node` and `yarn` fit Backstage: the machine's own where
 * they do, otherwise those that npm brings.
 */
export function toolEnvironment() {
  const own = { ...process.env, BACKSTAGE_TEST_DISABLE_DOCKER: '1' };
  const nodeFits = NODE_MAJORS.includes(
    Number(process.versions.node.split('.')[0]),
  );
  if (nodeFits && /^4\./.test(versionOf('yarn', own))) {
    return own;
  }
  console.log('Getting Node 24 and Yarn 4 from npm …');
  const found = spawnSync(
    'npm',
    [
      'exec',
      '--yes',
      '--package=node@24',
      '--package=@yarnpkg/cli-dist@4',
      '--',
      'node',
      '-p',
      'process.env.PATH',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const path = found.stdout?.trim().split('\n').at(-1);
  if (found.status !== 0 || !path) {
    console.error(found.stderr || found.error);
    throw new Error(
      'npm could not bring Node 24 and Yarn 4: check the network and the npm registry',
    );
  }
  return { ...own, PATH: path, Path: undefined };
}

function versionOf(command, env) {
  const { stdout } = spawnSync(command, ['--version'], {
    // Outside the repository: Corepack would download what packageManager names.
    cwd: dirname(root),
    encoding: 'utf8',
    env,
    shell: process.platform === 'win32',
  });
  return stdout?.trim() ?? '';
}

/** Installs what the lockfile pins, unless that is already installed. */
export async function install(env) {
  const stamp = createHash('sha256');
  for (const file of manifests()) {
    stamp.update(readFileSync(file));
  }
  const wanted = stamp.digest('hex');
  if (
    existsSync(INSTALL_STAMP) &&
    readFileSync(INSTALL_STAMP, 'utf8') === wanted
  ) {
    return;
  }
  console.log('Installing packages; the first time takes some minutes …');
  const code = await run('yarn', ['install', '--immutable'], { env });
  if (code !== 0) {
    throw new Error('yarn install failed: see its lines above');
  }
  writeFileSync(INSTALL_STAMP, wanted);
}

function manifests() {
  const packages = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(name =>
      join(root, folder, name, 'package.json'),
    ),
  );
  return [
    join(root, 'package.json'),
    join(root, 'yarn.lock'),
    join(root, '.yarnrc.yml'),
    ...packages.filter(file => existsSync(file)),
  ];
}

/**
 * Runs a command in the repository with our output, or with its errors only; resolves to its
 * exit code.
 */
export function run(command, args, { env, cwd = root, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : code));
  });
}

/** Path of a package's executable, so that no wrapper process stands between us and it. */
export function bin(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Puts folders in front of the search path of an environment. */
export function withPath(env, ...folders) {
  return { ...env, PATH: [...folders, env.PATH].join(delimiter) };
}
