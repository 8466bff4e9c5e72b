// SPDX-License-Identifier: Apache-2.0
import type {
  DecideItems,
  ReviewItem,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  hostile,
  pageOf,
  review,
  reviewItem,
  reviewItems,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const MANAGE = 'confluence-compliance.review.manage';
const DECIDE = 'confluence-compliance.review.decide';
const ACCOUNT = 'confluence-compliance.account.read';
const me = 'user:default/ana.lindqvist';

const decided = (item: ReviewItem, body: DecideItems): ReviewItem => ({
  ...item,
  version: item.version + 1,
  decision:
    body.decision === 'undo'
      ? undefined
      : { kind: body.decision, by: me, at: '2026-11-03T09:00:00.000Z' },
});

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  { refused = [] as string[], search = '' } = {},
) {
  const decideReviewItems = jest.fn(async (_: string, body: DecideItems) => ({
    items: body.items.flatMap(({ id, version }) =>
      reviewItems
        .filter(item => item.id === id)
        .map(item => decided({ ...item, version }, body)),
    ),
  }));
  const page = renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      getReview: async () => review(),
      listOwnReviewItems: async () => pageOf(reviewItems),
      listReviewItems: async () => pageOf(reviewItems),
      decideReviewItems,
      ...api,
    },
    at: `/reviews/review-q4/decide${search}`,
    path: '/reviews/*',
    refused: [ACCOUNT, ...refused],
  });
  return { ...page, decideReviewItems };
}

const row = (name: string) => screen.findByRole('row', { name });
const dmitri = 'Dmitri Sokolov, Space admin on Payments';
const ines = 'Ines Duarte, Member of payments';
const tomas = 'Tomas Okafor, Space admin on Payments';

/** Puts the focus on a row, as somebody who works by keyboard. */
const on = async (name: string) => (await row(name)).focus();

describe('DecidePage', () => {
  it('is worked through by keyboard, riskiest first, and takes it back', async () => {
    const { user, decideReviewItems } = open();
    await on(dmitri);
    await user.keyboard('r');
    const field = await screen.findByRole('textbox', { name: 'Why revoke' });
    expect(field).toHaveFocus();
    // Letters in a field are no keys.
    await user.keyboard('kept account of a leaver{Enter}');
    expect(decideReviewItems).toHaveBeenCalledTimes(1);
    expect(decideReviewItems).toHaveBeenLastCalledWith('review-q4', {
      items: [{ id: 'item-dmitri', version: 1 }],
      decision: 'revoke',
      reason: 'kept account of a leaver',
    });
    expect(
      await within(await row(dmitri)).findByText('Revoked'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^Revoked, Dmitri Sokolov, Space admin on Payments\. /),
    ).toBeInTheDocument();
    // The focus is on the next one, which the keys then act on.
    expect(await row('Dmitri Sokolov, Member of payments')).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(await row(tomas)).toHaveFocus();
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(await row(dmitri)).toHaveFocus();
    await user.keyboard('u');
    await waitFor(() =>
      expect(decideReviewItems).toHaveBeenLastCalledWith('review-q4', {
        items: [{ id: 'item-dmitri', version: 2 }],
        decision: 'undo',
      }),
    );
    expect(
      await within(await row(dmitri)).findByRole('button', { name: /^Keep/ }),
    ).toBeInTheDocument();
    // Eight wait as the list has it, and one more by what was just done.
    expect(screen.getByText(/^Taken back, .* 9 left\.$/)).toBeInTheDocument();
  });

  it('keeps at one press what nothing speaks against, and asks why where something does', async () => {
    const { user, decideReviewItems } = open();
    await on(ines);
    await user.keyboard('k');
    await waitFor(() =>
      expect(decideReviewItems).toHaveBeenLastCalledWith('review-q4', {
        items: [{ id: 'item-ines', version: 1 }],
        decision: 'keep',
      }),
    );
    await on(tomas);
    await user.keyboard('k');
    const field = await screen.findByRole('textbox', { name: 'Why keep' });
    await user.keyboard('{Escape}');
    expect(field).not.toBeInTheDocument();
    expect(await row(tomas)).toHaveFocus();
    expect(decideReviewItems).toHaveBeenCalledTimes(1);
  });

  it('selects only unchanged rows of low risk, and keeps no others together', async () => {
    const { user, decideReviewItems } = open();
    const bar = within(await screen.findByRole('toolbar'));
    expect(bar.getByText('4 selected')).toBeInTheDocument();
    expect(bar.getByText('all unchanged and low risk')).toBeInTheDocument();
    await on(tomas);
    await user.keyboard(' ');
    expect(bar.getByRole('button', { name: 'Keep 5' })).toBeDisabled();
    expect(
      bar.getByText('1 of 5 are new, changed or risky: decide them one by one'),
    ).toBeInTheDocument();
    await user.keyboard('x');
    await user.keyboard('{Shift>}K{/Shift}');
    await waitFor(() => expect(decideReviewItems).toHaveBeenCalledTimes(1));
    expect(decideReviewItems.mock.calls[0][1].items).toHaveLength(4);
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
  });

  it('marks the row of several that is about oneself, and decides the others', async () => {
    let own = '';
    const decideReviewItems = jest.fn(async (_: string, body: DecideItems) => {
      const [first, ...others] = body.items;
      own = first.id;
      return {
        items: reviewItems
          .filter(({ id }) => others.some(one => one.id === id))
          .map(item => decided(item, body)),
        refused: [
          {
            id: first.id,
            reason: { code: 'about-themself', text: 'It is about you.' },
          },
        ],
      };
    });
    const { user } = open({ decideReviewItems });
    await on(tomas);
    await user.keyboard('{Shift>}K{/Shift}');
    expect(
      await screen.findByText('Not saved: It is about you.'),
    ).toBeInTheDocument();
    expect(own).not.toBe('');
    expect(decideReviewItems.mock.calls[0][1].items).toHaveLength(4);
    expect(
      await screen.findAllByText('Kept', { selector: 'span' }),
    ).toHaveLength(3);
  });

  it('says that somebody else was faster, and lets one insist', async () => {
    const error = await responseError(409, 'Item item-tomas was changed');
    const theirs: ReviewItem = {
      ...reviewItems[4],
      version: 2,
      decision: {
        kind: 'keep',
        by: 'user:default/lena.fischer',
        at: new Date().toISOString(),
      },
    };
    const decideReviewItems = jest
      .fn(async (_: string, body: DecideItems) => ({
        items: [decided({ ...theirs }, body)],
      }))
      .mockRejectedValueOnce(error);
    const { user } = open({
      decideReviewItems,
      listReviewItems: async () => pageOf([theirs]),
    });
    await on(tomas);
    await user.keyboard('dwait{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /lena\.fischer kept this just now\. Yours was not saved\./,
    );
    await user.click(screen.getByRole('button', { name: 'Use mine' }));
    await waitFor(() =>
      expect(decideReviewItems).toHaveBeenLastCalledWith('review-q4', {
        items: [{ id: 'item-tomas', version: 2 }],
        decision: 'defer',
        reason: 'wait',
      }),
    );
    expect(
      await within(await row(tomas)).findByText('Deferred'),
    ).toBeInTheDocument();
  });

  it('says who has a row now that went to somebody else, and insists on nothing', async () => {
    const error = await responseError(409, 'Item item-tomas was changed');
    const theirs: ReviewItem = {
      ...reviewItems[4],
      version: 2,
      reviewer: { ref: 'user:default/omar.haddad', because: 'reassigned' },
    };
    const { user } = open({
      decideReviewItems: () => Promise.reject(error),
      listReviewItems: async () => pageOf([theirs]),
    });
    await on(tomas);
    await user.keyboard('dwait{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent(/omar\.haddad/);
    expect(
      screen.queryByRole('button', { name: 'Use mine' }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Leave it' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('marks a row that could not be saved, and tries it again', async () => {
    const error = await responseError(403, 'Item item-ines is about you');
    const { user } = open({ decideReviewItems: () => Promise.reject(error) });
    await on(ines);
    await user.keyboard('k');
    expect(
      await screen.findByText('Not saved: Item item-ines is about you'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Leave it' }));
    expect(screen.queryByText(/^Not saved/)).not.toBeInTheDocument();
  });

  it('hands a row to somebody else, and shows all keys', async () => {
    const reassignReviewItems = jest.fn(async () => ({
      items: [
        reviewItem({
          version: 2,
          reviewer: { ref: 'user:default/omar.haddad', because: 'reassigned' },
        }),
      ],
    }));
    const { user, decideReviewItems } = open({ reassignReviewItems });
    await on(ines);
    await user.keyboard('a');
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(
      dialog.getByRole('combobox', { name: 'To' }),
      'user:default/omar.haddad',
    );
    await user.tab();
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'His team');
    await user.click(dialog.getByRole('button', { name: 'Reassign' }));
    await waitFor(() =>
      expect(reassignReviewItems).toHaveBeenCalledWith('review-q4', {
        items: [{ id: 'item-ines', version: 1 }],
        to: 'user:default/omar.haddad',
        reason: 'His team',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    // It is somebody else's now: nothing more is done with it here.
    const handed = within(await row(ines));
    expect(handed.getByText('Not decided')).toBeInTheDocument();
    expect(handed.queryByText(/^for /)).not.toBeInTheDocument();
    expect(handed.queryByRole('button', { name: /^Keep/ })).toBeNull();
    expect(handed.queryByRole('checkbox')).not.toBeInTheDocument();
    await on(ines);
    await user.keyboard('k');
    expect(decideReviewItems).not.toHaveBeenCalled();
    await on(tomas);
    await user.keyboard('?');
    const keys = within(await screen.findByRole('dialog'));
    await user.click(keys.getByRole('switch', { name: 'Single letters act' }));
    await user.click(keys.getAllByRole('button', { name: 'Close' }).at(-1)!);
    await on(tomas);
    await user.keyboard('r');
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    window.localStorage.clear();
  });

  it('goes through a review of any size page by page', async () => {
    const listOwnReviewItems = jest.fn(async () =>
      pageOf(reviewItems, {
        totalItems: { atLeast: 10_000 },
        pageInfo: { nextCursor: 'next' },
      }),
    );
    const { user } = open({ listOwnReviewItems });
    expect(await screen.findByText(/^1 to 8 of 10.000 or more/)).toBeVisible();
    expect(screen.getByText(/^10.000 or more left$/)).toBeVisible();
    expect(screen.queryByText(/ of .* decided$/)).not.toBeInTheDocument();
    expect(listOwnReviewItems).toHaveBeenCalledWith(
      'review-q4',
      expect.objectContaining({ decision: 'undecided', limit: 50 }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: 'Next rows' }));
    await waitFor(() =>
      expect(listOwnReviewItems).toHaveBeenCalledWith(
        'review-q4',
        expect.objectContaining({ cursor: 'next' }),
        expect.anything(),
      ),
    );
  });

  it('shows an auditor all rows without buttons', async () => {
    open({}, { refused: [MANAGE, DECIDE] });
    await on(dmitri);
    expect(
      screen.queryByRole('button', { name: /^(Keep|Revoke|Defer)/ }),
    ).not.toBeInTheDocument();
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('checkbox', { name: /^Select/ }),
    ).not.toBeInTheDocument();
  });

  it('has words for loading, for nothing left, and shows hostile names as text', async () => {
    const loading = open({ listOwnReviewItems: never });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
    loading.unmount();

    const empty = open({ listOwnReviewItems: async () => pageOf([]) });
    expect(
      await screen.findByText('Nothing is left to decide'),
    ).toBeInTheDocument();
    empty.unmount();

    const { progress } = review();
    const making = open({
      getReview: async () =>
        review({ progress: { ...progress, items: 'creating' } }),
      listOwnReviewItems: async () => pageOf([]),
    });
    expect(
      await screen.findByText(/^Rows are still being made/),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByText('Loading')).not.toBeInTheDocument(),
    );
    expect(
      screen.queryByText('Nothing is left to decide'),
    ).not.toBeInTheDocument();
    making.unmount();

    const error = await responseError(500, 'Broken');
    const rows = jest.fn(async () => pageOf(reviewItems));
    const again = open({ listOwnReviewItems: rows });
    await row(ines);
    rows.mockRejectedValue(error);
    await again.user.click(screen.getByRole('button', { name: 'Load again' }));
    expect(
      await screen.findByText(/could not be loaded again/),
    ).toBeInTheDocument();
    expect(await row(ines)).toBeInTheDocument();
    again.unmount();

    open({
      listOwnReviewItems: async () =>
        pageOf([
          reviewItem({
            principal: { kind: 'account', id: 'x', name: hostile },
            container: { kind: 'group', id: 'g', title: hostile },
          }),
        ]),
    });
    expect((await screen.findAllByText(hostile)).length).toBeGreaterThan(1);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
