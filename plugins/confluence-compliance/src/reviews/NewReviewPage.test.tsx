// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import {
  connection,
  groups,
  pageOf,
  review,
  reviewPreview,
  spaces,
} from '../__testUtils__/fixtures';
import { criticalSite, criticalSpace } from '../__testUtils__/fixtures/systems';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const MANAGE = 'confluence-compliance.review.manage';

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listSpaces: async () => pageOf(spaces),
      getReview: async () => review(),
      previewReview: async () => reviewPreview,
      listReviewHistory: async () => pageOf([]),
      ...api,
    },
    at: '/reviews/new',
    path: '/reviews/*',
    refused,
  });
}

const field = (name: string) => screen.findByRole('textbox', { name });

/** Puts a whole reference into a picker; its open list hides the rest of the page. */
async function pick(user: UserEvent, name: string, ref: string) {
  await user.click(await screen.findByRole('combobox', { name }));
  await user.paste(ref);
  await user.tab();
}

// Each key and press goes through a whole form.
jest.setTimeout(60_000);

describe('NewReviewPage', () => {
  it('makes a draft of one space, decided by one person', async () => {
    const createReview = jest.fn(async () => review({ id: 'made' }));
    const { user, address } = open({ createReview });
    await user.type(await field('Name'), 'Payments');
    await user.click(await screen.findByRole('radio', { name: 'One space' }));
    await user.click(await screen.findByRole('combobox', { name: 'Space' }));
    await user.keyboard('{ArrowDown}');
    const [first] = await screen.findAllByRole('option');
    await user.click(first);
    await pick(user, 'Reviewer', 'priya');
    await pick(user, 'Fallback reviewer', 'user:default/omar.haddad');
    const submit = screen.getByRole('button', { name: 'Create draft' });
    expect(submit).toBeDisabled();
    expect(
      screen.getByText('Write a reference such as user:default/priya.raman.'),
    ).toBeInTheDocument();
    await user.clear(screen.getByRole('combobox', { name: 'Reviewer' }));
    await pick(user, 'Reviewer', 'user:default/priya.raman');
    await user.click(submit);
    await waitFor(() =>
      expect(createReview).toHaveBeenCalledWith({
        title: 'Payments',
        scope: { connection: 'northwind', space: spaces[0].spaceId },
        reviewer: 'user:default/priya.raman',
        fallbackReviewer: 'user:default/omar.haddad',
      }),
    );
    await waitFor(() => expect(address.current).toBe('/reviews/made'));
  });

  it('says how much it would cover, and what was not read whole', async () => {
    const previewReview = jest.fn(async () => reviewPreview);
    const page = open({ previewReview });
    const panel = within(
      await screen.findByRole('region', { name: 'What it would cover now' }),
    );
    expect(await panel.findByText('326 rows')).toBeInTheDocument();
    expect(
      panel.getByText(/in 14 groups and spaces, as of revision 1.482\./),
    ).toBeInTheDocument();
    expect(panel.getByText(/^2 of what is in scope/)).toBeInTheDocument();
    expect(panel.getByText('contractors')).toBeInTheDocument();
    await page.user.click(screen.getByRole('checkbox', { name: 'Guests' }));
    await waitFor(() =>
      expect(previewReview).toHaveBeenLastCalledWith(
        { scope: { connection: 'northwind', guests: true } },
        expect.anything(),
      ),
    );
    await page.user.click(screen.getByRole('radio', { name: 'One group' }));
    expect(
      await panel.findByText(/^Choose what it covers/),
    ).toBeInTheDocument();
    page.unmount();

    const error = await responseError(500, 'It took too long');
    open({ previewReview: () => Promise.reject(error) });
    const failed = await screen.findByText(
      /It took too long/,
      {},
      { timeout: 10_000 },
    );
    expect(failed).toBeInTheDocument();
  });

  it('asks owners of spaces first and managers then, over a critical system', async () => {
    const createReview = jest.fn(async () => review({ id: 'made' }));
    const { user } = open({
      createReview,
      listCriticalSystems: async () => pageOf([criticalSite, criticalSpace]),
      listGroups: async () => pageOf(groups),
    });
    await user.type(await field('Name'), 'Payments');
    await user.click(
      await screen.findByRole('radio', { name: 'One critical system' }),
    );
    await user.click(
      await screen.findByRole('button', { name: /Critical system/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: criticalSpace.resource.title }),
    );
    const tick = (name: string) =>
      user.click(screen.getByRole('checkbox', { name }));
    await tick('One person');
    expect(
      screen.getByText('The fallback reviewer decides everything.'),
    ).toBeInTheDocument();
    await tick('The owner of each space');
    await tick('The owner of each group');
    await tick('The manager of each person');
    await pick(user, 'Fallback reviewer', 'user:default/omar.haddad');
    // The system brings the owner of its space, but nobody owns groups yet.
    const submit = screen.getByRole('button', { name: 'Create draft' });
    expect(submit).toBeDisabled();
    const add = within(
      screen.getByRole('group', { name: 'Owner of the group' }),
    );
    await user.click(add.getByRole('combobox', { name: 'Group' }));
    await user.keyboard('{ArrowDown}');
    const [first] = await screen.findAllByRole('option');
    await user.click(first);
    await pick(user, 'Owner of the group', 'user:default/mei.tanaka');
    // Whoever is chosen and not added would be lost.
    expect(add.getByText(/^This owner is not added yet/)).toBeInTheDocument();
    await user.click(add.getByRole('button', { name: 'Add owner' }));
    expect(add.queryByText(/^This owner is not added yet/)).toBeNull();
    // What becomes of undecided rows is asked once there is a day.
    const rule = /^What nobody has decided/;
    expect(screen.queryByRole('radiogroup', { name: rule })).toBeNull();
    const due = within(screen.getByRole('region', { name: 'Due' }));
    await user.click(due.getByRole('spinbutton', { name: /^month/ }));
    await user.keyboard('12312030');
    await user.click(
      within(due.getByRole('radiogroup', { name: rule })).getByRole('radio', {
        name: 'Is deferred',
      }),
    );
    await user.click(submit);
    await waitFor(() =>
      expect(createReview).toHaveBeenCalledWith({
        title: 'Payments',
        scope: {
          connection: 'northwind',
          system: criticalSpace.resource.ref,
        },
        reviewers: ['space-owner', 'group-owner', 'manager'],
        owners: [
          {
            kind: 'group',
            id: groups[0].groupId,
            owner: 'user:default/mei.tanaka',
          },
        ],
        fallbackReviewer: 'user:default/omar.haddad',
        dueAt: expect.stringMatching(/^203[01]-/),
        overdueRule: 'defer',
      }),
    );
  });

  it('says what went wrong, and what it takes', async () => {
    const error = await responseError(400, 'scope.connection is not known');
    const page = open({ createReview: () => Promise.reject(error) });
    await page.user.type(await field('Name'), 'Everything');
    await page.user.click(screen.getByRole('checkbox', { name: 'One person' }));
    await pick(page.user, 'Fallback reviewer', 'user:default/omar.haddad');
    await page.user.click(screen.getByRole('button', { name: 'Create draft' }));
    expect(
      await screen.findByText(/scope.connection is not known/),
    ).toBeInTheDocument();
    page.unmount();

    open({}, [MANAGE]);
    expect(
      await screen.findByText(/needs the permission .*review\.manage/),
    ).toBeInTheDocument();
  });
});
