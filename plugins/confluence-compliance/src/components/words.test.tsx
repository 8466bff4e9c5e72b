// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { responseError } from '../__testUtils__/render';
import { CoverageMeter } from './CoverageMeter';
import { errorMessage, namedPermission } from './errors';
import { floorPercent, formatDate, formatNumber } from './format';
import { TimeAgo } from './TimeAgo';
import { UnknownValue } from './UnknownValue';
import { VerdictBar } from './VerdictBar';

describe('numbers and dates', () => {
  it('group thousands, floor percentages and show the year when it differs', () => {
    expect(formatNumber(1234567)).toBe('1\u202f234\u202f567');
    expect(floorPercent(1200, 1201)).toBe(99);
    expect(floorPercent(0, 0)).toBe(0);
    const now = new Date('2026-11-21T12:00:00Z');
    expect(formatDate(new Date('2026-11-03T12:00:00Z'), now)).toBe('3 Nov');
    expect(formatDate(new Date('2025-11-03T12:00:00Z'), now)).toBe(
      '3 Nov 2025',
    );
  });

  it.each([
    [0, 'just now'],
    [5, '5 min ago'],
    [60, '1 hour ago'],
    [60 * 5, '5 hours ago'],
    [60 * 24, '1 day ago'],
    [60 * 24 * 2.9, '2 days ago'],
    [-5, 'in 5 min'],
    [-60 * 2, 'in 2 hours'],
  ])('say the age of %s minutes as %s', async (minutes, words) => {
    const time = new Date(Date.now() - minutes * 60_000).toISOString();
    renderInTestApp(<TimeAgo time={time} />);
    const shown = await screen.findByText(words);
    expect(shown).toHaveAttribute('datetime', time);
    expect(shown.title).toMatch(/\d{4}/);
  });
});

describe('unknown', () => {
  it('gives its reason to the keyboard', async () => {
    renderInTestApp(<UnknownValue reason="The scope is missing." />);
    await screen.findByRole('button', {
      name: 'Unknown: The scope is missing.',
    });
    await userEvent.tab();
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'The scope is missing.',
    );
  });

  it('is never blank, also without a reason', async () => {
    renderInTestApp(<UnknownValue reason="" />);
    expect(
      await screen.findByRole('button', {
        name: 'Unknown: No reason was given.',
      }),
    ).toBeInTheDocument();
  });

  it('is part of the bar and of the coverage', async () => {
    renderInTestApp(
      <>
        <VerdictBar counts={{ pass: 1200, unknown: 1 }} />
        <VerdictBar counts={{}} />
        <CoverageMeter seen={1200} total={1201} reason="Not managed." />
      </>,
    );
    expect(
      await screen.findByRole('img', { name: '1 unknown, 1\u202f200 pass' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', { name: 'Nothing judged yet' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: '99 %: Not managed.' }),
    ).toBeInTheDocument();
  });
});

describe('errors', () => {
  it('speak in the words of the backend and name the permission', async () => {
    const error = await responseError(
      403,
      'Missing confluence-compliance.critical-system.manage. Ask for it.',
    );
    expect(errorMessage(error)).toMatch(/^Missing/);
    expect(namedPermission(error)).toBe(
      'confluence-compliance.critical-system.manage',
    );
    expect(namedPermission(new Error('Unauthorized'))).toBeUndefined();
  });
});
