// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { playwrightFailures } from './failures.mjs';
import { freePort } from './ports.mjs';
import { startStories } from './stories-app.mjs';
import { bin, root, run } from './tools.mjs';

const START_LIMIT_MS = 10 * 60_000;

/** A Chromium of this machine, or undefined. */
export function findChromium(env) {
  const candidates = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (env.PATH ?? '').split(delimiter);
  return [
    env.CHROMIUM_PATH,
    ...candidates.flatMap(name => folders.map(folder => join(folder, name))),
  ].find(file => file && existsSync(file));
}

/** Starts the demo as a newcomer would, on ports and data of its own, and drives it. */
export async function runBrowserTests({ env, reports }) {
  const chromium = findChromium(env);
  if (!chromium) {
    return { missing: 'no Chromium was found, set CHROMIUM_PATH' };
  }
  const data = mkdtempSync(join(tmpdir(), 'confluence-compliance-demo-'));
  const [PORTAL_PORT, BACKEND_PORT, SANDBOX_PORT] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ].map(String);
  const ports = { PORTAL_PORT, BACKEND_PORT, SANDBOX_PORT, PORTAL_DATA: data };
  const demo = await startDemo({ ...process.env, ...ports, CI: '' });
  let stories;
  try {
    stories = await startStories(env);
    const shared = {
      ...env,
      ...ports,
      CHROMIUM_PATH: chromium,
      PORTAL_URL: `http://localhost:${PORTAL_PORT}`,
      SANDBOX_URL: `http://127.0.0.1:${SANDBOX_PORT}`,
      STORIES_URL: stories.url,
    };
    // The portal and the stories share no server, so each has a browser of its own meanwhile.
    const results = await Promise.all(
      (
        await projectNames()
      ).map((name, index) =>
        runProject(name, shared, join(reports, `playwright-${index}.json`)),
      ),
    );
    return {
      passed: results.reduce((sum, { passed }) => sum + passed, 0),
      failed: results.reduce((sum, { failed }) => sum + failed, 0),
      named: results.flatMap(({ named = [] }) => named),
    };
  } finally {
    await stories?.stop();
    await demo.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function projectNames() {
  const { generateProjects } = await import(
    '@backstage/e2e-test-utils/playwright'
  );
  return generateProjects().map(({ name }) => name);
}

/** Runs the tests of one package. */
async function runProject(name, env, report) {
  const code = await run(
    bin('playwright'),
    [
      'test',
      `--project=${name}`,
      // Each run empties its folder first.
      `--output=${join('e2e-test-results', name.replaceAll('/', '-'))}`,
      '--reporter=list,json',
    ],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  if (!existsSync(report)) {
    return { passed: 0, failed: 1 };
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const { expected, unexpected, flaky } = result.stats;
  return {
    passed: expected,
    failed: unexpected + flaky || (code === 0 ? 0 : 1),
    named: playwrightFailures(result),
  };
}

function startDemo(env) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return new Promise((resolve, reject) => {
    const timer = setTimeout(async () => {
      await stop();
      reject(new Error('The demo did not start within ten minutes'));
    }, START_LIMIT_MS);
    child.stdout.setEncoding('utf8').on('data', text => {
      process.stdout.write(text);
      if (text.includes('The portal is at')) {
        clearTimeout(timer);
        resolve({ stop });
      }
    });
    ended.then(code => {
      clearTimeout(timer);
      reject(new Error(`The demo ended with code ${code} before it was up`));
    });
  });
}
