// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Processes } from '../processes.mjs';
import { install, toolEnvironment } from '../tools.mjs';

const USAGE = `npm run bench                            sizes S and M, on SQLite and PostgreSQL
npm run bench -- --size S|M|L            up to this size; L on PostgreSQL only, beside S
npm run bench -- --database sqlite|postgres
npm run bench -- --keep                  append what was measured to docs/performance.md
npm run bench -- --strict                a missed bar is an error`;

/** Sizes that are measured for one, the one that others are compared with first. */
const SIZES = { S: ['S'], M: ['S', 'M'], L: ['S', 'L'] };
const KINDS = ['sqlite', 'postgres'];
const LIST_TIMES = 100;

function wrong(message) {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        size: { type: 'string', default: 'M' },
        database: { type: 'string' },
        keep: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    wrong(error.message);
  }
  const { size, database } = values;
  if (!SIZES[size]) {
    wrong(`--size must be S, M or L, not "${size}"`);
  }
  if (database !== undefined && !KINDS.includes(database)) {
    wrong(`--database must be sqlite or postgres, not "${database}"`);
  }
  if (size === 'L' && database === 'sqlite') {
    wrong('--size L is for PostgreSQL: SQLite serves up to M');
  }
  return values;
}

const options = readArguments();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const tools = toolEnvironment();
await install(tools);
// What the install has brought can only be loaded now.
const { openDatabases } = await import('./databases.mjs');
const { timeLists } = await import('./lists.mjs');
const { Measurement } = await import('./measure.mjs');
const { percentile, worstGrowth } = await import('./ratios.mjs');
const { keep, machineOf, saveResult, sectionOf } = await import('./report.mjs');

const processes = new Processes();
const folder = mkdtempSync(join(tmpdir(), 'confluence-compliance-bench-'));
const allKinds = options.size === 'L' ? ['postgres'] : KINDS;
const kinds = options.database ? [options.database] : allKinds;
// Also when it is interrupted.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const date = new Date().toISOString();
const version = execFileSync('node', ['--version'], { env: tools });
const machine = machineOf(String(version).trim().replace(/^v/, ''));
let anyMissed = false;

/** Prints and saves a result at once, so that nothing is lost of what was measured before a failure. */
async function publish(result) {
  const { text, missed } = sectionOf(result, machine, date);
  anyMissed ||= missed;
  console.log(`\n${text}\n\n${saveResult(result, machine, date)}`);
  if (options.keep) {
    await keep(text, tools);
  }
}

/** Lists, then memory: what a backend held at most is known when all is done. */
async function finish({ result, measurement, base }) {
  const { backend } = measurement;
  const backends = base ? [base.measurement.backend, backend] : [backend];
  const taken = await timeLists(backends, LIST_TIMES);
  const own = taken[taken.length - 1];
  const p95 = Object.entries(own).map(([route, ms]) => ({
    route,
    p95: percentile(ms, 0.95),
  }));
  const growth = base && worstGrowth(taken[0], own);
  result.details.lists = {
    p95: Object.fromEntries(p95.map(each => [each.route, each.p95])),
    slowest: p95.reduce((a, b) => (b.p95 > a.p95 ? b : a)),
    worst: growth?.[0],
    growth,
  };
  result.values.listP95Ratio = growth?.[0].ratio;
  const { peakRssMb, peakHeapMb } = await backend.bench('/usage');
  result.details.memory = { peakRssMb, peakHeapMb };
  result.values.memoryGrowthMb =
    base && peakRssMb - base.result.details.memory.peakRssMb;
}

async function measure(kind) {
  const databases = await openDatabases(kind, folder);
  const done = [];
  try {
    for (const size of SIZES[options.size]) {
      console.log(`\n── size ${size}, ${kind}`);
      const parts = { processes, env: tools, size, kind, folder, databases };
      const measurement = new Measurement(parts);
      await measurement.run();
      const { values, details } = measurement;
      const base = done[0];
      const result = { size, kind, values, details, base: base?.result };
      await finish({ result, measurement, base });
      done.push({ result, measurement });
      await publish(result);
    }
  } finally {
    for (const { measurement } of done) {
      await measurement.backend.stop();
    }
    await databases.stop();
  }
}

let code = 0;
try {
  for (const kind of kinds) {
    await measure(kind);
  }
  if (options.strict && anyMissed) {
    code = 1;
  }
} catch (error) {
  console.error(error);
  code = 1;
}
await processes.end(code);
