// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { pageOf, review, reviewGaps, reviews } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region, responseError } from '../__testUtils__/render';

const READ = 'confluence-compliance.review.read';
const MANAGE = 'confluence-compliance.review.manage';
const DECIDE = 'confluence-compliance.review.decide';

describe('ReviewPage', () => {
  it('leads to the rows that are one’s own, and can be cancelled', async () => {
    const cancelReview = jest.fn(async () => review({ state: 'cancelled' }));
    const { user } = openReview(review({ gaps: reviewGaps }), {
      listOwnReviewItems: async () => pageOf([], { totalItems: 38 }),
      cancelReview,
    });
    expect(
      await screen.findByText('213 of 326 rows decided'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('img', {
        name: '186 keep, 24 revoke, 3 defer, 113 not decided',
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Decide your 38' }),
    ).toHaveAttribute('href', '/reviews/review-q4/decide');
    expect(
      (await region('Accepted gaps')).getByText('contractors'),
    ).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Cancel review' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Cancel review' });
    expect(submit).toBeDisabled();
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'A trial');
    await user.click(submit);
    await waitFor(() =>
      expect(cancelReview).toHaveBeenCalledWith('review-q4', {
        reason: 'A trial',
      }),
    );
  });

  it('is found by a reviewer among their own, and read only by an auditor', async () => {
    const getReview = jest.fn(async () => review());
    const own = openReview(
      review(),
      { getReview, listOwnReviews: async () => pageOf([review()]) },
      [READ, MANAGE],
    );
    expect(
      await screen.findByText('213 of 326 rows decided'),
    ).toBeInTheDocument();
    expect(getReview).not.toHaveBeenCalled();
    own.unmount();

    // What is over is not among what waits for anybody, and stays theirs to look at.
    const over = openReview(reviews[3], {}, [READ, MANAGE]);
    expect(
      await screen.findByRole('heading', {
        name: new RegExp(reviews[3].title),
      }),
    ).toBeInTheDocument();
    over.unmount();

    const refused = async () => {
      throw await responseError(403, 'Not yours');
    };
    const foreign = openReview(review(), { getReview: refused }, [
      READ,
      MANAGE,
    ]);
    expect(
      await screen.findByText('There is no such review'),
    ).toBeInTheDocument();
    foreign.unmount();

    openReview(review(), {}, [MANAGE, DECIDE]);
    expect(
      await screen.findByText('You see this review and change nothing in it.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'More' }),
    ).not.toBeInTheDocument();
  });
});
