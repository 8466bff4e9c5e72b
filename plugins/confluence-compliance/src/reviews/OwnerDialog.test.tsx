// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { pageOf, reviewChanges, reviews } from '../__testUtils__/fixtures';
import { openReview } from '../__testUtils__/openReview';
import { region, responseError } from '../__testUtils__/render';

const [running] = reviews;
const press = (name: string) => screen.findByRole('button', { name });

describe('OwnerDialog', () => {
  it('gives it to another owner, and says in its history who did', async () => {
    let shown = running;
    const changeReviewOwner = jest
      .fn()
      .mockRejectedValueOnce(await responseError(400, 'is not in the catalog'))
      .mockImplementation(async () => {
        shown = { ...running, owner: 'user:default/mei.tanaka' };
        return shown;
      });
    const { user } = openReview(running, {
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
});
