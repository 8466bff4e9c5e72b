// SPDX-License-Identifier: Apache-2.0
import type { Run } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import {
  ago,
  connection,
  incomplete,
  pageOf,
  run,
  runDataset,
} from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { CostPanel } from './CostPanel';
import { costsOf } from './costs';
import { foldByReason } from './folded';
import { reasonsOf } from './words';

const access = ['groups', 'memberships', 'accounts'].map(name =>
  runDataset(name),
);
const pages = (mode?: 'full' | 'incremental') => runDataset('pages', { mode });
const whole = run({
  id: 'whole',
  requests: 900,
  points: 13_000,
  startedAt: ago(3 * 24 * 60 + 90),
  finishedAt: ago(3 * 24 * 60),
  datasets: [...access, runDataset('grants'), pages('full')],
});
const changed = run({
  id: 'changed',
  requests: 4,
  points: 40,
  datasets: [pages('incremental'), runDataset('labels')],
});
const failed = run({
  id: 'failed',
  state: 'failed',
  requests: 7,
  points: 60,
  datasets: [runDataset('directory')],
});

const shows = async (runs: Run[], more = {}) => {
  renderPage(<CostPanel connection={connection(more)} />, {
    api: { listRuns: async () => pageOf(runs) },
  });
  const table = within(await screen.findByRole('table'));
  return table.getAllByRole('row').map(row => row.textContent ?? '');
};

describe('CostPanel', () => {
  it('says what each kind of pass cost, and the share only where points are counted', async () => {
    const oauth = {
      methods: [{ method: 'oauth', credential: { state: 'stored' } }],
    };
    const rows = await shows(
      [failed, changed, { ...changed, id: 'older' }, whole],
      oauth,
    );
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatch(
      /^Everything: groups, members and accounts, grants, all pages900.*13\u202f000.*20 % of an hour.*1\.5 h/,
    );
    expect(rows[2]).toMatch(/^changed pages440below 1 % of an hour2 min/);
    expect(
      screen.getByText(/^In the last 24 hours: 15 requests and 140 points/),
    ).toBeInTheDocument();
    expect(screen.getByText(/all pages every 7 d/)).toBeInTheDocument();
    expect(screen.getByText(/65.000 an hour/)).toBeInTheDocument();
  });

  it('keeps the cost of a whole sync over newer ones that could not read all', async () => {
    const refused = run({
      id: 'refused',
      requests: 44,
      points: 541,
      datasets: whole.datasets.map((dataset, i) =>
        i === 0 ? { ...dataset, state: 'partial' as const } : dataset,
      ),
    });
    const rows = await shows([refused, whole]);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(/all pages900/);
    expect(costsOf([refused])).toEqual([
      expect.objectContaining({ run: refused, isPart: true }),
    ]);
  });

  it('says of groups, members and accounts the shortest of their cadences', async () => {
    const cadence = { groups: 86_400, memberships: 21_600, accounts: 7_200 };
    await shows([whole], { cadence });
    expect(
      screen.getByText(/: groups, members and accounts every 2 h/),
    ).toBeInTheDocument();
  });

  it('says what nobody knows', async () => {
    const rows = await shows([changed]);
    expect(rows[1]).not.toContain('of an hour');
    expect(screen.getByText(/its cost is not known/)).toBeInTheDocument();
    expect(screen.getByText(/is not documented/)).toBeInTheDocument();
  });
});

describe('foldByReason', () => {
  it('folds more than three containers of one reason, and never two reasons', () => {
    const [partial, hidden] = incomplete;
    const many = Array.from({ length: 4 }, (_, i) => ({
      connection: connection(),
      container: { ...partial, container: `g-${i}` },
    }));
    const other = { connection: connection(), container: hidden };
    const sizes = (all: typeof many) =>
      foldByReason(all).map(({ length }) => length);
    expect(sizes([...many, other])).toEqual([4, 1]);
    expect(sizes([...many.slice(1), other])).toEqual([1, 1, 1, 1]);
  });
});

describe('reasonsOf', () => {
  it('has every reason once, what cannot be read at all first', () => {
    const [one] = connection().datasets;
    const key = { code: 'no-organization-key', text: 'The key is refused' };
    const part = { code: 'x', text: 'Some groups could not be read' };
    expect(
      reasonsOf({
        state: 'partial',
        reason: part,
        datasets: [
          { ...one, state: 'partial', reasons: [part] },
          { ...one, state: 'unavailable', reasons: [key] },
          { ...one, state: 'unavailable', reasons: [key] },
        ],
      }),
    ).toEqual([key, part]);
  });
});
