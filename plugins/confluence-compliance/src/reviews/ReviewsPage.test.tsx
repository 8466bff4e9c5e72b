// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  hostile,
  pageOf,
  review,
  reviews,
} from '../__testUtils__/fixtures';
import {
  never,
  region,
  renderPage,
  responseError,
} from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const READ = 'confluence-compliance.review.read';
const MANAGE = 'confluence-compliance.review.manage';
const DECIDE = 'confluence-compliance.review.decide';

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
  search = '',
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listReviews: async () => pageOf(reviews),
      listReviewTemplates: async () => pageOf([]),
      listOwnReviews: async () => pageOf([review()]),
      listDelegations: async () => pageOf([]),
      listAllDelegations: async () => pageOf([]),
      listOwnReviewItems: async () => pageOf([], { totalItems: 38 }),
      ...api,
    },
    at: `/reviews${search}`,
    path: '/reviews/*',
    refused,
  });
}

describe('ReviewsPage', () => {
  it('lists reviews with how far they are, and what one has to decide on top', async () => {
    const listReviews = jest.fn(async () => pageOf(reviews));
    const { user } = open({ listReviews });
    const row = await screen.findByRole('row', {
      name: /Access review, fourth quarter/,
    });
    for (const words of [
      'In progress',
      '213 of 326 decided',
      'All access to Northwind',
    ]) {
      expect(await within(row).findByText(words)).toBeInTheDocument();
    }
    expect(screen.getByText('Space Payments of Northwind')).toBeVisible();
    expect(screen.getByText('6 reviews')).toBeInTheDocument();
    expect(screen.getByText('Overdue')).toBeInTheDocument();
    expect(screen.getByText('Rows are being made')).toBeInTheDocument();

    const own = await region('My open decisions');
    expect(await own.findByText('38 rows wait for you')).toBeInTheDocument();
    expect(
      own.getByRole('link', { name: 'Decide, Access review, fourth quarter' }),
    ).toHaveAttribute('href', '/reviews/review-q4/decide');
    expect(screen.getByRole('link', { name: 'New review' })).toHaveAttribute(
      'href',
      '/reviews/new',
    );

    await user.click(screen.getByRole('button', { name: /Any state/ }));
    await user.click(await screen.findByRole('option', { name: 'Draft' }));
    await waitFor(() =>
      expect(listReviews).toHaveBeenLastCalledWith(
        expect.objectContaining({ state: 'draft' }),
        expect.anything(),
      ),
    );
  });

  it('teaches what a review is where there is none', async () => {
    open({
      listReviews: async () => pageOf([]),
      listOwnReviews: async () => pageOf([]),
    });
    expect(await screen.findByText('No review yet')).toBeInTheDocument();
    expect(screen.getByText('Removals are proven')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'New review' })).toBeVisible();
    expect(screen.queryByText('My open decisions')).not.toBeInTheDocument();
  });

  it('shows a reviewer only what is theirs', async () => {
    const listReviews = jest.fn(() => never<never>());
    open({ listReviews }, [READ, MANAGE]);
    const own = await region('My open decisions');
    expect(
      await own.findByText('Access review, fourth quarter'),
    ).toBeInTheDocument();
    expect(listReviews).not.toHaveBeenCalled();
    expect(
      screen.queryByRole('link', { name: 'New review' }),
    ).not.toBeInTheDocument();
  });

  it('shows an auditor everything without buttons', async () => {
    const listOwnReviews = jest.fn(() => never<never>());
    open({ listOwnReviews }, [MANAGE, DECIDE]);
    expect(await screen.findByText('6 reviews')).toBeInTheDocument();
    expect(listOwnReviews).not.toHaveBeenCalled();
    expect(
      screen.queryByRole('link', { name: 'New review' }),
    ).not.toBeInTheDocument();
  });

  it('has words for loading, errors, filters and hostile titles', async () => {
    const loading = open({ listReviews: never }, [DECIDE]);
    expect(await screen.findByText('Loading')).toBeInTheDocument();
    loading.unmount();

    const error = await responseError(500, 'No answer from the database');
    const failing = open({ listReviews: () => Promise.reject(error) }, [
      DECIDE,
    ]);
    expect(
      await screen.findByText(/No answer from the database/),
    ).toBeInTheDocument();
    failing.unmount();

    const filtered = open(
      { listReviews: async () => pageOf([]) },
      [DECIDE],
      '?state=cancelled&sort=title',
    );
    expect(await screen.findByText('No review matches')).toBeInTheDocument();
    filtered.unmount();

    open({ listReviews: async () => pageOf([review({ title: hostile })]) });
    expect(await screen.findByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
