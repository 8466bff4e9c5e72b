// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { pageOf, peopleSources, person } from '../__testUtils__/fixtures';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PeoplePage } from './PeoplePage';

const [catalog] = peopleSources;
const gone = person('Lea <b>Gone</b>', {
  ref: 'user:default/lea',
  status: 'missing',
  absentSince: '2026-11-01T00:00:00.000Z',
});

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [],
) {
  const confirmDeparture = jest.fn(async () => {});
  const acceptPeopleShrink = jest.fn(async () => ({ items: [catalog] }));
  const listPeople = jest.fn(async () => pageOf([gone]));
  const page = renderPage(<PeoplePage />, {
    api: {
      listPeopleSources: async () => ({ items: peopleSources }),
      listPeople,
      confirmDeparture,
      acceptPeopleShrink,
      ...api,
    },
    refused,
  });
  return { ...page, confirmDeparture, acceptPeopleShrink, listPeople };
}

describe('PeoplePage', () => {
  it('says how whole each source is, and lets a refused shrink be accepted', async () => {
    const { user, acceptPeopleShrink } = open();
    const sources = await region('Sources');
    const rows = await sources.findAllByRole('row');
    expect(rows[1]).toHaveTextContent(/The catalog.*Complete.*1.284/);
    expect(rows[2]).toHaveTextContent(
      /hr.*Partial400 of 1200 people are gone at once. Last complete/,
    );
    await user.click(
      screen.getByRole('button', { name: 'Accept this change of hr' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const accept = dialog.getByRole('button', { name: 'Accept this change' });
    expect(accept).toBeDisabled();
    await user.type(dialog.getByRole('textbox'), 'A spin-off');
    await user.click(accept);
    await waitFor(() =>
      expect(acceptPeopleShrink).toHaveBeenCalledWith('hr', {
        reason: 'A spin-off',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('confirms a departure with a reason, and says why one is refused', async () => {
    const present = await responseError(409, 'still in the source');
    const confirmDeparture = jest
      .fn(async () => {})
      .mockRejectedValueOnce(present);
    const { user, listPeople } = open({ confirmDeparture });
    await user.click(
      await screen.findByRole('button', {
        name: 'Confirm the departure of Lea <b>Gone</b>',
      }),
    );
    expect(listPeople).toHaveBeenCalledWith(
      { status: 'missing', cursor: undefined },
      expect.anything(),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'Told by HR');
    const confirm = dialog.getByRole('button', { name: 'Confirm departure' });
    await user.click(confirm);
    expect(await dialog.findByText(/still in the source/)).toBeVisible();
    await user.click(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(confirmDeparture).toHaveBeenLastCalledWith({
      person: 'user:default/lea',
      reason: 'Told by HR',
    });
  });

  it('never says that nobody is missing while a source is not whole', async () => {
    const listPeople = async () => pageOf([]);
    const page = open({ listPeople });
    expect(
      await screen.findByText(/somebody may be missing who is not shown/),
    ).toBeVisible();
    page.unmount();
    open({
      listPeople,
      listPeopleSources: async () => ({ items: [catalog] }),
    });
    expect(
      await screen.findByText(/still in a source, or has left/),
    ).toBeVisible();
  });

  it('names the permissions it needs', async () => {
    const page = open({}, ['confluence-compliance.people.manage']);
    expect(
      await screen.findByText(
        'Accepting it needs confluence-compliance.people.manage',
      ),
    ).toBeVisible();
    expect(
      await screen.findByText(
        'Confirming needs confluence-compliance.people.manage',
      ),
    ).toBeVisible();
    page.unmount();
    const refused = await responseError(403, 'Unauthorized');
    open({ listPeopleSources: () => Promise.reject(refused) });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.account\.link\./,
      ),
    ).toBeVisible();
  });
});
