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
  it('counts what waits for oneself in all reviews, the first that is due on top', async () => {
    const listOpenDecisions = jest.fn(async () => ({
      ...pageOf(
        [
          { review: review('b', { dueAt: ago(60 * 24) }), open: 1 },
          { review: review('a'), open: 3 },
        ],
        { totalItems: 14 },
      ),
      open: 12_004,
    }));
    renderPage(<DecisionsWidget />, { api: { listOpenDecisions } });
    expect(
      await screen.findByText(/^12.004 decisions wait for you$/),
    ).toBeInTheDocument();
    const [first, second, ...more] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent(/Review b.*1 open decision, due.*Overdue/);
    expect(second).toHaveTextContent(/Review a.*3 open decisions$/);
    expect(more).toEqual([]);
    expect(screen.getByText('and 12 more reviews')).toBeInTheDocument();
    expect(listOpenDecisions).toHaveBeenCalledWith(
      { limit: 5 },
      expect.anything(),
    );
  });

  it('says that nothing waits, and what would', async () => {
    renderPage(<DecisionsWidget />, {
      api: {
        listOpenDecisions: async () => ({ ...pageOf([]), open: 0 }),
      },
    });
    expect(
      await screen.findByText('No decision waits for you'),
    ).toBeInTheDocument();
    expect(screen.getByText(/names you as the reviewer/)).toBeInTheDocument();
  });

  it('names the permission that is missing, and asks for nothing', async () => {
    const listOpenDecisions = jest.fn();
    renderPage(<DecisionsWidget />, {
      api: { listOpenDecisions },
      refused: [reviewDecidePermission.name],
    });
    expect(
      await screen.findByText(new RegExp(reviewDecidePermission.name)),
    ).toBeInTheDocument();
    expect(listOpenDecisions).not.toHaveBeenCalled();
  });

  it('says what went wrong', async () => {
    const error = await responseError(500, 'Broken');
    renderPage(<DecisionsWidget />, {
      api: { listOpenDecisions: () => Promise.reject(error) },
    });
    expect(await screen.findByText(/Broken/)).toBeInTheDocument();
  });
});
