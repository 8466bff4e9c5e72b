// SPDX-License-Identifier: Apache-2.0
import { act, screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  pageOf,
  queue,
  unidentified,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { IdentifyPage } from './IdentifyPage';

async function open(
  accounts = queue,
  api: Partial<ConfluenceComplianceApi> = {},
) {
  const calls = {
    linkAccount: jest.fn(async () => ({})),
    classifyAccount: jest.fn(async () => ({})),
    linkAccounts: jest.fn(async ({ links }) => ({ decided: links.length })),
    classifyAccounts: jest.fn(async of => ({ decided: of.accounts.length })),
  };
  const page = renderPage(<IdentifyPage />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listUnidentified: async () => pageOf(accounts),
      listPeople: async () => pageOf([]),
      ...calls,
      ...api,
    },
    at: '/accounts/identify',
  });
  const list = await screen.findByRole('listbox');
  list.focus();
  return { ...page, ...calls, list };
}

const options = () => within(screen.getByRole('listbox'));
const checked = () =>
  options()
    .queryAllByRole('option', { checked: true })
    .map(({ id }) => Number(id.split('-').pop()));
const at = () => options().getByRole('option', { selected: true });
const bar = () => screen.queryByRole('toolbar');
const of = (accountId: string) => ({
  connection: 'northwind',
  accountId,
});

beforeEach(() => window.localStorage.clear());

describe('The queue', () => {
  const { scrollIntoView } = Element.prototype;
  afterEach(() => {
    Element.prototype.scrollIntoView = scrollIntoView;
  });

  it('is left without an error where scrolling gives a promise', async () => {
    Element.prototype.scrollIntoView = jest.fn(async () => {});
    const { user, unmount } = await open();
    await user.keyboard('{ArrowDown}');
    expect(Element.prototype.scrollIntoView).toHaveBeenCalled();
    expect(() => unmount()).not.toThrow();
  });
});

describe('Several accounts at once', () => {
  it('are selected by keys, which says how many', async () => {
    const { user } = await open();
    expect(bar()).not.toBeInTheDocument();
    await user.keyboard(' ');
    expect(checked()).toEqual([0]);
    expect(at()).toHaveTextContent('Weber, Jonas');
    expect(screen.getAllByText('1 selected')).toHaveLength(2);
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(checked()).toEqual([0, 1]);
    expect(at()).toHaveTextContent('Kim Doe');
    expect(within(bar()!).getByRole('status')).toHaveTextContent('2 selected');
    await user.keyboard('{End}x');
    expect(checked()).toEqual([0, 1, 3]);
    await user.keyboard('x');
    expect(checked()).toEqual([0, 1]);
    await user.keyboard('a');
    expect(checked()).toEqual([0, 1, 2, 3]);
    await user.keyboard('a');
    expect(checked()).toEqual([]);
    expect(screen.getByText('None selected')).toBeInTheDocument();
    await user.keyboard('x{Escape}');
    expect(bar()).not.toBeInTheDocument();
    expect(screen.getByRole('listbox')).toHaveFocus();
  });

  it('are selected by mouse, one, a range and all', async () => {
    const { user } = await open();
    const [first, second, third] = options().getAllByRole('option');
    await user.click(first.querySelector('[data-check]')!);
    expect(checked()).toEqual([0]);
    // Elsewhere in the row is only looking.
    await user.click(second);
    expect(checked()).toEqual([0]);
    await user.keyboard('{Shift>}');
    await user.click(third);
    await user.keyboard('{/Shift}');
    expect(checked()).toEqual([0, 1, 2]);
    const all = screen.getByRole('checkbox', { name: 'Select all shown' });
    expect(all).toBePartiallyChecked();
    await user.click(all);
    expect(checked()).toEqual([0, 1, 2, 3]);
    await user.click(
      within(bar()!).getByRole('button', { name: 'Clear selection' }),
    );
    expect(checked()).toEqual([]);
  });

  it('belong to nobody by one request, which is taken back as one', async () => {
    const { user, linkAccounts, linkAccount } = await open();
    await user.keyboard('x{ArrowDown}xb');
    await waitFor(() =>
      expect(linkAccounts).toHaveBeenCalledWith({
        links: [
          { ...of('a-jonas'), to: 'nobody' },
          { ...of('a-kim'), to: 'nobody' },
        ],
        reason: 'Nobody was found for it',
      }),
    );
    expect(
      await screen.findByText('2 accounts belong to nobody. 2 left.'),
    ).toBeInTheDocument();
    expect(bar()).not.toBeInTheDocument();
    expect(at()).toHaveTextContent('Mina Roth');
    expect(screen.getByRole('listbox')).toHaveFocus();

    expect(
      screen.getByRole('button', { name: 'Take back the last 2' }),
    ).toBeInTheDocument();
    await user.keyboard('u');
    await waitFor(() =>
      expect(linkAccounts).toHaveBeenLastCalledWith({
        links: [
          { ...of('a-jonas'), to: 'undo' },
          { ...of('a-kim'), to: 'undo' },
        ],
        reason: 'Taken back',
      }),
    );
    expect(
      await screen.findByText('What was said of 2 accounts is taken back.'),
    ).toBeInTheDocument();
    expect(at()).toHaveTextContent('Weber, Jonas');
    expect(checked()).toEqual([]);
    expect(linkAccount).not.toHaveBeenCalled();
  });

  it('get one class, owner and purpose', async () => {
    const { user, classifyAccounts } = await open();
    await user.keyboard('as');
    const dialog = within(
      await screen.findByRole('dialog', { name: 'What are these 4 accounts?' }),
    );
    await user.click(dialog.getByRole('button', { name: /It is/ }));
    await user.click(await screen.findByRole('option', { name: 'Service' }));
    await user.type(
      dialog.getByRole('combobox', { name: 'Owner' }),
      'group:default/it',
    );
    await user.tab();
    await user.type(dialog.getByRole('textbox', { name: 'Purpose' }), 'Export');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(classifyAccounts).toHaveBeenCalledWith({
        accounts: ['a-jonas', 'a-kim', 'a-mina', 'a-desk'].map(id => of(id)),
        class: 'service',
        owner: 'group:default/it',
        purpose: 'Export',
      }),
    );
    expect(
      await screen.findByText('Everybody is identified'),
    ).toBeInTheDocument();
  });

  it('stay selected where they could not be saved, and say which and why', async () => {
    const error = await responseError(
      409,
      "What named the account 'a-kim' was erased",
    );
    const linkAccounts = jest.fn(() => Promise.reject(error));
    const { user } = await open(queue, { linkAccounts });
    await user.keyboard('ab');
    expect(
      await screen.findByText(/What named the account 'a-kim' was erased/),
    ).toBeInTheDocument();
    expect(checked()).toEqual([0, 1, 2, 3]);
    const kim = options().getByRole('option', { name: /Not saved/ });
    expect(kim).toHaveTextContent('Kim Doe');
    // Without it the rest can be saved.
    expect(at()).toBe(kim);
    await user.keyboard('x');
    expect(checked()).toEqual([0, 2, 3]);
  });

  it('are sent in requests that the API takes, up to the one that fails', async () => {
    const many = Array.from({ length: 130 }, (_, i) =>
      unidentified(`a-${i}`, `Name ${i}`),
    );
    const error = await responseError(503, 'Try again');
    const linkAccounts = jest
      .fn()
      .mockResolvedValueOnce({ decided: 100 })
      .mockRejectedValueOnce(error);
    const { user } = await open(many, { linkAccounts });
    await user.keyboard('ab');
    await waitFor(() => expect(linkAccounts).toHaveBeenCalledTimes(2));
    expect(linkAccounts.mock.calls.map(([{ links }]) => links.length)).toEqual([
      100, 30,
    ]);
    expect(await screen.findByText(/Try again/)).toBeInTheDocument();
    expect(checked()).toHaveLength(30);
    expect(
      screen.getByText('100 accounts belong to nobody. 30 left.'),
    ).toBeInTheDocument();
  });

  it('are named once where an account waits in several sites', async () => {
    const twice = [
      unidentified('a-desk', 'Front desk'),
      unidentified('a-desk', 'Front desk', [], { connection: 'acme' }),
      unidentified('a-door', 'Door'),
    ];
    const { user, linkAccounts } = await open(twice);
    await user.keyboard('a');
    expect(within(bar()!).getByRole('status')).toHaveTextContent('2 selected');
    expect(checked()).toEqual([0, 1, 2]);
    await user.keyboard('b');
    await waitFor(() =>
      expect(linkAccounts).toHaveBeenCalledWith(
        expect.objectContaining({
          links: [
            { ...of('a-desk'), to: 'nobody' },
            { ...of('a-door'), to: 'nobody' },
          ],
        }),
      ),
    );
  });

  it('leaves letters alone where they are switched off', async () => {
    const { user, linkAccount } = await open();
    await user.keyboard('?');
    const dialog = within(await screen.findByRole('dialog', { name: 'Keys' }));
    expect(dialog.getByText('confirm all exact suggestions')).toBeVisible();
    await user.click(
      dialog.getByRole('switch', { name: 'Single letters act' }),
    );
    await user.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    act(() => screen.getByRole('listbox').focus());
    await user.keyboard('yba2');
    expect(linkAccount).not.toHaveBeenCalled();
    expect(checked()).toEqual([]);
    await user.keyboard(' ');
    expect(checked()).toEqual([0]);
  });
});
