// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import {
  hostile,
  itemEvents,
  pageOf,
  review,
  reviewItem,
  reviewItems,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

function open(api: Partial<ConfluenceComplianceApi>) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([]),
      getReview: async () => review(),
      listOwnReviewItems: async () => pageOf(reviewItems.slice(0, 1)),
      ...api,
    },
    at: '/reviews/review-q4/decide',
    path: '/reviews/*',
  });
}

const show = () => screen.findByRole('button', { name: 'Show history' });

describe('RowHistory', () => {
  it('says who decided a row, in whose place, who took it back and who reassigned it', async () => {
    const getReviewItemHistory = jest.fn(async () => ({
      items: [{ ...itemEvents[0], reason: hostile }, ...itemEvents.slice(1)],
    }));
    const { user } = open({ getReviewItemHistory });
    const button = await show();
    expect(getReviewItemHistory).not.toHaveBeenCalled();
    await user.click(button);
    await waitFor(() =>
      expect(getReviewItemHistory).toHaveBeenCalledWith(
        'review-q4',
        'item-dmitri',
        expect.anything(),
      ),
    );
    const history = within(screen.getByRole('region', { name: 'History' }));
    const [handed, taken, revoked] = await history.findAllByRole('listitem');
    expect(handed).toHaveTextContent(
      /priya\.raman reassigned it from mei\.tanaka to ana\.lindqvist/,
    );
    expect(handed).toHaveTextContent(hostile);
    expect(taken).toHaveTextContent(
      /mei\.tanaka took back what was decided.*Before: Revoked/,
    );
    expect(revoked).toHaveTextContent(
      /omar\.haddad in the place of mei\.tanaka revoked it.*Left the team\./,
    );
    await user.click(screen.getByRole('button', { name: 'Hide history' }));
    expect(history.queryByRole('listitem')).not.toBeInTheDocument();
  });

  it('says that there is none, and why it cannot be read', async () => {
    const page = open({ getReviewItemHistory: async () => ({ items: [] }) });
    await page.user.click(await show());
    expect(
      await screen.findByText(/^Nobody has decided this row/),
    ).toBeInTheDocument();
    page.unmount();

    const error = await responseError(403, 'Not yours to decide');
    const refused = open({
      getReviewItemHistory: jest
        .fn(async () => ({ items: itemEvents }))
        .mockRejectedValueOnce(error),
    });
    await refused.user.click(await show());
    expect(await screen.findByText(/Not yours to decide/)).toBeInTheDocument();
    await refused.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Left the team.')).toBeInTheDocument();
  });

  it('says of a row for whom one decides it', async () => {
    open({
      listOwnReviewItems: async () =>
        pageOf([
          reviewItem(),
          reviewItem({
            id: 'item-of-mei',
            container: { kind: 'group', id: 'g-2', title: 'leads' },
            reviewer: { ref: 'user:default/mei.tanaka', because: 'named' },
          }),
        ]),
    });
    const row = (name: string) => screen.findByRole('row', { name });
    const ofMei = await row('Ines Duarte, Member of leads');
    await waitFor(() => expect(ofMei).toHaveTextContent(/for mei\.tanaka/));
    expect(await row('Ines Duarte, Member of payments')).not.toHaveTextContent(
      /for /,
    );
  });
});
