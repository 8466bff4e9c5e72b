// SPDX-License-Identifier: Apache-2.0

/**
 * What must hold; each measured value is met when it is at most `most`. Those with a size hold at that size:
 * elsewhere they are shown and not judged.
 */
export const BARS = [
  {
    name: 'fullSyncRatio',
    what: 'full sync against a bare loop over the same requests',
    most: 1.25,
    unit: '×',
  },
  {
    name: 'requestRatio',
    what: 'requests against rows by page size',
    most: 1.02,
    unit: '×',
  },
  {
    name: 'unchangedIntervals',
    what: 'intervals and catalog changes of a sync where nothing changed',
    most: 0,
  },
  {
    name: 'changedIntervalsRatio',
    what: 'intervals by change, of a sync where 1 % changed',
    most: 2,
    unit: '×',
  },
  {
    name: 'memoryGrowthMb',
    what: 'peak memory of the backend at L beyond that at S',
    at: 'L',
    most: 150,
    unit: 'MB',
  },
  {
    name: 'checksRatio',
    what: 'all checks at L against streaming the tables they read',
    at: 'L',
    most: 3,
    unit: '×',
  },
  {
    name: 'listP95Ratio',
    what: 'slowest grown list route at L against the same at S, 95th percentile',
    at: 'L',
    most: 1.5,
    unit: '×',
  },
];

/** The bars with what was measured at a size; a value that is null was not measured. */
export function judge(measured, size) {
  return BARS.map(bar => {
    const value = measured[bar.name] ?? null;
    const isJudged = value !== null && (!bar.at || bar.at === size);
    return {
      ...bar,
      value,
      met: isJudged ? isMet(bar, value, measured) : null,
    };
  });
}

function isMet({ name, most }, value, { changedSubjects }) {
  if (name === 'changedIntervalsRatio' && changedSubjects) {
    const { told, expected } = changedSubjects;
    return value <= most && told === expected;
  }
  return value <= most;
}

const VERDICTS = new Map([
  [true, 'met'],
  [false, 'MISSED'],
  [null, '–'],
]);

function shown(value, unit = '') {
  if (value === null) {
    return 'not measured';
  }
  const digits = unit === '×' ? 2 : 0;
  return `${value.toFixed(digits)} ${unit}`.trim();
}

/** A table in Markdown; `notes` say more by the name of a bar. */
export function toTable(judged, notes = {}) {
  const rows = judged.map(({ name, what, most, unit, value, met }) => [
    `${what} (\`${name}\`)`,
    `≤ ${most} ${unit ?? ''}`.trim(),
    shown(value, unit),
    VERDICTS.get(met),
    notes[name] ?? '',
  ]);
  const lines = [
    ['bar', 'at most', 'measured', '', 'what else was seen'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}
