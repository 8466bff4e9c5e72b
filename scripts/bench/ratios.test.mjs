// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BARS, judge, toTable } from './bars.mjs';
import {
  allIntervals,
  expectedRequests,
  median,
  partRequests,
  percentile,
  syncIntervals,
  totalRequests,
  worstGrowth,
} from './ratios.mjs';

test('each container is asked for once, and once more for each full page', () => {
  const expected = expectedRequests({
    groups: 201,
    members: [0, 200, 201],
    users: 25_000,
    accounts: 500,
    spaces: 0,
    permissions: [1, 251],
    pages: [250, 0, 1000],
    labelled: [51, 0],
    ancestors: 0,
    audit: 0,
  });
  assert.deepEqual(expected, {
    groups: 2,
    members: 4,
    users: 50,
    accounts: 2,
    spaces: 1,
    permissions: 3,
    pages: 6,
    labelled: 3,
    ancestors: 0,
    audit: 1,
  });
  assert.equal(totalRequests(expected), 72);
});

test('requests to sign in and to confirm stand apart', () => {
  assert.deepEqual(
    partRequests({
      'POST /oauth/token': 2,
      'GET /wiki/rest/api/user/current': 1,
      'GET /wiki/rest/api/user/memberof': 3,
      'GET /wiki/api/v2/pages/{id}': 1,
      'GET /wiki/api/v2/spaces/{id}/pages': 7,
      'POST /wiki/api/v2/users-bulk': 1,
    }),
    { reading: 8, confirming: 4, signingIn: 3 },
  );
});

test('percentiles are numbers that were measured', () => {
  const numbers = Array.from({ length: 100 }, (_, n) => 100 - n);
  assert.equal(percentile(numbers, 0.95), 95);
  assert.equal(percentile([7], 0.95), 7);
  assert.equal(median([3, 1, 2]), 2);
});

test('the route that grew most comes first', () => {
  const growth = worstGrowth(
    { pages: [10], groups: [1] },
    { pages: [20], groups: [1.5] },
  );
  assert.deepEqual(growth, [
    { route: 'pages', from: 10, to: 20, ratio: 2 },
    { route: 'groups', from: 1, to: 1.5, ratio: 1.5 },
  ]);
});

test('what checks and links write is not written by the sync', () => {
  const written = {
    pages: { opened: 2, closed: 1 },
    results: { opened: 5, closed: 5 },
    identity_links: { opened: 1, closed: 0 },
  };
  assert.equal(syncIntervals(written), 3);
  assert.equal(allIntervals(written), 14);
});

test('a bar is met, missed, not measured or of another size', () => {
  const measured = {
    fullSyncRatio: 1.25,
    requestRatio: 1.021,
    unchangedIntervals: 0,
    changedIntervalsRatio: 2,
    changedSubjects: { told: 5, expected: 5 },
    memoryGrowthMb: null,
    checksRatio: 3.1,
  };
  const judged = judge(measured, 'M');
  assert.deepEqual(
    judged.map(({ name, met }) => [name, met]),
    [
      ['fullSyncRatio', true],
      ['requestRatio', false],
      ['unchangedIntervals', true],
      ['changedIntervalsRatio', true],
      ['memoryGrowthMb', null],
      ['checksRatio', null],
      ['listP95Ratio', null],
    ],
  );
  const lines = toTable(judged, { requestRatio: 'why' }).split('\n');
  assert.equal(lines.length, BARS.length + 2);
  assert.match(
    lines[3],
    /`requestRatio`\) \| ≤ 1.02 × \| 1.02 × \| MISSED \| why \|/,
  );
  assert.match(lines[6], /\| not measured \| – \|/);
  assert.match(lines[7], /\| 3.10 × \| – \|/);
  assert.equal(judge(measured, 'L')[5].met, false);
});

test('intervals in number are not enough when other subjects were told', () => {
  const [, , , changed] = judge(
    {
      changedIntervalsRatio: 1,
      changedSubjects: { told: 6, expected: 5 },
    },
    'S',
  );
  assert.equal(changed.met, false);
});
