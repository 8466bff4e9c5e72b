// SPDX-License-Identifier: Apache-2.0
import type { RefusedQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  connection,
  pageOf,
  refusedPage,
  refusedRun,
  run,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { ConnectionsPage } from './ConnectionsPage';

describe('AcceptShrinkDialog', () => {
  it('accepts a refused loss only with a reason', async () => {
    let accepted = false;
    const acceptShrink = jest.fn(async () => {
      accepted = true;
      return run();
    });
    const listRefused = jest.fn(
      async (_runId: string, { cursor }: RefusedQuery) =>
        cursor
          ? {
              ...pageOf([
                {
                  ...refusedPage.items[0],
                  key: 'g/last',
                  subject: { kind: 'account' as const, id: '712020:last' },
                  detail: 'the last one',
                },
              ]),
              namesNeed: ['confluence-compliance.account.read'],
            }
          : refusedPage,
    );
    const { user } = renderPage(<ConnectionsPage />, {
      api: {
        listConnections: async () =>
          pageOf([connection({ lastRun: accepted ? run() : refusedRun })]),
        acceptShrink,
        listRefused,
      },
    });

    expect(
      await screen.findByText(/memberships shrank by 38 %/),
    ).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', { name: /^Accept this change/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const closing = within(
      await dialog.findByRole('region', { name: /^What is closed: 2\s326$/ }),
    );
    expect(
      closing.getAllByRole('listitem').map(({ textContent }) => textContent),
    ).toEqual(['Ada Byron', 'Bram Okafor', '712020:2']);
    expect(dialog.queryByText(/^Names are left out/)).not.toBeInTheDocument();
    await user.click(closing.getByRole('button', { name: 'Show more' }));
    expect(await closing.findByText('712020:last')).toBeInTheDocument();
    expect(
      dialog.getByText(
        'Names are left out: they need confluence-compliance.account.read.',
      ),
    ).toBeInTheDocument();
    const submit = dialog.getByRole('button', { name: /Accept the loss/ });
    expect(submit).toBeDisabled();
    await user.type(
      dialog.getByRole('textbox', { name: /Why is this loss right/ }),
      'The group was split on Monday',
    );
    await user.click(submit);
    expect(acceptShrink).toHaveBeenCalledWith('run-7', {
      readId: 'read-3',
      reason: 'The group was split on Monday',
    });
    await waitFor(() =>
      expect(screen.queryByText(/shrank by/)).not.toBeInTheDocument(),
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says who may not see what a loss would close', async () => {
    const error = await responseError(
      403,
      "Missing the permission 'confluence-compliance.group.read'",
    );
    const { user } = renderPage(<ConnectionsPage />, {
      api: {
        listConnections: async () =>
          pageOf([connection({ lastRun: refusedRun })]),
        listRuns: async () => pageOf([]),
        listRefused: () => Promise.reject(error),
      },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Accept this change/ }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "What would be closed may not be shown to you. Missing the permission 'confluence-compliance.group.read'",
    );
  });
});
