// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { mapping, policyDetail } from '../__testUtils__/fixtures/policies';
import { policyApi } from '../__testUtils__/policyApi';
import { region, renderPage } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PoliciesTab } from './PoliciesTab';

describe('the page of a policy', () => {
  const show = (more: Partial<ConfluenceComplianceApi>) => {
    const calls = policyApi(more);
    const { user } = renderPage(<PoliciesTab />, {
      api: calls,
      at: '/policies/cryptography',
      path: '/policies/*',
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

  it('changes whom it concerns also where its page is not found any more', async () => {
    const { user } = show({
      getPolicy: async () =>
        policyDetail({
          id: 'cryptography',
          origin: 'portal',
          mapping: { ...mapping, page: { by: 'label', label: 'none' } },
        }),
    });
    const panel = await region('Its page');
    await user.click(panel.getByRole('button', { name: 'Change' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('No page is found')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Save' })).toBeEnabled();
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
