// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { connection, hostile, pageOf } from '../__testUtils__/fixtures';
import { ownedPages } from '../__testUtils__/fixtures/pages';
import {
  mapping,
  policies,
  policyDetail,
  policyDifference,
  policyEditors,
  policyDocuments,
  policyPages,
} from '../__testUtils__/fixtures/policies';
import { progress } from '../__testUtils__/fixtures/acknowledgements';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PoliciesTab } from './PoliciesTab';

const path = '/policies/*';

function api(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () =>
      pageOf([connection({ purposes: ['access-review', 'policy'] })]),
    listPolicies: async () => pageOf(policies),
    listPolicyDocuments: async () => pageOf(policyDocuments),
    listPages: jest.fn(async () =>
      pageOf([{ ...ownedPages[1], title: `Backup ${hostile}` }]),
    ),
    findPolicyPages: jest.fn(async ({ id, label, title }) =>
      policyPages(id ?? label ?? title ?? ''),
    ) as ConfluenceComplianceApi['findPolicyPages'],
    mapPolicy: jest.fn(async () => policyDetail()),
    unmapPolicy: jest.fn(async () => undefined),
    getPolicy: async () => policyDetail(),
    getPolicyDifference: async () => policyDifference(),
    getPolicyEditors: async () => policyEditors(),
    getAcknowledgements: async () => progress(),
    listOwnAcknowledgements: async () => ({ items: [] }),
    getAccount: jest.fn(async () => ({})) as never,
    ...more,
  };
}

describe('choosing the page of a document', () => {
  const open = async (more?: Partial<ConfluenceComplianceApi>) => {
    const calls = api(more);
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
    await user.clear(field);
    await user.type(field, 'several');
    expect(
      await dialog.findByText('2 current pages: a policy needs exactly one'),
    ).toBeInTheDocument();
    await user.clear(field);
    await user.type(field, 'unread');
    expect(
      await dialog.findByText('Labels have not been read yet.'),
    ).toBeInTheDocument();
    expect(dialog.queryByText('Fail')).toBeNull();
    // The next sync reads it.
    expect(save).toBeEnabled();
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

  it('is not offered to whoever may not', async () => {
    renderPage(<PoliciesTab />, {
      api: api(),
      at: '/policies',
      path,
      refused: ['confluence-compliance.policy.manage'],
    });
    expect(await screen.findByText(/policy\.manage/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Choose/ })).toBeNull();
  });
});

describe('the page of a policy', () => {
  const show = (more: Partial<ConfluenceComplianceApi>) => {
    const calls = api(more);
    const { user } = renderPage(<PoliciesTab />, {
      api: calls,
      at: '/policies/cryptography',
      path,
    });
    return { calls, user };
  };

  it('is from the configuration, or changed and taken off in the portal', async () => {
    const { calls, user } = show({
      getPolicy: async () =>
        policyDetail({
          id: 'cryptography',
          origin: 'portal',
          mapping: { ...mapping, acknowledgedBy: ['group:default/staff'] },
          acknowledgedBy: ['group:default/staff'],
        }),
    });
    const panel = await region('Its page');
    expect(panel.getByText('Chosen in the portal.')).toBeInTheDocument();
    expect(panel.getByText('Acknowledged by')).toBeInTheDocument();
    await user.click(panel.getByRole('button', { name: 'Change' }));
    const change = within(await screen.findByRole('dialog'));
    expect(change.getByRole('combobox', { name: 'Page' })).toHaveValue('98311');
    expect(await change.findByText('One current page')).toBeInTheDocument();
    expect(
      change.getByRole('button', { name: 'Take off group:default/staff' }),
    ).toBeInTheDocument();
    await user.click(change.getByRole('button', { name: 'Cancel' }));
    await user.click(panel.getByRole('button', { name: 'Take off' }));
    const off = within(await screen.findByRole('dialog'));
    await user.click(off.getByRole('button', { name: 'Take off' }));
    await waitFor(() =>
      expect(calls.unmapPolicy).toHaveBeenCalledWith('cryptography'),
    );
    expect(
      await screen.findByText('2 of 4 required policies need somebody'),
    ).toBeInTheDocument();
  });

  it('says how often it is reviewed where the policy does', async () => {
    show({ getPolicy: async () => policyDetail({ reviewEvery: 'P6M' }) });
    const panel = await region('Its page');
    expect(panel.getByText('Reviewed every 6 months.')).toBeInTheDocument();
  });

  it('cannot be changed where the configuration has it', async () => {
    show({});
    const panel = await region('Its page');
    expect(
      panel.getByText('From the configuration, read-only here.'),
    ).toBeInTheDocument();
    expect(panel.queryByText(/^Reviewed every/)).toBeNull();
    expect(
      panel.getByText('Nobody is asked to acknowledge it.'),
    ).toBeInTheDocument();
    expect(panel.queryByRole('button')).toBeNull();
  });
});
