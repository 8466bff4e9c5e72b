// SPDX-License-Identifier: Apache-2.0
import { act, screen, waitFor } from '@testing-library/react';
import { reviewPreview, reviews } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region, responseError } from '../__testUtils__/render';

const [, draft, making] = reviews;

describe('DraftPanel', () => {
  it('starts once its owner says why without what was not read, and shows how far it is then', async () => {
    let shown = draft;
    const startReview = jest.fn(async () => {
      shown = making;
      return making;
    });
    const { user } = openReview(draft, {
      getReview: async () => shown,
      startReview,
    });
    expect(
      await screen.findByText('41 rows would be reviewed'),
    ).toBeInTheDocument();
    const start = await screen.findByRole('button', { name: 'Start review' });
    expect(start).toBeDisabled();
    const gaps = await region('What was not read whole');
    expect(
      gaps.getByText('The scope read:space.permission:confluence is missing.'),
    ).toBeInTheDocument();
    await user.type(
      await gaps.findByRole('textbox', {
        name: 'Why the review starts without 2 containers',
      }),
      ' ',
    );
    expect(start).toBeDisabled();
    await user.type(gaps.getByRole('textbox'), 'They are read next week');
    await user.click(start);
    await waitFor(() =>
      expect(startReview).toHaveBeenCalledWith('review-draft', {
        acceptGaps: {
          gapsHash: reviewPreview.gapsHash,
          reason: 'They are read next week',
        },
      }),
    );
    expect(
      (await screen.findAllByText(/^620 of 2.104 groups and spaces/))[0],
    ).toBeInTheDocument();
  });

  it('says how much it is of whom, and who would decide how many', async () => {
    openReview({ ...draft, reviewers: ['space-owner', 'manager'] });
    const panel = await region('What it would cover now');
    expect(
      panel.getByText(/in 14 groups and spaces, as of revision/),
    ).toBeInTheDocument();
    expect(panel.getByText(/about 212 people/)).toBeInTheDocument();
    const [first, , more] = panel.getAllByRole('listitem');
    expect(first).toHaveTextContent(/mei.tanaka.*170 rows/i);
    expect(more).toHaveTextContent('3 more, with 28 rows together');
    expect(
      panel.getByText(/^Nobody else was found for 128 rows/),
    ).toBeInTheDocument();
    expect(panel.getByText(/^Nobody could decide 2 rows/)).toBeInTheDocument();
    expect(
      await screen.findAllByText('Space Payments of Northwind', {
        selector: 'bdi',
      }),
    ).toHaveLength(2);
    const about = await region('About');
    expect(
      about.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual(['the owner of the space', 'the manager of the person']);
  });

  it('lets nobody but its owner accept gaps', async () => {
    openReview({ ...draft, owner: 'user:default/priya.raman' });
    expect(
      await screen.findByText(/can accept gaps: the owner of the review/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start review' })).toBeDisabled();
  });

  it('counts nothing anew while its owner looks at it', async () => {
    jest.useFakeTimers();
    try {
      const getReview = jest.fn(async () => draft);
      openReview(draft, { getReview });
      await act(() => jest.advanceTimersByTimeAsync(5_000));
      expect(getReview).toHaveBeenCalledTimes(1);
      await act(() => jest.advanceTimersByTimeAsync(120_000));
      window.dispatchEvent(new Event('visibilitychange'));
      await act(() => jest.advanceTimersByTimeAsync(5_000));
      expect(getReview).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('says why it could not start', async () => {
    const error = await responseError(409, 'Another gap appeared: groups');
    const { user } = openReview(
      { ...draft, preview: { ...reviewPreview, gaps: [] } },
      { startReview: () => Promise.reject(error) },
    );
    expect(
      await screen.findByText('Everything in scope was read whole.'),
    ).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', { name: 'Start review' }),
    );
    expect(
      await screen.findByText(/Another gap appeared: groups/),
    ).toBeInTheDocument();
  });
});
