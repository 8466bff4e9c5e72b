// SPDX-License-Identifier: Apache-2.0

/** Sources of the frontend plugin and of the contract that it uses. */
const OURS = /\/plugins\/confluence-compliance(-common)?\//;

/** Recharts, and what is there for nothing but Recharts. */
const CHARTS = /\/node_modules\/(recharts|victory-vendor)\//;

/**
 * Reads from the bundler's statistics when the browser gets which chunks of our plugin.
 *
 * `views` are what the portal imports when somebody opens a page or a card of ours; `later` is what
 * these import in turn. A chunk's `origins` are the import() expressions that load it.
 */
export function readBundle(stats) {
  const initial = stats.chunks.filter(chunk => chunk.initial);
  const initialModules = new Set(initial.flatMap(modulesOf));
  const imports = new Map();
  for (const chunk of stats.chunks) {
    for (const { moduleName, request } of chunk.origins) {
      if (OURS.test(moduleName)) {
        const key = `${moduleName} ${request}`;
        const first = initialModules.has(moduleName);
        const chunks = imports.get(key)?.chunks ?? new Set();
        imports.set(key, { request, first, chunks: chunks.add(chunk) });
      }
    }
  }
  const all = [...imports.values()].sort((a, b) =>
    a.request.localeCompare(b.request),
  );
  const views = all.filter(({ first }) => first);
  const early = new Set([
    ...initial,
    ...views.flatMap(({ chunks }) => [...chunks]),
  ]);
  const charts = stats.chunks.filter(chunk => holds(chunk, CHARTS));
  return {
    portal: initial.filter(chunk => holds(chunk, OURS)),
    views,
    later: all.filter(({ first }) => !first),
    charts,
    earlyCharts: charts.filter(chunk => early.has(chunk)),
  };
}

function holds(chunk, pattern) {
  return modulesOf(chunk).some(name => pattern.test(name));
}

/** Names of a chunk's modules, and of those that the bundler joined into one. */
function modulesOf({ modules }) {
  return modules.flatMap(({ name, modules: joined = [] }) => [
    name,
    ...joined.map(inner => inner.name),
  ]);
}
