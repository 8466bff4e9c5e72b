// SPDX-License-Identifier: Apache-2.0
import type { Review } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import { reviews, reviewSummary } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region, responseError } from '../__testUtils__/render';
import { isRunning } from './state';

const [running, , , remediation, completed] = reviews;
const MANAGE = 'confluence-compliance.review.manage';
const press = (name: string) => screen.findByRole('button', { name });

describe('HandOnDialog', () => {
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
    const { user } = openReview(running, { handOnReviewItems });
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
    const page = openReview(remediation, {
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
      const other = openReview(
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

  it('is shown as it is by now, also while it is reassigned', async () => {
    let undecided = 38;
    const { user } = openReview(running, {
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
    const { user } = openReview({ ...running, overdueRule, dueAt });
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
