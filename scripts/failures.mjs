// SPDX-License-Identifier: Apache-2.0
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './tools.mjs';

const MESSAGE_LINES = 12;

function shown(file, title, message) {
  const plain = stripVTControlCharacters(message ?? '').trim();
  const lines = plain.split('\n').slice(0, MESSAGE_LINES);
  return [`${relative(root, file)} › ${title}`, ...lines].join('\n    ');
}

/** What failed in a run of Jest, from its JSON report; one text each. */
export function jestFailures({ testResults }) {
  return testResults.flatMap(suite => {
    const failed = suite.assertionResults
      .filter(test => test.status === 'failed')
      .map(test => shown(suite.name, test.fullName, test.failureMessages[0]));
    const couldNotRun = suite.status === 'failed' && failed.length === 0;
    return couldNotRun
      ? [shown(suite.name, 'could not run', suite.message)]
      : failed;
  });
}

/** What failed in a run of Playwright, from its JSON report; one text each. */
export function playwrightFailures({ suites, config }) {
  const ofSuite = suite => [
    ...(suite.specs ?? []).flatMap(spec =>
      spec.tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(({ results }) =>
          shown(
            `${config.rootDir}/${spec.file}`,
            spec.title,
            results.find(({ error }) => error)?.error.message,
          ),
        ),
    ),
    ...(suite.suites ?? []).flatMap(ofSuite),
  ];
  return suites.flatMap(ofSuite);
}
