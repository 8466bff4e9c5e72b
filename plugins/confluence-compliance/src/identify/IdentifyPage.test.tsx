// SPDX-License-Identifier: Apache-2.0
import { act, screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  hostile,
  pageOf,
  person,
  queue,
  suggestion,
  unidentified,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { IdentifyPage } from './IdentifyPage';

function open(api: Partial<ConfluenceComplianceApi> = {}, search = '') {
  const linkAccount = jest.fn(async () => ({}));
  const classifyAccount = jest.fn(async () => ({}));
  const linkAccounts = jest.fn(async () => ({ decided: 2 }));
  const classifyAccounts = jest.fn(async () => ({ decided: 2 }));
  const page = renderPage(<IdentifyPage />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listUnidentified: async () => pageOf(queue),
      listPeople: async () => pageOf([]),
      linkAccount,
      classifyAccount,
      linkAccounts,
      classifyAccounts,
      ...api,
    },
    at: `/accounts/identify${search}`,
  });
  return {
    ...page,
    linkAccount,
    classifyAccount,
    linkAccounts,
    classifyAccounts,
  };
}

const list = () => screen.findByRole('listbox');
const inFocus = async () =>
  within(await list()).getByRole('option', { selected: true });

const linkOf = (accountId: string, to: object) => ({
  connection: 'northwind',
  accountId,
  ...to,
});

const saysPerson = (ref: string, reason = 'The name is the same') => ({
  to: 'person',
  source: 'people:catalog',
  person: ref,
  reason,
});

describe('IdentifyPage', () => {
  it('works through the queue by keyboard, and takes it back', async () => {
    const { user, linkAccount } = open();
    expect(
      await screen.findByText('4 accounts wait for a person'),
    ).toBeInTheDocument();
    expect(linkAccount).not.toHaveBeenCalled();
    (await list()).focus();
    expect(await inFocus()).toHaveTextContent('Weber, Jonas');

    await user.keyboard('{Enter}');
    await waitFor(async () =>
      expect(await inFocus()).toHaveTextContent('Kim Doe'),
    );
    expect(linkAccount).toHaveBeenLastCalledWith(
      'northwind',
      'a-jonas',
      saysPerson('user:default/jonas.weber'),
    );
    expect(
      screen.getByText('Weber, Jonas is linked to Jonas Weber. 3 left.'),
    ).toBeInTheDocument();

    await user.keyboard('2{Enter}');
    await waitFor(() =>
      expect(linkAccount).toHaveBeenLastCalledWith(
        'northwind',
        'a-kim',
        saysPerson('user:default/kim2'),
      ),
    );
    await waitFor(async () =>
      expect(await inFocus()).toHaveTextContent('Mina Roth'),
    );
    expect(await inFocus()).toHaveTextContent('· Guest');
    await user.keyboard('n');
    expect(await inFocus()).toHaveTextContent('Front desk');
    // Nobody is suggested, so that there is nothing to confirm.
    linkAccount.mockClear();
    await user.keyboard('{Enter}');
    expect(linkAccount).not.toHaveBeenCalled();
    await user.keyboard('b');
    await waitFor(() =>
      expect(linkAccount).toHaveBeenLastCalledWith('northwind', 'a-desk', {
        to: 'nobody',
        reason: 'Nobody was found for it',
      }),
    );
    expect(
      await screen.findByText('Only what you skipped is left'),
    ).toBeInTheDocument();

    await user.click(
      screen.getByRole('button', { name: 'Take back the last one' }),
    );
    await waitFor(() =>
      expect(linkAccount).toHaveBeenLastCalledWith('northwind', 'a-desk', {
        to: 'undo',
        reason: 'Taken back',
      }),
    );
    expect(await inFocus()).toHaveTextContent('Front desk');
    (await list()).focus();
    await user.keyboard('kk');
    expect(await inFocus()).toHaveTextContent('Linked to Kim Doe');
  });

  it('confirms all exact suggestions at once, with the reason that was given', async () => {
    const { user, linkAccount, linkAccounts } = open();
    const field = await screen.findByRole('textbox', { name: 'Reason' });
    await user.clear(field);
    // Letters in a field are no keys.
    await user.type(field, 'subs of the list');
    expect(await inFocus()).toHaveTextContent('Weber, Jonas');
    expect(
      screen.getByRole('button', { name: 'Confirm 2 exact suggestions' }),
    ).toBeEnabled();
    const queueList = await list();
    act(() => queueList.focus());
    await user.keyboard('e');
    await waitFor(() => expect(linkAccounts).toHaveBeenCalledTimes(1));
    expect(linkAccounts).toHaveBeenCalledWith({
      links: [
        linkOf('a-jonas', {
          to: 'person',
          source: 'people:catalog',
          person: 'user:default/jonas.weber',
        }),
        linkOf('a-mina', {
          to: 'person',
          source: 'people:catalog',
          person: 'user:default/mina.roth',
        }),
      ],
      reason: 'subs of the list',
    });
    expect(
      await screen.findByText('2 accounts are linked. 2 left.'),
    ).toBeInTheDocument();
    expect(linkAccount).not.toHaveBeenCalled();
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: /exact suggestion/ }),
      ).not.toBeInTheDocument(),
    );
    expect(
      screen.getByText('2 accounts wait for a person'),
    ).toBeInTheDocument();
  });

  it('says what is no person, and links whom a search finds', async () => {
    const listPeople = jest.fn(async () =>
      pageOf([person('Ana Lindqvist', { status: 'departed' })]),
    );
    const { user, linkAccount, classifyAccount } = open({ listPeople });
    (await list()).focus();
    await user.keyboard('c');
    const dialog = within(await screen.findByRole('dialog'));
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    expect(save).toHaveAccessibleDescription('Choose what it is first');
    await user.click(dialog.getByRole('button', { name: /It is/ }));
    await user.click(await screen.findByRole('option', { name: 'Service' }));
    await user.type(
      dialog.getByRole('combobox', { name: 'Owner' }),
      'group:default/it',
    );
    // What is open for choosing hides the rest.
    await user.tab();
    await user.type(dialog.getByRole('textbox', { name: 'Purpose' }), 'Export');
    await user.click(save);
    await waitFor(() =>
      expect(classifyAccount).toHaveBeenCalledWith('northwind', 'a-jonas', {
        class: 'service',
        owner: 'group:default/it',
        purpose: 'Export',
      }),
    );
    await waitFor(async () =>
      expect(await inFocus()).toHaveTextContent('Kim Doe'),
    );
    await user.type(
      screen.getByRole('searchbox', { name: 'Name, email or ref of a person' }),
      'lind',
    );
    await user.click(
      await screen.findByRole('button', { name: /Ana Lindqvist.*Has left/ }),
    );
    await waitFor(() =>
      expect(linkAccount).toHaveBeenCalledWith(
        'northwind',
        'a-kim',
        saysPerson('user:default/ana.lindqvist', 'Chosen by hand'),
      ),
    );
  });

  it('asks who answers for a guest, who waits for a person without', async () => {
    const { user, classifyAccount } = open({
      listUnidentified: async () => pageOf(queue.slice(2)),
    });
    (await list()).focus();
    await user.keyboard('c');
    const dialog = within(await screen.findByRole('dialog'));
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(save).toBeDisabled();
    expect(save).toHaveAccessibleDescription('Choose a person or a team first');
    await user.type(
      dialog.getByRole('combobox', { name: 'Owner' }),
      'group:default/it',
    );
    await user.tab();
    await user.click(save);
    await waitFor(() =>
      expect(classifyAccount).toHaveBeenCalledWith('northwind', 'a-mina', {
        class: 'guest',
        owner: 'group:default/it',
      }),
    );
  });

  it('keeps an account that could not be saved, and says why', async () => {
    const error = await responseError(409, 'What named it was erased');
    const { user } = open({ linkAccount: () => Promise.reject(error) });
    (await list()).focus();
    await user.keyboard('{Enter}');
    expect(
      await screen.findByText(/What named it was erased/),
    ).toBeInTheDocument();
    expect(await inFocus()).toHaveTextContent('Weber, Jonas');
  });

  it('says that everybody is identified, and what else there is to say', async () => {
    const empty = open({ listUnidentified: async () => pageOf([]) });
    expect(
      await screen.findByText('Everybody is identified'),
    ).toBeInTheDocument();
    empty.unmount();

    const loading = open({ listUnidentified: never });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
    loading.unmount();

    const error = await responseError(403, 'Unauthorized');
    open({ listUnidentified: () => Promise.reject(error) });
    expect(
      await screen.findByText(
        /needs the permission confluence-compliance\.account\.link/,
      ),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    open({
      listUnidentified: async () =>
        pageOf([
          unidentified('x', hostile, [
            suggestion('x', { name: hostile, email: hostile }),
          ]),
        ]),
    });
    expect((await screen.findAllByText(hostile)).length).toBeGreaterThan(2);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
