// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBrowserTests } from './browser-tests.mjs';
import { jestFailures } from './failures.mjs';
import { bin, install, run, toolEnvironment } from './tools.mjs';

const reports = mkdtempSync(join(tmpdir(), 'confluence-compliance-reports-'));
const totals = { passed: 0, failed: 0 };
const failures = [];
const notMade = [];

function count(name, { passed, failed, named = [] }) {
  totals.passed += passed;
  totals.failed += failed;
  if (failed > 0) {
    failures.push(`${name}: ${failed} failed`, ...named);
  }
}

/** A check that passes or fails as a whole. */
async function check(name, command, args) {
  console.log(`\n── ${name}`);
  const code = await run(command, args, { env });
  count(name, { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
}

async function unitTests() {
  console.log('\n── unit and integration tests');
  const report = join(reports, 'jest.json');
  const code = await run(
    bin('backstage-cli'),
    [
      'repo',
      'test',
      '--watchAll=false',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${report}`,
    ],
    { env },
  );
  if (!existsSync(report)) {
    count('unit and integration tests', { passed: 0, failed: 1 });
    return;
  }
  const result = JSON.parse(readFileSync(report, 'utf8'));
  // A suite that could not run has no tests to count.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  count('unit and integration tests', {
    passed: result.numPassedTests,
    failed: failed || (code === 0 ? 0 : 1),
    named: jestFailures(result),
  });
}

let postgres;
const tools = toolEnvironment();
await install(tools);
// What the install has brought can only be loaded now.
const { startPostgres } = await import('./postgres.mjs');
const env = { ...tools, CI: '1', FORCE_COLOR: '0' };
try {
  await check('types', bin('tsc'), ['--incremental', 'false']);
  await check('format', bin('prettier'), ['--check', '.']);
  await check('lint', bin('backstage-cli'), [
    'repo',
    'lint',
    '--max-warnings=0',
  ]);
  await check('package metadata', bin('backstage-cli'), [
    'repo',
    'fix',
    '--check',
    '--publish',
  ]);
  await check('configuration', bin('backstage-cli'), [
    'config:check',
    '--lax',
    '--config',
    'app-config.yaml',
    '--config',
    'app-config.sandbox.yaml',
  ]);
  await check('scripts', 'node', ['--test', 'scripts/**/*.test.mjs']);
  await check('bundle sizes', 'node', ['scripts/build-app.mjs']);
  await check('API reports', 'yarn', ['build:api-reports:only', '--ci']);

  postgres = await startPostgres();
  env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING =
    postgres.connectionString;
  await unitTests();

  console.log('\n── browser tests');
  const browser = await runBrowserTests({ env, reports });
  if (browser.missing) {
    notMade.push(`BROWSER TESTS WERE NOT MADE: ${browser.missing}`);
  } else {
    count('browser tests', browser);
  }
} finally {
  await postgres?.stop();
  rmSync(reports, { recursive: true, force: true });
}

console.log('');
for (const line of [...notMade, ...failures]) {
  console.log(line);
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
