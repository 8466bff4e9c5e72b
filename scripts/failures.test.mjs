// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jestFailures, playwrightFailures } from './failures.mjs';
import { root } from './tools.mjs';

test('names what failed in Jest, suites that could not run too', () => {
  const failed = jestFailures({
    testResults: [
      {
        name: join(root, 'plugins/a.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'A works', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'A counts',
            failureMessages: ['\u001b[31mExpected 1\u001b[39m\nReceived 2'],
          },
        ],
      },
      {
        name: join(root, 'plugins/b.test.ts'),
        status: 'failed',
        message: 'Cannot find module',
        assertionResults: [],
      },
    ],
  });
  assert.deepEqual(failed, [
    'plugins/a.test.ts › A counts\n    Expected 1\n    Received 2',
    'plugins/b.test.ts › could not run\n    Cannot find module',
  ]);
});

test('names what failed in the browser, in nested groups too', () => {
  const spec = (title, status, message) => ({
    title,
    file: 'e2e-tests/x.test.ts',
    tests: [{ status, results: [{ error: message && { message } }] }],
  });
  const failed = playwrightFailures({
    config: { rootDir: root },
    suites: [
      {
        specs: [spec('opens', 'expected')],
        suites: [{ specs: [spec('closes', 'unexpected', 'Not found')] }],
      },
    ],
  });
  assert.deepEqual(failed, ['e2e-tests/x.test.ts › closes\n    Not found']);
});
