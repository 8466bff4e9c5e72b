// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import {
  delegations,
  hostile,
  othersDelegation,
  pageOf,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const DECIDE = 'confluence-compliance.review.decide';
const MANAGE = 'confluence-compliance.review.manage';

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([]),
      listReviews: async () => pageOf([]),
      listOwnReviews: async () => pageOf([]),
      listDelegations: async () => pageOf(delegations),
      listAllDelegations: async () => pageOf([othersDelegation]),
      ...api,
    },
    at: '/reviews',
    path: '/reviews/*',
    refused,
  });
}

const panel = async () =>
  within(
    await screen.findByRole('region', { name: 'Deciding for each other' }),
  );
const lines = async () => (await panel()).findAllByRole('listitem');

describe('Delegations', () => {
  it('says who decides for whom until when, and ends what was given', async () => {
    const endDelegation = jest
      .fn()
      .mockRejectedValueOnce(await responseError(409, 'It has ended already'))
      .mockResolvedValue(delegations[3]);
    const { user } = open({ endDelegation });
    await waitFor(async () =>
      expect((await lines())[0]).toHaveTextContent(
        /mei\.tanaka decides for you.*On leave\..*Now/,
      ),
    );
    const [, planned, received, ...rest] = await lines();
    expect(rest).toHaveLength(0);
    expect(planned).toHaveTextContent(/omar\.haddad decides for you.*Planned/);
    expect(received).toHaveTextContent(/You decide for priya\.raman.*Now/);
    // Only who gave it can end it.
    expect(within(received).queryByRole('button')).not.toBeInTheDocument();
    await user.click((await panel()).getByRole('button', { name: /are over/ }));
    expect(await lines()).toHaveLength(4);
    await user.click(
      screen.getByRole('button', { name: 'End, mei.tanaka decides for you' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'End' }));
    expect(await dialog.findByText(/has ended already/)).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'End' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(endDelegation).toHaveBeenLastCalledWith('delegation-1');
  });

  it('does not call it nothing where the first page is over and there is another', async () => {
    const over = delegations[3];
    open({
      listDelegations: async () =>
        pageOf([over], { totalItems: 120, pageInfo: { nextCursor: 'next' } }),
    });
    expect(
      await (await panel()).findByText('1 of 120 shown'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/^You are away/)).not.toBeInTheDocument();
  });

  it('teaches what it is, and takes nobody but somebody else', async () => {
    const { user } = open({ listDelegations: async () => pageOf([]) });
    expect(
      await (await panel()).findByText(/^You are away for a while\?/),
    ).toBeInTheDocument();
    await user.click(
      screen.getByRole('button', { name: 'Let somebody decide for me' }),
    );
    const to = await screen.findByRole('combobox', {
      name: 'Who decides for you',
    });
    await user.type(to, 'user:default/ana.lindqvist');
    await user.tab();
    expect(
      await screen.findByText('Choose somebody else than you.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Let them decide' }),
    ).toBeDisabled();
  });

  it('sends from when to when and why', async () => {
    const delegateReviews = jest.fn(async () => delegations[0]);
    const { user } = open({ delegateReviews });
    await user.click(
      await screen.findByRole('button', { name: 'Let somebody decide for me' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(
      dialog.getByRole('combobox', { name: 'Who decides for you' }),
      'user:default/mei.tanaka',
    );
    await user.tab();
    const until = within(dialog.getByRole('group', { name: 'Until' }));
    const part = (name: RegExp) => until.getByRole('spinbutton', { name });
    const soon = new Date(Date.now() + 30 * 86_400_000);
    const [year, month, day] = [
      soon.getFullYear(),
      soon.getMonth() + 1,
      soon.getDate(),
    ];
    const two = (n: number) => String(n).padStart(2, '0');
    await user.type(part(/month/), two(month));
    await user.type(part(/day/), two(day));
    await user.type(part(/year/), '2020');
    expect(await dialog.findByText(/^Until must be today/)).toBeInTheDocument();
    await user.type(part(/year/), '2099');
    expect(
      await dialog.findByText('Until must be at most a year ahead.'),
    ).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Let them decide' }),
    ).toBeDisabled();
    await user.type(part(/year/), String(year));
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'On leave.');
    await user.click(dialog.getByRole('button', { name: 'Let them decide' }));
    await waitFor(() =>
      expect(delegateReviews).toHaveBeenCalledWith({
        to: 'user:default/mei.tanaka',
        endsAt: new Date(
          `${year}-${two(month)}-${two(day)}T23:59:59`,
        ).toISOString(),
        reason: 'On leave.',
      }),
    );
  });

  it('shows whoever manages reviews who decides for whom, and ends that', async () => {
    const endAnyDelegation = jest.fn(async () => othersDelegation);
    const page = open({ endAnyDelegation });
    const all = async () =>
      within(
        await screen.findByRole('region', { name: 'Who decides for whom' }),
      );
    const [line, ...rest] = await (await all()).findAllByRole('listitem');
    expect(rest).toHaveLength(0);
    expect(line).toHaveTextContent(
      /priya\.raman decides for omar\.haddad.*Moved to another team\..*Now/,
    );
    await page.user.click(
      screen.getByRole('button', {
        name: 'End, priya.raman decides for omar.haddad',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/no longer sees or decides the rows of/),
    ).toBeInTheDocument();
    await page.user.click(dialog.getByRole('button', { name: 'End' }));
    await waitFor(() =>
      expect(endAnyDelegation).toHaveBeenCalledWith('delegation-9'),
    );
    page.unmount();

    const nobody = open({ listAllDelegations: async () => pageOf([]) });
    expect(
      await (await all()).findByText('Nobody decides for somebody else.'),
    ).toBeInTheDocument();
    nobody.unmount();

    open({}, [MANAGE]);
    await panel();
    expect(screen.queryByText('Who decides for whom')).not.toBeInTheDocument();
  });

  it('shows hostile reasons as text, and nothing to whoever decides nothing', async () => {
    const page = open({
      listDelegations: async () =>
        pageOf([{ ...delegations[0], reason: hostile }]),
    });
    expect(await (await panel()).findByText(hostile)).toBeInTheDocument();
    page.unmount();

    open({}, [DECIDE]);
    expect(await screen.findByText('No review yet')).toBeInTheDocument();
    expect(
      screen.queryByText('Deciding for each other'),
    ).not.toBeInTheDocument();
  });
});
