// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { policyApi } from '../__testUtils__/policyApi';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PoliciesTab } from './PoliciesTab';

const path = '/policies/*';

describe('choosing the page of a document', () => {
  const open = async (more?: Partial<ConfluenceComplianceApi>) => {
    const calls = policyApi(more);
    const { user } = renderPage(<PoliciesTab />, {
      api: calls,
      at: '/policies',
      path,
    });
    const name = 'Choose its page: Backup';
    await user.click(await screen.findByRole('button', { name }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Nothing is chosen yet.')).toBeInTheDocument();
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    expect(save).toHaveAccessibleDescription('Choose a page first');
    return { calls, user, dialog, save };
  };

  it('searches by title, says which page it is now, and saves it', async () => {
    const { calls, user, dialog, save } = await open();
    await user.type(dialog.getByRole('combobox', { name: 'Page' }), '50%');
    await waitFor(() =>
      expect(calls.listPages).toHaveBeenLastCalledWith(
        { connection: 'northwind', status: 'current', limit: 20, q: '50%' },
        expect.anything(),
      ),
    );
    await user.click(
      await screen.findByRole('option', { name: /Backup <img/ }),
    );
    expect(await dialog.findByText('One current page')).toBeInTheDocument();
    await user.click(save);
    await waitFor(() =>
      expect(calls.mapPolicy).toHaveBeenCalledWith('backup', {
        connection: 'northwind',
        page: { by: 'id', id: '98305' },
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('asks groups to acknowledge it, added one by one or still in the field', async () => {
    const { calls, user, dialog, save } = await open();
    await user.click(
      dialog.getByRole('radio', { name: 'Whichever page has a label' }),
    );
    await user.type(dialog.getByRole('textbox', { name: 'Label' }), 'x');
    const field = () =>
      dialog.getByRole('combobox', { name: 'Whom it concerns' });
    const add = dialog.getByRole('button', { name: 'Add this group' });
    expect(add).toBeDisabled();
    await user.type(field(), 'user:default/ana');
    expect(add).toBeDisabled();
    expect(save).toBeDisabled();
    await user.clear(field());
    await user.type(field(), 'group:default/staff');
    await user.click(add);
    await user.type(field(), 'group:default/gone');
    await user.click(add);
    const off = { name: 'Take off group:default/gone' };
    await user.click(dialog.getByRole('button', off));
    await user.type(field(), 'Group:default/Guests');
    await waitFor(() => expect(save).toBeEnabled());
    await user.click(save);
    await waitFor(() =>
      expect(calls.mapPolicy).toHaveBeenCalledWith('backup', {
        connection: 'northwind',
        page: { by: 'label', label: 'x' },
        acknowledgedBy: ['group:default/staff', 'group:default/guests'],
      }),
    );
  });

  it('says plainly that a label means none, several, or is not known', async () => {
    const { user, dialog, save } = await open();
    await user.click(
      dialog.getByRole('radio', { name: 'Whichever page has a label' }),
    );
    const field = dialog.getByRole('textbox', { name: 'Label' });
    await user.type(field, 'none');
    expect(await dialog.findByText('No page is found')).toBeInTheDocument();
    expect(save).toBeDisabled();
    expect(save).toHaveAccessibleDescription(
      'It must be exactly one current page',
    );
    await user.clear(field);
    await user.type(field, 'several');
    expect(
      await dialog.findByText('2 current pages: a policy needs exactly one'),
    ).toBeInTheDocument();
    expect(save).toBeDisabled();
    await user.clear(field);
    await user.type(field, 'unread');
    expect(
      await dialog.findByText('Labels have not been read yet.'),
    ).toBeInTheDocument();
    expect(dialog.queryByText('Fail')).toBeNull();
    // The next sync reads it.
    expect(save).toBeEnabled();
  });

  it('cannot be saved while nobody knows which page it is', async () => {
    const { user, dialog, save } = await open({
      findPolicyPages: async () => {
        throw await responseError(400, 'There is no space POL');
      },
    });
    await user.click(dialog.getByRole('radio', { name: 'A title in a space' }));
    await user.type(dialog.getByRole('textbox', { name: 'Space' }), 'POL');
    await user.type(
      dialog.getByRole('textbox', { name: 'Title of the page' }),
      'Backup',
    );
    expect(save).toHaveAccessibleDescription(
      'It is looked up which page that is',
    );
    expect(await dialog.findByText(/There is no space POL/)).toBeVisible();
    expect(save).toBeDisabled();
    expect(save).toHaveAccessibleDescription(
      'It could not be looked up which page that is',
    );
  });

  it('keeps what was entered where it could not be saved, and says why', async () => {
    const { user, dialog, save, calls } = await open({
      mapPolicy: jest.fn(async () => {
        throw await responseError(409, 'The configuration names it');
      }),
    });
    await user.click(dialog.getByRole('radio', { name: 'A title in a space' }));
    await user.type(dialog.getByRole('textbox', { name: 'Space' }), 'POL');
    expect(save).toBeDisabled();
    await user.type(
      dialog.getByRole('textbox', { name: 'Title of the page' }),
      'Backup',
    );
    await waitFor(() => expect(save).toBeEnabled());
    await user.click(save);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The configuration names it',
    );
    expect(calls.mapPolicy).toHaveBeenCalledWith('backup', {
      connection: 'northwind',
      page: { by: 'title', space: 'POL', title: 'Backup' },
    });
    expect(dialog.getByRole('textbox', { name: 'Space' })).toHaveValue('POL');
  });

  it('is shown where the finding of the document led', async () => {
    renderPage(<PoliciesTab />, {
      api: policyApi(),
      at: '/policies?document=backup',
      path,
    });
    const row = await screen.findByRole('row', { current: true });
    expect(
      within(row).getByRole('button', { name: 'Choose its page: Backup' }),
    ).toBeInTheDocument();
  });

  it('is not offered to whoever may not', async () => {
    renderPage(<PoliciesTab />, {
      api: policyApi(),
      at: '/policies',
      path,
      refused: ['confluence-compliance.policy.manage'],
    });
    expect(await screen.findByText(/policy\.manage/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Choose/ })).toBeNull();
  });
});
