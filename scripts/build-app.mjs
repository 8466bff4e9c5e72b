// SPDX-License-Identifier: Apache-2.0

/**
 * Builds the portal for production and prints what our plugin adds to it. Fails when the chart
 * library arrives before a chart is shown.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readBundle } from './bundle.mjs';
import { bin, install, root, run, toolEnvironment } from './tools.mjs';

const APP = join(root, 'packages', 'app');
const DIST = join(APP, 'dist');
const NAME_WIDTH = 52;

const tools = toolEnvironment();
await install(tools);
const plainStats = join(root, 'scripts', 'plain-stats.cjs');
const env = {
  ...tools,
  NODE_OPTIONS: `--require ${JSON.stringify(plainStats)}`,
};
const code = await run(
  bin('backstage-cli'),
  ['package', 'build', '--stats', '--config', join(root, 'app-config.yaml')],
  // The names of some four hundred files say nothing about ours.
  { env, cwd: APP, quiet: true },
);
if (code !== 0) {
  process.exit(code);
}

const statsFile = join(DIST, 'bundle-stats.json');
const bundle = readBundle(JSON.parse(readFileSync(statsFile, 'utf8')));
// A hundred megabytes that nobody shall serve.
rmSync(statsFile);

console.log(`\n${'What our plugin adds'.padEnd(NAME_WIDTH)}      raw     gzip`);
print('with the portal', bundle.portal);
for (const { request, chunks } of bundle.views) {
  print(`when opened: ${request}`, chunks);
}
for (const { request, chunks } of bundle.later) {
  print(`on demand: ${request}`, chunks);
}
if (bundle.charts.length === 0) {
  console.log('\nThere is no chart library in this build.');
} else {
  print('the chart library', bundle.charts);
}
if (bundle.views.length === 0) {
  console.error('\nThe build has no view of our plugin: is it still found?');
  process.exit(1);
}
if (bundle.earlyCharts.length > 0) {
  console.error(
    '\nTHE CHART LIBRARY ARRIVES BEFORE A CHART IS SHOWN; import it lazily from the view:\n' +
      bundle.earlyCharts.flatMap(({ files }) => files).join('\n'),
  );
  process.exit(1);
}

function print(title, chunks) {
  const files = [...chunks].flatMap(chunk => chunk.files).map(measure);
  const sum = key => files.reduce((total, file) => total + file[key], 0);
  console.log(`\n${row(title, sum('raw'), sum('gzip'))}`);
  for (const { file, raw, gzip } of files.sort((a, b) => b.raw - a.raw)) {
    console.log(row(`  ${file}`, raw, gzip));
  }
}

function measure(file) {
  const content = readFileSync(join(DIST, file));
  return { file, raw: content.length, gzip: gzipSync(content).length };
}

function row(name, ...sizes) {
  const columns = sizes.map(size =>
    `${(size / 1_000).toFixed(1)} kB`.padStart(9),
  );
  return `${name.padEnd(NAME_WIDTH)}${columns.join('')}`;
}
