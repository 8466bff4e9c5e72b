// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  hostile,
  pageOf,
  reviewTemplate,
  reviewTemplates,
} from '../../__testUtils__/fixtures';
import { region, renderPage, responseError } from '../../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../../api';
import { RecurringPanel } from './RecurringPanel';

const MANAGE = 'confluence-compliance.review.manage';

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<RecurringPanel />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listReviewTemplates: async () => pageOf(reviewTemplates),
      listAllDelegations: async () => pageOf([]),
      ...api,
    },
    refused,
  });
}

const more = (title: string) => ({ name: `More about ${title}` });

describe('RecurringPanel', () => {
  it('says what recurs how often, the next and what became of the last', async () => {
    open();
    const panel = await region('Recurring reviews');
    const admins = await panel.findByRole('row', { name: /Administrators/ });
    await waitFor(() =>
      expect(admins).toHaveTextContent(
        /All access to Northwind, only what administers.*From config, read-only here.*Every 3 months.*Started at once.*2027-01.*2026-10/,
      ),
    );
    expect(
      within(admins).getByRole('link', { name: '2026-10' }),
    ).toHaveAttribute('href', '/reviews/review-proof');
    expect(panel.getByRole('row', { name: /Guests/ })).toHaveTextContent(
      /Every month.*As a draft.*Within minutes.*2026-11.*None yet/,
    );
    expect(panel.getByRole('row', { name: /Payments/ })).toHaveTextContent(
      /When the critical system is due.*Not planned.*2026-10-31.*Not started.*was not read whole/,
    );
    expect(
      panel.queryByRole('button', more('Administrators')),
    ).not.toBeInTheDocument();
    expect(
      panel.getByRole('link', { name: 'New recurring review' }),
    ).toHaveAttribute('href', '/reviews/recurring/new');
  });

  it('asks before one is deleted, and says why it could not be', async () => {
    const deleteReviewTemplate = jest
      .fn()
      .mockRejectedValueOnce(await responseError(409, 'Somebody was faster'))
      .mockResolvedValue(undefined);
    const { user } = open({ deleteReviewTemplate });
    const button = await screen.findByRole('button', more('Payments'));
    await user.click(button);
    expect(
      await screen.findByRole('menuitem', { name: 'Edit' }),
    ).toHaveAttribute('href', '/reviews/recurring/payments/edit');
    await user.click(screen.getByRole('menuitem', { name: 'Delete' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Delete Payments' }),
    );
    expect(deleteReviewTemplate).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    expect(await dialog.findByText(/Somebody was faster/)).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(deleteReviewTemplate).toHaveBeenLastCalledWith('payments');
  });

  it('clears away one that the configuration outweighs, and edits none of these', async () => {
    const both = reviewTemplate({ origin: 'config', alsoInPortal: true });
    const { user } = open({ listReviewTemplates: async () => pageOf([both]) });
    await user.click(await screen.findByRole('button', more('Payments')));
    expect(await screen.findAllByRole('menuitem')).toHaveLength(1);
    await user.click(screen.getByRole('menuitem', { name: 'Delete' }));
    expect(
      await screen.findByText(/only the one of the portal/),
    ).toBeInTheDocument();
  });

  it('teaches where there is none, and gives nobody a button who may not', async () => {
    const empty = open({ listReviewTemplates: async () => pageOf([]) });
    expect(await screen.findByText('No review recurs yet')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'New recurring review' }),
    ).toBeVisible();
    empty.unmount();

    const refused = open({}, [MANAGE]);
    expect(await screen.findByText('Payments')).toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'New recurring review' }),
    ).not.toBeInTheDocument();
    refused.unmount();

    const error = await responseError(500, 'No answer from the database');
    const failing = open({ listReviewTemplates: () => Promise.reject(error) });
    expect(
      await screen.findByText(/No answer from the database/),
    ).toBeInTheDocument();
    failing.unmount();

    const title = hostile;
    open({
      listReviewTemplates: async () => pageOf([reviewTemplate({ title })]),
    });
    expect(await screen.findByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
