// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import {
  type Review,
  reviewDecidePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { ago, pageOf } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { DecisionsWidget } from './DecisionsWidget';

const review = (id: string, more: Partial<Review> = {}): Review => ({
  id,
  title: `Review ${id}`,
  state: 'in-progress',
  scope: { connection: 'northwind' },
  owner: 'user:default/owner',
  fallbackReviewer: 'user:default/owner',
  createdAt: ago(10),
  size: 9,
  gaps: [],
  progress: {
    items: 'ready',
    containers: { done: 1, total: 1 },
    total: 9,
    undecided: 9,
    keep: 0,
    revoke: 0,
    defer: 0,
  },
  ...more,
});

describe('DecisionsWidget', () => {
  it('counts what waits for oneself, the first that is due on top', async () => {
    const counts: Record<string, number> = { a: 3, b: 1, c: 0 };
    renderPage(<DecisionsWidget />, {
      api: {
        listOwnReviews: async () =>
          pageOf([
            review('a'),
            review('b', { dueAt: ago(60 * 24) }),
            review('c'),
          ]),
        listOwnReviewItems: async id => ({
          ...pageOf([]),
          totalItems: counts[id],
        }),
      },
    });
    expect(
      await screen.findByText('4 decisions wait for you'),
    ).toBeInTheDocument();
    const [first, second, ...more] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent(/Review b.*1 open decision, due.*Overdue/);
    expect(second).toHaveTextContent(/Review a.*3 open decisions$/);
    expect(more).toEqual([]);
  });

  it('counts no further than the backend does', async () => {
    renderPage(<DecisionsWidget />, {
      api: {
        listOwnReviews: async () => pageOf([review('a'), review('b')]),
        listOwnReviewItems: async id =>
          pageOf([], { totalItems: id === 'a' ? { atLeast: 10_000 } : 5 }),
      },
    });
    expect(
      await screen.findByText(/^10.005 or more decisions wait for you/),
    ).toBeInTheDocument();
    const [first, second] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent(/10.000 or more open decisions/);
    expect(second).toHaveTextContent(/5 open decisions/);
  });

  it('says that nothing waits, and what would', async () => {
    renderPage(<DecisionsWidget />, {
      api: { listOwnReviews: async () => pageOf([]) },
    });
    expect(
      await screen.findByText('No decision waits for you'),
    ).toBeInTheDocument();
    expect(screen.getByText(/names you as the reviewer/)).toBeInTheDocument();
  });

  it('names the permission that is missing, and asks for nothing', async () => {
    const listOwnReviews = jest.fn();
    renderPage(<DecisionsWidget />, {
      api: { listOwnReviews },
      refused: [reviewDecidePermission.name],
    });
    expect(
      await screen.findByText(new RegExp(reviewDecidePermission.name)),
    ).toBeInTheDocument();
    expect(listOwnReviews).not.toHaveBeenCalled();
  });

  it('says what went wrong', async () => {
    const error = await responseError(500, 'Broken');
    renderPage(<DecisionsWidget />, {
      api: { listOwnReviews: () => Promise.reject(error) },
    });
    expect(await screen.findByText(/Broken/)).toBeInTheDocument();
  });
});
