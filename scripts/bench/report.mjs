// SPDX-License-Identifier: Apache-2.0
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { bin, root, run } from '../tools.mjs';
import { BARS, judge, toTable } from './bars.mjs';

const DATABASES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
const s = ms => `${(ms / 1000).toFixed(1)} s`;
const n = number => Math.round(number).toLocaleString('en-US');
const mb = bytes =>
  bytes === undefined
    ? 'not told by this system'
    : `${(bytes / 1e6).toFixed(1)} MB`;

/** What a table says besides the bars, by bar. */
function notesOf({ details: d, base }) {
  const {
    requests,
    checks,
    unchanged,
    changed,
    atOnce,
    memory,
    lists,
    slowAnswers,
  } = d;
  return {
    fullSyncRatio: `${s(d.syncMs)} against ${s(
      d.loopMs,
    )}; ${d.inOrderRatio.toFixed(
      2,
    )} × a loop that waits for each page of a list (${s(d.inOrderMs)})${
      slowAnswers
        ? `; ${slowAnswers.ratio.toFixed(2)} × when answers take 250 ms`
        : ''
    }; at 0 ms ${n(atOnce.cpuMsPerThousand)} ms of CPU per 1 000 objects (${n(
      atOnce.loopCpuMsPerThousand,
    )} ms the bare loop)`,
    requestRatio: `${n(requests.reading)} for ${n(
      requests.expected,
    )}, at most ${requests.peak} at once; besides ${
      requests.signingIn
    } to sign in`,
    unchangedIntervals: `${unchanged.intervals} intervals, ${
      unchanged.subjects
    } catalog changes, ${mb(unchanged.bytesWritten)} written`,
    changedIntervalsRatio: `${n(changed.intervals)} for ${n(
      changed.changes,
    )} changes; catalog changes ${n(changed.subjects.told)} of ${n(
      changed.subjects.expected,
    )}; ${n(changed.confirming)} confirmations of ${n(
      changed.gone,
    )} disappearances; ${mb(changed.bytesWritten)} written`,
    memoryGrowthMb: `peak ${n(memory.peakRssMb)} MB, heap ${n(
      memory.peakHeapMb,
    )} MB${base ? `; at S ${n(base.details.memory.peakRssMb)} MB` : ''}`,
    checksRatio: `${s(checks.againMs)} against ${s(
      checks.streamMs,
    )}; the first run ${s(checks.firstMs)}`,
    listP95Ratio: lists.worst
      ? `${lists.worst.route}: ${lists.worst.to.toFixed(
          1,
        )} ms against ${lists.worst.from.toFixed(1)} ms; ${beyondOf(
          lists.growth,
        )}`
      : `slowest: ${lists.slowest.route}, ${lists.slowest.p95.toFixed(1)} ms`,
  };
}

/** The routes that grow more than they may, of all. */
function beyondOf(growth) {
  const { most } = BARS.find(({ name }) => name === 'listP95Ratio');
  const beyond = growth.filter(({ ratio }) => ratio > most);
  const named = beyond.map(
    ({ route, ratio }) => `${route} ${ratio.toFixed(1)} ×`,
  );
  return `beyond the bar ${beyond.length} of ${growth.length} routes${
    named.length > 0 ? `: ${named.join(', ')}` : ''
  }`;
}

export function machineOf(nodeVersion) {
  return {
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: nodeVersion,
  };
}

/** One result as a section in Markdown, and whether a bar was missed. */
export function sectionOf(result, machine, date) {
  const judged = judge(result.values, result.size);
  const { size, kind } = result;
  return {
    missed: judged.some(({ met }) => met === false),
    text: [
      `### ${date.slice(0, 10)}, size ${size}, ${DATABASES[kind]}`,
      `${machine.cores} cores, ${machine.memoryGb} GB of memory, Node ${machine.node}.`,
      toTable(judged, notesOf(result)),
    ].join('\n\n'),
  };
}

/** Writes a result as JSON below `.data/bench`; returns the path within the repository. */
export function saveResult(result, machine, date) {
  const folder = join('.data', 'bench');
  mkdirSync(join(root, folder), { recursive: true });
  const { size, kind, values, details } = result;
  const stamp = date.slice(0, 19).replace(/:/g, '');
  const file = join(folder, `${stamp}-${size}-${kind}.json`);
  const bars = Object.fromEntries(
    BARS.map(({ name }) => [name, values[name] ?? null]),
  );
  writeFileSync(
    join(root, file),
    `${JSON.stringify(
      { date, size, database: kind, machine, ...bars, details },
      null,
      2,
    )}\n`,
  );
  return file;
}

/** Appends a section to the page about performance. */
export async function keep(section, env) {
  const page = join(root, 'docs', 'performance.md');
  if (!existsSync(page)) {
    throw new Error('docs/performance.md is missing');
  }
  const end = readFileSync(page, 'utf8').endsWith('\n') ? '' : '\n';
  appendFileSync(page, `${end}\n${section}\n`);
  await run(bin('prettier'), ['--write', page], { env, quiet: true });
}
