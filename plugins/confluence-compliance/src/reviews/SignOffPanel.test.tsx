// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import { reviews, reviewSummary } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region } from '../__testUtils__/render';

const decidedAll = {
  ...reviews[3],
  owner: 'user:default/ana.lindqvist',
  gaps: [],
};

describe('SignOffPanel', () => {
  it('says what still keeps it from being signed off', async () => {
    openReview(decidedAll);
    const panel = await region('Remediation');
    expect(
      await panel.findByText('7 revoked, 1 proven gone'),
    ).toBeInTheDocument();
    for (const words of [
      'Requested',
      'Removed and verified',
      'Still present',
      'Came back',
      'Cannot verify',
    ]) {
      expect(panel.getByText(words)).toBeInTheDocument();
    }
    const signOff = await region('Sign-off');
    expect(signOff.getByText(/Left: 3 removals\./)).toBeInTheDocument();
    expect(
      await signOff.findByRole('button', { name: 'Sign off' }),
    ).toBeDisabled();
  });

  it('says what will be sealed, and seals it', async () => {
    let shown: Review = decidedAll;
    const signOffReview = jest.fn(async () => {
      shown = { ...reviews[4], id: decidedAll.id };
      return shown;
    });
    const { user } = openReview(decidedAll, {
      getReview: async () => shown,
      getReviewSummary: async () => ({
        ...reviewSummary,
        remediations: {
          ...reviewSummary.remediations,
          waiting: 0,
          'still-present': 0,
          reappeared: 0,
        },
      }),
      signOffReview,
    });
    const signOff = await region('Sign-off');
    const button = await signOff.findByRole('button', { name: 'Sign off' });
    await waitFor(() => expect(button).toBeEnabled());
    await user.click(button);
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('What will be sealed')).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Sign off' }));
    await waitFor(() =>
      expect(signOffReview).toHaveBeenCalledWith('review-proof'),
    );
    const seal = await region('Seal');
    expect(seal.getByText('6f1e0c9b')).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Sign-off' }),
    ).not.toBeInTheDocument();
  });
});
