// SPDX-License-Identifier: Apache-2.0
import type { Connection } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import type { ConfluenceComplianceApi } from '../api';
import {
  connection,
  fjordConnection,
  madeConnection,
  otherConnections,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { browser } from '../connect/browser';
import { ConnectionsPage } from './ConnectionsPage';

jest.setTimeout(60_000);

function list(items: Connection[], api: Partial<ConfluenceComplianceApi> = {}) {
  return renderPage(<ConnectionsPage />, {
    api: {
      listConnections: async () => pageOf(items),
      listContainers: async () => pageOf([]),
      listRuns: async () => pageOf([]),
      ...api,
    },
  });
}

const card = async (name: string | RegExp) =>
  within(await screen.findByRole('article', { name }));

async function menu(user: UserEvent, title: string): Promise<string[]> {
  await user.click(
    await screen.findByRole('button', { name: `More for ${title}` }),
  );
  return (await screen.findAllByRole('menuitem')).map(
    ({ textContent }) => textContent ?? '',
  );
}

const pick = async (user: UserEvent, title: string, item: string) => {
  await menu(user, title);
  await user.click(screen.getByRole('menuitem', { name: item }));
};

describe('what can be done with a connection', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says how each one stands and what its credential needs', async () => {
    const { user } = list([
      connection(),
      partialConnection,
      ...otherConnections,
    ]);
    const northwind = await card(/^Connected.*Northwind$/);
    expect(
      northwind.getByText('Client secret expires in 112 days'),
    ).toBeInTheDocument();
    const legal = await card('Northwind Legal');
    expect(legal.getByText('Token expires in 9 days')).toBeInTheDocument();
    expect(legal.getByText(/^Made by/)).toHaveTextContent(/priya\.raman/i);
    const fjord = await card('Fjord Labs');
    expect(
      fjord.getByText('Grant is no longer renewed by Atlassian'),
    ).toBeInTheDocument();
    expect(fjord.getByText('Paused until reconnected')).toBeInTheDocument();
    expect(
      (await card('Northwind Lab')).getByRole('link', {
        name: /^Continue set-up/,
      }),
    ).toHaveAttribute('href', '/connections/lab/setup');
    expect(screen.getByText('5 sites')).toBeInTheDocument();
    const old = await card('Northwind Old');
    expect(old.getByText('Ended 3 Nov, history kept')).toBeInTheDocument();
    expect(
      old.getAllByRole('button').map(({ textContent }) => textContent),
    ).toEqual(['Delete history']);
    expect(
      screen.queryByRole('columnheader', { name: 'Northwind Old' }),
    ).toBeNull();

    expect(
      screen.getByRole('link', {
        name: 'Which scope Northwind Legal is missing for spaces',
      }),
    ).toHaveAttribute('href', '/connections/legal/setup?step=test');
    expect(
      screen.getByRole('link', {
        name: 'Add an organization key to Northwind Legal',
      }),
    ).toHaveAttribute(
      'href',
      '/connections/legal/setup?step=credentials&add=organization',
    );
    expect(await menu(user, 'Northwind Legal')).toEqual([
      'Edit',
      'Replace credential',
      'Test',
      'Rename',
      'Disable',
      'Delete',
    ]);
  });

  it('offers only Test for one of the configuration', async () => {
    const { user } = list([connection()]);
    expect(await menu(user, 'Northwind')).toEqual(['Test']);
  });

  it('sends to Atlassian when the grant is dead, also of the configuration', async () => {
    const assign = jest.spyOn(browser, 'assign').mockImplementation(() => {});
    const authorizeConnection = jest.fn(async () => ({
      authorizeUrl: 'https://auth.atlassian.com/x',
    }));
    const { user } = list([{ ...fjordConnection, origin: 'config' }], {
      authorizeConnection,
    });
    await user.click(
      await screen.findByRole('button', { name: 'Reconnect Fjord Labs' }),
    );
    await waitFor(() => expect(assign).toHaveBeenCalledTimes(1));
    expect(authorizeConnection).toHaveBeenCalledWith('fjord');
    expect(screen.queryByRole('button', { name: /^Sync now/ })).toBeNull();
  });

  it('asks what becomes of history and entities before it deletes', async () => {
    const deleteConnection = jest.fn(async () => {});
    const { user } = list([partialConnection], { deleteConnection });
    await pick(user, 'Northwind Legal', 'Delete');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/Entries of the ledger stay/)).toBeInTheDocument();
    expect(
      dialog.getByRole('radio', { name: 'Keep it, read-only' }),
    ).toBeChecked();
    await user.click(dialog.getByRole('radio', { name: 'Keep them' }));
    await user.click(
      dialog.getByRole('button', { name: 'Delete Northwind Legal' }),
    );
    await waitFor(() =>
      expect(deleteConnection).toHaveBeenCalledWith('legal', {
        history: 'keep',
        entities: 'keep',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('deletes the history of one that has ended', async () => {
    const deleteConnection = jest.fn(async () => {});
    const { user } = list(otherConnections, { deleteConnection });
    await user.click(
      await screen.findByRole('button', { name: /^Delete history/ }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Delete history' }));
    await waitFor(() =>
      expect(deleteConnection).toHaveBeenCalledWith('old', {
        history: 'delete',
        entities: 'remove',
      }),
    );
  });

  it('replaces a credential, and shows that the new one was refused', async () => {
    const error = await responseError(400, 'Atlassian refuses this token.');
    const updateConnection = jest.fn(() => Promise.reject(error));
    const { user } = list([partialConnection], { updateConnection });
    await pick(user, 'Northwind Legal', 'Replace credential');
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Try and replace' });
    expect(submit).toBeDisabled();
    await user.type(
      dialog.getByLabelText('Token', { selector: 'input' }),
      'new-token',
    );
    await user.click(submit);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The old credential still stands. Atlassian refuses this token.',
    );
    expect(updateConnection).toHaveBeenCalledWith('legal', {
      auth: [
        {
          method: 'scoped-api-token',
          email: 'compliance@northwind.example',
          token: 'new-token',
        },
      ],
    });
  });

  it('takes a new service account credential, and says of each field what is wrong with it', async () => {
    const updateConnection = jest
      .fn()
      .mockRejectedValueOnce(
        await responseError(
          400,
          'auth[0].clientSecret: Atlassian does not accept it. Nothing was changed.',
        ),
      )
      .mockResolvedValue(madeConnection());
    const { user } = list([madeConnection({ state: 'connected' })], {
      updateConnection,
    });
    await pick(user, 'Northwind Lab', 'Replace credential');
    const dialog = within(await screen.findByRole('dialog'));
    const submit = dialog.getByRole('button', { name: 'Try and replace' });
    const client = dialog.getByLabelText('Client ID');
    const secret = dialog.getByLabelText('Client secret', {
      selector: 'input',
    });
    expect(client).toHaveValue('client-lab');
    await user.type(client, '-2');
    expect(secret).toHaveAccessibleDescription(/comes with a secret/);
    expect(submit).toBeDisabled();
    await user.type(secret, 'n3w');
    await user.click(submit);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      /^The old credential still stands\.$/,
    );
    expect(secret).toHaveAccessibleDescription(
      /^Atlassian does not accept it\. Nothing was changed\.$/,
    );

    await user.type(secret, '!');
    expect(dialog.queryByRole('alert')).toBeNull();
    await user.click(submit);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(updateConnection).toHaveBeenLastCalledWith('lab', {
      auth: [
        {
          method: 'service-account',
          clientId: 'client-lab-2',
          clientSecret: 'n3w!',
        },
      ],
    });
  });

  it('renames, disables and enables', async () => {
    const updateConnection = jest.fn(async () => partialConnection);
    const { user } = list(
      [partialConnection, madeConnection({ id: 'off', state: 'disabled' })],
      { updateConnection },
    );
    await pick(user, 'Northwind Legal', 'Rename');
    const field = await screen.findByRole('textbox', { name: /Name of this/ });
    await user.clear(field);
    await user.type(field, 'Legal{Enter}');
    await waitFor(() =>
      expect(updateConnection).toHaveBeenCalledWith('legal', {
        title: 'Legal',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await pick(user, 'Northwind Legal', 'Disable');
    await user.click(
      await screen.findByRole('button', { name: 'Disable Northwind Legal' }),
    );
    await waitFor(() =>
      expect(updateConnection).toHaveBeenCalledWith('legal', {
        enabled: false,
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: /^Enable/ }));
    await waitFor(() =>
      expect(updateConnection).toHaveBeenCalledWith('off', { enabled: true }),
    );
  });
});
