// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { pageOf, review, reviewItems, spaces } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

async function open(api: Partial<ConfluenceComplianceApi> = {}, search = '') {
  const refused = await responseError(403, 'account.read is missing');
  const listOwnReviewItems = jest.fn(
    async (
      _: string,
      { principal }: { principal?: string; container?: string } = {},
    ) =>
      pageOf(
        reviewItems.filter(
          item => !principal || item.principal.id === principal,
        ),
      ),
  );
  const page = renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([]),
      getReview: async () => review(),
      listOwnReviewItems,
      listAccounts: () => Promise.reject(refused),
      listGroups: () => Promise.reject(refused),
      listSpaces: async () => pageOf(spaces),
      ...api,
    },
    at: `/reviews/review-q4/decide${search}`,
    path: '/reviews/*',
  });
  return { ...page, listOwnReviewItems, refused };
}

const SAID =
  /^You may not look through accounts. You may not look through groups. Use/;

const search = () =>
  screen.findByRole('combobox', { name: 'Person, group or space' });

describe('RowSearch', () => {
  it('finds the rows in a space by its name, also where accounts are not to be read', async () => {
    const { user, listOwnReviewItems } = await open();
    await user.type(await search(), spaces[0].name.slice(0, 4));
    // Nobody was found, as nobody was looked for.
    expect(await screen.findByText(SAID)).toBeInTheDocument();
    await user.click(
      await screen.findByRole('option', { name: new RegExp(spaces[0].name) }),
    );
    await waitFor(() =>
      expect(listOwnReviewItems).toHaveBeenCalledWith(
        'review-q4',
        expect.objectContaining({
          container: spaces[0].spaceId,
          decision: undefined,
        }),
        expect.anything(),
      ),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await search()).toBeInTheDocument();
  });

  it('narrows from the details of a row to everything of the same person', async () => {
    const { user } = await open();
    await user.click(
      await screen.findByRole('button', { name: 'Rows of Dmitri Sokolov' }),
    );
    expect(await screen.findByText('Only Dmitri Sokolov')).toBeInTheDocument();
    await waitFor(() =>
      expect(
        screen.queryByRole('row', { name: /^Ines Duarte/ }),
      ).not.toBeInTheDocument(),
    );
    expect(
      await screen.findAllByRole('row', { name: /^Dmitri Sokolov, / }),
    ).toHaveLength(2);
  });

  it('says that nothing was found, and what could not be looked through', async () => {
    const page = await open({}, '?principal=nobody&decision=any');
    expect(await screen.findByText('No row matches')).toBeInTheDocument();
    page.unmount();

    const broken = await responseError(500, 'Broken');
    const { user } = await open({
      listSpaces: () => Promise.reject(broken),
    });
    await user.type(await search(), 'x');
    expect(
      await screen.findByText(
        /groups. Spaces could not be looked through\./,
        undefined,
        { timeout: 5_000 },
      ),
    ).toBeInTheDocument();
  });
});
