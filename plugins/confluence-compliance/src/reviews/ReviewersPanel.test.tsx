// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { reviews, reviewSummary } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region, responseError } from '../__testUtils__/render';

const [running] = reviews;

describe('ReviewersPanel', () => {
  it('says who decides how many, and how far they are', async () => {
    openReview(running);
    const panel = await region('Reviewers');
    expect(
      panel.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringContaining('mei.tanaka74 of 112 decided'),
      expect.stringContaining('priya.raman86 of 86 decided'),
      expect.stringContaining('omar.haddad53 of 128 decided'),
    ]);
  });

  it('tells decisions of the overdue rule from those of reviewers', async () => {
    const page = openReview(running, {
      getReviewSummary: async () => ({ ...reviewSummary, byRule: 3 }),
    });
    const panel = await region('Reviewers');
    expect(
      panel.getByText(/^3 rows were decided by the overdue rule/),
    ).toBeInTheDocument();
    const printed = (name: string) => screen.getByText(name).closest('tr');
    expect(printed('By the overdue rule')).toHaveTextContent(/3$/);
    page.unmount();

    const error = await responseError(500, 'Broken');
    openReview(running, { getReviewSummary: () => Promise.reject(error) });
    await region('About');
    expect(printed('By the overdue rule')).toHaveTextContent(/Unknown$/);
    expect(printed('Other than recommended')).toHaveTextContent(/Unknown$/);
  });
});
