// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { account } from '../__testUtils__/fixtures';
import { region, renderPage } from '../__testUtils__/render';
import { Decided } from './Decided';

const decided = {
  by: 'user:default/officer',
  at: '2026-11-03T09:00:00.000Z',
};

describe('Decided', () => {
  it('shows what was said by whom and why, and takes it back', async () => {
    const linkAccount = jest.fn(async () => ({}));
    const classifyAccount = jest.fn(async () => ({}));
    const { user } = renderPage(<Decided account={account()} />, {
      api: {
        linkAccount,
        classifyAccount,
        getAccountDecisions: async () => ({
          link: { ...decided, reason: 'She said so' },
          class: {
            ...decided,
            class: 'service',
            before: 'person',
            owner: 'group:default/it',
            purpose: 'Nightly export',
          },
        }),
      },
    });
    const panel = await region('Said by hand');
    for (const words of [
      'Belongs to nobody',
      'She said so',
      'Nightly export',
    ]) {
      expect(panel.getByText(words)).toBeInTheDocument();
    }
    expect(panel.getByText('Service')).toBeInTheDocument();
    const [link, said] = panel.getAllByRole('button', { name: 'Take back' });
    await user.click(link);
    await waitFor(() =>
      expect(linkAccount).toHaveBeenCalledWith('northwind', '557058:ana', {
        to: 'undo',
        reason: 'Taken back',
      }),
    );
    await user.click(said);
    await waitFor(() =>
      expect(classifyAccount).toHaveBeenCalledWith(
        'northwind',
        '557058:ana',
        {},
      ),
    );
  });

  it('is not there where nobody said anything', async () => {
    const getAccountDecisions = jest.fn(async () => ({}));
    renderPage(<Decided account={account()} />, {
      api: { getAccountDecisions },
    });
    await waitFor(() => expect(getAccountDecisions).toHaveBeenCalled());
    expect(
      screen.queryByRole('region', { name: 'Said by hand' }),
    ).not.toBeInTheDocument();
  });
});
