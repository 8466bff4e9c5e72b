// SPDX-License-Identifier: Apache-2.0

/** What must hold; each measured value is met when it is at most `most`. */
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
    what: 'peak memory of the backend beyond that at S',
    most: 150,
    unit: 'MB',
  },
  {
    name: 'checksRatio',
    what: 'all checks against streaming the tables they read',
    most: 3,
    unit: '×',
  },
  {
    name: 'listP95Ratio',
    what: 'slowest grown list route against the same at S, 95th percentile',
    most: 1.5,
    unit: '×',
  },
];

/** The bars with what was measured; a value that is null was not measured. */
export function judge(measured) {
  return BARS.map(bar => {
    const value = measured[bar.name] ?? null;
    return {
      ...bar,
      value,
      met: value === null ? null : isMet(bar, value, measured),
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
