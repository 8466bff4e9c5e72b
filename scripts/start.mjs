// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Processes } from './processes.mjs';
import { startSandbox } from './sandbox.mjs';
import { sealingKey } from './sealingKey.mjs';
import { bin, install, root, toolEnvironment } from './tools.mjs';

const { PORTAL_PORT = '3000', BACKEND_PORT = '7007' } = process.env;
const PORTAL_URL = `http://localhost:${PORTAL_PORT}`;
const BACKEND_URL = `http://localhost:${BACKEND_PORT}`;

/** Time for the lines that name the mistake. */
const LAST_LINES_MS = 500;

const USAGE = `npm start                      the sandbox, the backend and the portal
npm start -- --config FILE     your configuration in place of the sandbox's (repeatable)
npm run start:backend          the backend alone, with the same options`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', multiple: true, default: [] },
        backend: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

const { config, backend, help } = readArguments();
if (help) {
  console.log(USAGE);
  process.exit(0);
}

const processes = new Processes();
const tools = toolEnvironment();
await install(tools);
// A relative folder would mean another one to the backend.
const data = resolve(process.env.PORTAL_DATA ?? join(root, '.data'));
mkdirSync(data, { recursive: true });

// npm changes to the repository first; paths are meant from where it was called.
const callersFolder = process.env.INIT_CWD ?? process.cwd();
const ownConfig = config.map(file => resolve(callersFolder, file));
const withSandbox = ownConfig.length === 0;
const sandbox = withSandbox ? await startSandbox(processes, tools) : {};
const configFiles = [
  join(root, 'app-config.yaml'),
  ...(withSandbox ? [join(root, 'app-config.sandbox.yaml')] : ownConfig),
];
const env = {
  ...tools,
  ...sandbox,
  PORTAL_DATA: data,
  DEMO_SEALING_KEY: sealingKey(data),
};
const configArguments = configFiles.flatMap(file => ['--config', file]);

let up = false;
processes.start(
  'backend',
  bin('backstage-cli'),
  ['package', 'start', ...configArguments],
  {
    env,
    cwd: join(root, 'packages', 'backend'),
    // The CLI would wait for a change of the code; a wrong configuration is for the caller to mend.
    onLine: line => {
      if (!up && line.startsWith('Backend startup failed')) {
        setTimeout(() => processes.end(1), LAST_LINES_MS);
      }
    },
  },
);
if (!backend) {
  processes.start(
    'portal',
    bin('backstage-cli'),
    ['package', 'start', ...configArguments],
    { env: { ...env, BROWSER: 'none' }, cwd: join(root, 'packages', 'app') },
  );
}

await answers(`${BACKEND_URL}/.backstage/health/v1/readiness`);
if (!backend) {
  await answers(PORTAL_URL);
}
up = true;

const lines = backend
  ? [`The backend is at ${BACKEND_URL}`]
  : [`The portal is at ${PORTAL_URL}`];
if (withSandbox) {
  lines.push(
    'Sign in as Bram Okafor (platform admin), Ada Lindqvist (security reviewer),',
    'Quinn Abernathy (auditor) or Kavya Sørensen (engineer): each sees what their role may.',
    `The sandbox that stands in for Atlassian is at ${sandbox.SANDBOX_URL}`,
  );
}
console.log(`\n${lines.map(line => `  ${line}`).join('\n')}\n`);

async function answers(url) {
  for (;;) {
    try {
      if ((await fetch(url)).ok) {
        return;
      }
    } catch {
      // Not up yet.
    }
    await new Promise(done => setTimeout(done, 500));
  }
}
