// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import {
  connection,
  groups,
  pageOf,
  reviewPreview,
  reviewTemplate,
  reviewTemplates,
  spaces,
} from '../../__testUtils__/fixtures';
import {
  criticalSite,
  criticalSpace,
} from '../../__testUtils__/fixtures/systems';
import { region, renderPage, responseError } from '../../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../../api';
import { ReviewsTab } from '../ReviewsTab';

const MANAGE = 'confluence-compliance.review.manage';

function open(
  at: string,
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listSpaces: async () => pageOf(spaces),
      listGroups: async () => pageOf(groups),
      listReviews: async () => pageOf([]),
      listOwnReviews: async () => pageOf([]),
      listDelegations: async () => pageOf([]),
      listAllDelegations: async () => pageOf([]),
      listCriticalSystems: async () => pageOf([criticalSite, criticalSpace]),
      listReviewTemplates: async () => pageOf(reviewTemplates),
      previewReview: async () => reviewPreview,
      ...api,
    },
    at: `/reviews/recurring/${at}`,
    path: '/reviews/*',
    refused,
  });
}

/** Puts a whole reference into a picker; its open list hides the rest of the page. */
async function pick(user: UserEvent, name: string, ref: string) {
  const field = await screen.findByRole('combobox', { name });
  await user.click(field);
  await user.clear(field);
  await user.paste(ref);
  await user.tab();
}

const press = (name: string) => screen.getByRole('button', { name });

// Each key and press goes through a whole form.
jest.setTimeout(60_000);

describe('TemplatePage', () => {
  it('makes one, and tries it again under the same id', async () => {
    const refused = await responseError(
      400,
      '✖ must be less\n  → at dueInDays\n✖ unknown rule\n  → at reviewers[0]',
    );
    const setReviewTemplate = jest
      .fn()
      .mockRejectedValueOnce(refused)
      .mockResolvedValue(reviewTemplate());
    const { user, address } = open('new', { setReviewTemplate });
    await user.type(
      await screen.findByRole('textbox', { name: 'Name' }),
      'Site',
    );
    // Where nothing is due there is nothing to follow.
    await user.click(screen.getByRole('button', { name: /How often/ }));
    expect(
      screen.queryByRole('option', { name: /critical system/ }),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('option', { name: 'Every 6 months' }));
    await user.click(screen.getByRole('radio', { name: 'Started at once' }));
    await pick(user, 'Reviewer', 'user:default/mei.tanaka');
    await pick(user, 'Fallback reviewer', 'user:default/omar.haddad');
    const owner = screen.getByRole('combobox', { name: 'Owner' });
    await waitFor(() =>
      expect(owner).toHaveValue('user:default/ana.lindqvist'),
    );
    // Its list may be open, and hides the rest of the page, too.
    await user.tab();
    await user.click(press('Create'));
    const when = await region('When');
    expect(await when.findByText(/must be less/)).toBeInTheDocument();
    expect(
      (await region('Who decides')).getByText(/unknown rule/),
    ).toBeInTheDocument();
    await user.click(press('Create'));
    await waitFor(() => expect(address.current).toBe('/reviews'));
    const [first, second] = setReviewTemplate.mock.calls;
    expect(first[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(second).toEqual(first);
    expect(first[1]).toEqual({
      title: 'Site',
      scope: { connection: 'northwind' },
      owner: 'user:default/ana.lindqvist',
      reviewer: 'user:default/mei.tanaka',
      fallbackReviewer: 'user:default/omar.haddad',
      cadence: { months: 6 },
      dueInDays: 30,
      overdueRule: 'keep-open',
      makes: 'started',
    });
  });

  it('begins with what one is made of, and changes only what is changed', async () => {
    const setReviewTemplate = jest.fn(async () => reviewTemplate());
    const { user } = open('payments/edit', { setReviewTemplate });
    const title = await screen.findByRole('textbox', { name: 'Name' });
    expect(title).toHaveValue('Payments');
    await user.clear(title);
    expect(press('Save')).toBeDisabled();
    await user.type(title, 'Pay');
    const days = screen.getByRole('textbox', { name: 'Days to decide' });
    await user.clear(days);
    await user.type(days, '14');
    await user.tab();
    await user.click(press('Save'));
    await waitFor(() =>
      expect(setReviewTemplate).toHaveBeenCalledWith('payments', {
        title: 'Pay',
        scope: { connection: 'northwind', system: 'space:65537' },
        owner: 'user:default/priya.raman',
        reviewers: ['space-owner', 'manager'],
        fallbackReviewer: 'user:default/omar.haddad',
        cadence: 'system',
        dueInDays: 14,
        overdueRule: 'keep-open',
        makes: 'draft',
      }),
    );
  });

  it('keeps a group that was chosen before, and follows nothing without a system', async () => {
    const setReviewTemplate = jest.fn(async () => reviewTemplate());
    const page = open('guests/edit', { setReviewTemplate });
    expect(
      await screen.findByPlaceholderText(/^Now auditors;/),
    ).toBeInTheDocument();
    await page.user.click(press('Save'));
    await waitFor(() =>
      expect(setReviewTemplate).toHaveBeenCalledWith(
        'guests',
        expect.objectContaining({
          scope: { connection: 'northwind', group: 'g-auditors', guests: true },
          reviewer: 'user:default/mei.tanaka',
          cadence: { months: 1 },
        }),
      ),
    );
    page.unmount();

    setReviewTemplate.mockClear();
    const { user } = open('payments/edit', { setReviewTemplate });
    await user.click(
      await screen.findByRole('radio', { name: 'The whole site' }),
    );
    expect(press('Save')).toBeDisabled();
    const who = within(screen.getByRole('region', { name: 'Who decides' }));
    await user.click(
      who.getByRole('checkbox', { name: 'The owner of each space' }),
    );
    await user.click(press('Save'));
    await waitFor(() =>
      expect(setReviewTemplate).toHaveBeenCalledWith(
        'payments',
        expect.objectContaining({ cadence: { months: 3 } }),
      ),
    );
  });

  it('changes none of the configuration, and says what it takes', async () => {
    const fixed = open('admins/edit');
    expect(
      await screen.findByText('This one stands in the config'),
    ).toBeInTheDocument();
    fixed.unmount();

    const missing = open('nothing/edit');
    expect(
      await screen.findByText('There is no such recurring review'),
    ).toBeInTheDocument();
    missing.unmount();

    open('new', {}, [MANAGE]);
    expect(
      await screen.findByText(/needs the permission .*review\.manage/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});
