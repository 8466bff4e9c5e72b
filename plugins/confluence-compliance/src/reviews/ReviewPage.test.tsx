// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  Review,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  pageOf,
  review,
  reviewChanges,
  reviewGaps,
  reviewPreview,
  reviews,
  reviewSummary,
} from '../__testUtils__/fixtures';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';
import { isRunning } from './state';

const [, draft, making] = reviews;
const READ = 'confluence-compliance.review.read';
const MANAGE = 'confluence-compliance.review.manage';
const DECIDE = 'confluence-compliance.review.decide';

function open(
  shown: Review,
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf<Connection>([connection()]),
      getReview: async () => shown,
      listOwnReviews: async () => pageOf([]),
      listOwnReviewItems: async () => pageOf([]),
      listRemediations: async () => pageOf([]),
      getReviewSummary: async () => reviewSummary,
      listReviewHistory: async () => pageOf([]),
      previewReview: async () => reviewPreview,
      ...api,
    },
    at: `/reviews/${shown.id}`,
    path: '/reviews/*',
    refused,
  });
}

describe('a draft', () => {
  it('starts once its owner says why without what was not read, and shows how far it is then', async () => {
    let shown = draft;
    const startReview = jest.fn(async () => {
      shown = making;
      return making;
    });
    const { user } = open(draft, { getReview: async () => shown, startReview });
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
    open({ ...draft, reviewers: ['space-owner', 'manager'] });
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
    open({ ...draft, owner: 'user:default/priya.raman' });
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
      open(draft, { getReview });
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
    const { user } = open(
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

describe('a running review', () => {
  it('leads to the rows that are one’s own, and can be cancelled', async () => {
    const cancelReview = jest.fn(async () => review({ state: 'cancelled' }));
    const { user } = open(review({ gaps: reviewGaps }), {
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
    const own = open(
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
    const over = open(reviews[3], {}, [READ, MANAGE]);
    expect(
      await screen.findByRole('heading', {
        name: new RegExp(reviews[3].title),
      }),
    ).toBeInTheDocument();
    over.unmount();

    const refused = async () => {
      throw await responseError(403, 'Not yours');
    };
    const foreign = open(review(), { getReview: refused }, [READ, MANAGE]);
    expect(
      await screen.findByText('There is no such review'),
    ).toBeInTheDocument();
    foreign.unmount();

    open(review(), {}, [MANAGE, DECIDE]);
    expect(
      await screen.findByText('You see this review and change nothing in it.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'More' }),
    ).not.toBeInTheDocument();
  });
});

describe('the people of a review', () => {
  const [running, , , remediation, completed] = reviews;
  const press = (name: string | RegExp) =>
    screen.findByRole('button', { name });

  it('gives it to another owner, and says in its history who did', async () => {
    let shown = running;
    const changeReviewOwner = jest
      .fn()
      .mockRejectedValueOnce(await responseError(400, 'is not in the catalog'))
      .mockImplementation(async () => {
        shown = { ...running, owner: 'user:default/mei.tanaka' };
        return shown;
      });
    const { user } = open(running, {
      getReview: async () => shown,
      changeReviewOwner,
      listReviewHistory: async () => pageOf(reviewChanges),
    });
    const history = await region('History');
    expect(
      history.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(
        /^priya\.raman reassigned 12 rows of omar\.haddad to mei\.tanaka.*4 had been decided.*Omar has left\./,
      ),
      expect.stringMatching(
        /^omar\.haddad made priya\.raman the owner, in place of omar\.haddad/,
      ),
    ]);
    await user.click(await press('More'));
    await user.click(
      await screen.findByRole('menuitem', { name: 'Change owner' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const to = dialog.getByRole('combobox', { name: 'New owner' });
    const submit = dialog.getByRole('button', { name: 'Change owner' });
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'Has left');
    await user.type(to, running.owner);
    await user.tab();
    expect(
      await dialog.findByText('Choose somebody else than priya.raman.'),
    ).toBeInTheDocument();
    expect(submit).toBeDisabled();
    await user.clear(to);
    await user.type(to, 'user:default/mei.tanaka');
    await user.tab();
    await user.click(submit);
    expect(await dialog.findByText(/not in the catalog/)).toBeInTheDocument();
    await user.click(submit);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(changeReviewOwner).toHaveBeenLastCalledWith('review-q4', {
      owner: 'user:default/mei.tanaka',
      reason: 'Has left',
    });
    const about = await region('About');
    expect(await about.findByText('mei.tanaka')).toBeInTheDocument();
  });

  it('reassigns all rows of somebody, and says which stay', async () => {
    const handOnReviewItems = jest
      .fn()
      .mockResolvedValueOnce({
        handed: 500,
        undone: 70,
        refused: [],
        more: true,
      })
      .mockResolvedValueOnce({
        handed: 11,
        undone: 4,
        refused: [
          { id: 'i', reason: { code: 'about-themself', text: 'x' } },
          ...['j', 'k'].map(id => ({
            id,
            reason: { code: 'waits-for-removal', text: 'x' },
          })),
        ],
        more: false,
      })
      .mockResolvedValue({ handed: 1, undone: 0, refused: [], more: false });
    const { user } = open(running, { handOnReviewItems });
    await user.click(await press('Reassign rows of mei.tanaka'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('radio', { name: '38 open rows' })).toBeChecked();
    const all = dialog.getByRole('radio', {
      name: 'All 112 rows, with what is decided',
    });
    expect(all).toHaveAccessibleDescription(/^74 of them are decided/);
    await user.click(all);
    const choose = async (ref: string) => {
      const to = dialog.getByRole('combobox', { name: 'To' });
      await user.clear(to);
      await user.type(to, ref);
      await user.tab();
    };
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'Has left');
    await choose('user:default/mei.tanaka');
    const submit = dialog.getByRole('button', { name: 'Reassign rows' });
    expect(submit).toBeDisabled();
    await choose('user:default/omar.haddad');
    await user.click(submit);
    expect(await dialog.findByText(/^Reassigned: 511\./)).toBeInTheDocument();
    expect(
      dialog.getByText(/^1 row stays, since it is about omar\.haddad/),
    ).toBeInTheDocument();
    expect(
      dialog.getByText(/^2 rows stay: they are revoked and wait/),
    ).toBeInTheDocument();
    await choose('user:default/priya.raman');
    await user.click(submit);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(handOnReviewItems).toHaveBeenCalledTimes(3);
    expect(handOnReviewItems).toHaveBeenLastCalledWith('review-q4', {
      from: 'user:default/mei.tanaka',
      to: 'user:default/priya.raman',
      reason: 'Has left',
      undoDecided: true,
    });
  });

  it('leaves what is revoked and waits for its removal, and takes nothing from an auditor', async () => {
    const summary = (revoke: number) => ({
      ...reviewSummary,
      reviewers: [
        {
          reviewer: 'user:default/mei.tanaka',
          total: 9,
          undecided: 0,
          revoke,
        },
      ],
    });
    const page = open(remediation, {
      getReviewSummary: async () => summary(2),
    });
    await page.user.click(await press('Reassign rows of mei.tanaka'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getAllByRole('radio')).toHaveLength(1);
    const all = dialog.getByRole('radio', { name: /^All 7 rows/ });
    expect(all).toBeChecked();
    expect(all).toHaveAccessibleDescription(/What is revoked waits/);
    page.unmount();

    const nothing = async (shown: Review, refused?: string[]) => {
      const other = open(
        shown,
        { getReviewSummary: async () => summary(9) },
        refused,
      );
      await region('About');
      if (isRunning(shown)) {
        await (await region('Reviewers')).findByText('mei.tanaka');
      }
      expect(
        screen.queryByRole('button', { name: /^Reassign/ }),
      ).not.toBeInTheDocument();
      const more = screen.queryByRole('button', { name: 'More' });
      other.unmount();
      return more;
    };
    expect(await nothing(remediation)).not.toBeNull();
    expect(await nothing(running, [MANAGE])).toBeNull();
    expect(await nothing(completed)).toBeNull();
  });
});

describe('what a reviewer has', () => {
  const press = (name: string) => screen.findByRole('button', { name });
  const [running] = reviews;

  it('is shown as it is by now, also while it is reassigned', async () => {
    let undecided = 38;
    const { user } = open(running, {
      getReviewSummary: async () => ({
        ...reviewSummary,
        reviewers: [
          {
            reviewer: 'user:default/mei.tanaka',
            total: 112,
            undecided,
            revoke: 0,
          },
        ],
      }),
      handOnReviewItems: async () => {
        undecided = 2;
        throw await responseError(409, 'Somebody decided');
      },
    });
    await user.click(await press('Reassign rows of mei.tanaka'));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'Has left');
    const to = dialog.getByRole('combobox', { name: 'To' });
    await user.type(to, 'user:default/omar.haddad');
    await user.tab();
    await user.click(dialog.getByRole('button', { name: 'Reassign rows' }));
    expect(
      await dialog.findByRole('radio', { name: '2 open rows' }),
    ).toBeInTheDocument();
  });

  it('is not undone once a rule decides', async () => {
    const overdueRule = 'revoke';
    const dueAt = '2026-01-01T00:00:00.000Z';
    const { user } = open({ ...running, overdueRule, dueAt });
    await user.click(await press('Reassign rows of mei.tanaka'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getAllByRole('radio')).toEqual([
      dialog.getByRole('radio', { name: '38 open rows' }),
    ]);
    // All that this one has is decided.
    expect(
      screen.queryByRole('button', {
        name: 'Reassign rows of priya.raman',
        hidden: true,
      }),
    ).not.toBeInTheDocument();
  });
});

describe('the end of a review', () => {
  const decidedAll = {
    ...reviews[3],
    owner: 'user:default/ana.lindqvist',
    gaps: [],
  };

  it('says who decides how many, and how far they are', async () => {
    open(reviews[0]);
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
    const page = open(reviews[0], {
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
    open(reviews[0], { getReviewSummary: () => Promise.reject(error) });
    await region('About');
    expect(printed('By the overdue rule')).toHaveTextContent(/Unknown$/);
    expect(printed('Other than recommended')).toHaveTextContent(/Unknown$/);
  });

  it('says what still keeps it from being signed off', async () => {
    open(decidedAll);
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
    const { user } = open(decidedAll, {
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
