// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { bin, root } from './tools.mjs';

const PROJECT_FILES = [
  'package.json',
  'yarn.lock',
  '.yarnrc.yml',
  'backstage.json',
  'tsconfig.json',
];

/**
 * Builds and packs what is published, into a folder.
 * `run(command, args, options)` runs a command and throws when it fails.
 * Returns the archives with the package.json inside each.
 */
export async function packPackages({ run, folder }) {
  await run(bin('tsc'), ['--incremental', 'false']);
  await run(bin('backstage-cli'), ['repo', 'build']);
  const copy = join(folder, 'packing');
  const archives = [];
  for (const path of copyBuilt(copy)) {
    const file = join(folder, `${basename(path)}.tgz`);
    await run('yarn', ['pack', '--out', file], { cwd: join(copy, path) });
    archives.push({ file, manifest: manifestInside(file) });
  }
  return archives;
}

/**
 * Copies what packing reads, because it rewrites each package.json for a moment.
 * Returns the paths of the packages that are published.
 */
function copyBuilt(copy) {
  mkdirSync(copy);
  for (const name of PROJECT_FILES) {
    cpSync(join(root, name), join(copy, name));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const published = [];
  for (const { path, manifest } of workspaces()) {
    mkdirSync(join(copy, path), { recursive: true });
    if (manifest.private) {
      const file = join(path, 'package.json');
      cpSync(join(root, file), join(copy, file));
    } else {
      cpSync(join(root, path), join(copy, path), {
        recursive: true,
        filter: source => basename(source) !== 'node_modules',
      });
      published.push(path);
    }
  }
  return published;
}

function workspaces() {
  return ['packages', 'plugins']
    .flatMap(folder =>
      readdirSync(join(root, folder)).map(name => join(folder, name)),
    )
    .filter(path => existsSync(join(root, path, 'package.json')))
    .map(path => ({
      path,
      manifest: JSON.parse(
        readFileSync(join(root, path, 'package.json'), 'utf8'),
      ),
    }));
}

function manifestInside(file) {
  const { status, stdout, stderr } = spawnSync(
    'tar',
    ['-xzOf', file, 'package/package.json'],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`Cannot read ${file}: ${stderr}`);
  }
  return JSON.parse(stdout);
}
