// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import {
  ago,
  pageOf,
  remediations,
  review,
  reviews,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const MANAGE = 'confluence-compliance.review.manage';
const EXECUTE = 'confluence-compliance.remediation.execute';
const proof = reviews[3];

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([]),
      getReview: async () => proof,
      listRemediations: async () => pageOf(remediations),
      ...api,
    },
    at: '/reviews/review-proof/remediations',
    path: '/reviews/*',
    refused,
  });
}

const all = 'Select every removal that is not proven';

describe('AssignRemovals', () => {
  it('assigns several at once, and none that is proven gone', async () => {
    const assignRemediations = jest.fn(async () => ({ items: [] }));
    const { user } = open({ assignRemediations });
    await user.click(await screen.findByRole('checkbox', { name: all }));
    expect(
      screen.queryByRole('checkbox', { name: /^Select Omar Haddad/ }),
    ).not.toBeInTheDocument();
    await user.click(
      screen.getByRole('checkbox', { name: /^Select Kofi Mensah/ }),
    );
    await user.click(screen.getByRole('button', { name: 'Assign' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Assign 3 removals' }),
    );
    const submit = dialog.getByRole('button', { name: 'Assign' });
    expect(submit).toBeDisabled();
    await user.type(
      dialog.getByRole('combobox', { name: 'Who removes it' }),
      'user:default/mei.tanaka',
    );
    await user.tab();
    await user.click(screen.getByRole('button', { name: 'Assign' }));
    await waitFor(() =>
      expect(assignRemediations).toHaveBeenCalledWith('review-proof', {
        items: ['gone-ravi', 'gone-ana', 'gone-yuki'],
        owner: 'user:default/mei.tanaka',
      }),
    );
    await waitFor(() =>
      expect(screen.queryByText('3 selected')).not.toBeInTheDocument(),
    );
  });

  it('says who removes what by when, and what is late', async () => {
    const [ravi] = remediations;
    const { item } = ravi;
    open({
      listRemediations: async () =>
        pageOf([
          {
            ...ravi,
            dueAt: ago(3 * 60),
            item: {
              ...item,
              decision: item.decision && {
                ...item.decision,
                by: 'user:default/omar.haddad',
                for: 'user:default/mei.tanaka',
              },
            },
          },
        ]),
    });
    const row = await screen.findByRole('row', { name: /^Ravi Menon|Ravi/ });
    expect(row).toHaveTextContent(
      /by omar\.haddad in the place of mei\.tanaka/,
    );
    expect(row).toHaveTextContent(/priya\.raman.*Due 3 hours ago.*Overdue/);
  });

  it('says what went wrong, and asks nobody who may not or of a sealed review', async () => {
    const error = await responseError(409, 'Item gone-ravi is not revoked');
    const page = open({ assignRemediations: () => Promise.reject(error) });
    await page.user.click(await screen.findByRole('checkbox', { name: all }));
    await page.user.click(screen.getByRole('button', { name: 'Assign' }));
    await page.user.type(
      await screen.findByRole('combobox', { name: 'Who removes it' }),
      'user:default/mei.tanaka',
    );
    await page.user.tab();
    await page.user.click(screen.getByRole('button', { name: 'Assign' }));
    expect(await screen.findByText(/is not revoked/)).toBeInTheDocument();
    page.unmount();

    const refused = open({}, [MANAGE, EXECUTE]);
    expect(await screen.findByText('Kofi Mensah')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    refused.unmount();

    open({ getReview: async () => review({ state: 'completed' }) });
    expect(await screen.findByText('Kofi Mensah')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });
});
