// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBundle } from './bundle.mjs';

const PLUGIN = '../../plugins/confluence-compliance/src/plugin.tsx';
const PAGE = '../../plugins/confluence-compliance/src/overview/Page.tsx';
const TREND = '../../plugins/confluence-compliance/src/overview/Trend.tsx';
const RECHARTS = '../../node_modules/recharts/es6/index.js';

const chunk = (name, modules, origins = [], initial = false) => ({
  files: [`${name}.js`],
  initial,
  modules: modules.map(module => ({ name: module })),
  origins: origins.map(([moduleName, request]) => ({ moduleName, request })),
});
const openPage = [PLUGIN, './overview/Page'];
const showTrend = [PAGE, './Trend'];
const names = chunks => [...chunks].flatMap(({ files }) => files);

test('a chart library behind a second import is not early', () => {
  const bundle = readBundle({
    chunks: [
      chunk('main', [PLUGIN], [], true),
      chunk('page', [PAGE], [openPage]),
      chunk('trend', [TREND], [showTrend]),
      chunk('charts', [RECHARTS], [showTrend]),
    ],
  });
  assert.deepEqual(names(bundle.portal), ['main.js']);
  assert.deepEqual(
    bundle.views.map(view => names(view.chunks)),
    [['page.js']],
  );
  assert.deepEqual(
    bundle.later.map(({ chunks }) => names(chunks)),
    [['trend.js', 'charts.js']],
  );
  assert.deepEqual(names(bundle.charts), ['charts.js']);
  assert.deepEqual(bundle.earlyCharts, []);
});

test('a chart library is early in the chunk of a view, joined with it, or split from it', () => {
  const joined = chunk('page', [], [openPage]);
  joined.modules = [
    {
      name: `${PAGE} + 1 modules`,
      modules: [PAGE, RECHARTS].map(name => ({ name })),
    },
  ];
  const split = chunk('charts', [RECHARTS], [openPage]);
  const main = chunk('main', [PLUGIN], [], true);
  for (const [chunks, early] of [
    [[main, joined], 'page.js'],
    [[main, chunk('page', [PAGE], [openPage]), split], 'charts.js'],
  ]) {
    assert.deepEqual(names(readBundle({ chunks }).earlyCharts), [early]);
  }
});

test('a chart library is early in what the portal starts with', () => {
  const chunks = [
    chunk('main', [PLUGIN], [], true),
    chunk('vendor', [RECHARTS], [], true),
  ];
  assert.deepEqual(names(readBundle({ chunks }).earlyCharts), ['vendor.js']);
});

test('a portal without our plugin has no view of it', () => {
  const chunks = [chunk('main', ['./src/index.tsx'], [], true)];
  assert.deepEqual(readBundle({ chunks }), {
    portal: [],
    views: [],
    later: [],
    charts: [],
    earlyCharts: [],
  });
});
