// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { open } from '../__testUtils__/account';
import {
  accountDetail,
  connection,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import { grant, grants, shutOutGrants } from '../__testUtils__/fixtures/grants';
import { region } from '../__testUtils__/render';

describe('EffectiveAccess', () => {
  it('says of a grant by which role it is, and why the account does not surely get it', async () => {
    open({ listAccountGrants: async () => pageOf(shutOutGrants) });
    const access = await region('Effective access');
    await access.findByText('3 grants, each with its path');
    const [, suspended, perhaps, surely] = access.getAllByRole('row');
    expect(suspended).toHaveTextContent(
      /Space admin.*by the role Admin.*Not effective The account is suspended\./,
    );
    expect(perhaps).toHaveTextContent(/View.*by the role Viewer/);
    expect(
      within(perhaps).getByRole('button', {
        name: 'Perhaps effective: An admin of the organization can give itself access.',
      }),
    ).toBeInTheDocument();
    expect(surely).not.toHaveTextContent(/effective|by the role/i);
  });

  it('says why access is unknown where permissions were never read', async () => {
    open({
      getAccount: async () =>
        accountDetail({
          access: {
            seen: 0,
            unknown: { code: 'x', text: 'The scope is missing.' },
          },
        }),
      listAccountGrants: async () => pageOf([]),
    });
    expect(
      await screen.findByRole('button', {
        name: 'What this account can do is not known: The scope is missing.',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/No access was found/)).not.toBeInTheDocument();
  });

  it('says so too where only the connection tells, and never that there is none', async () => {
    const memberships = partialConnection.datasets.filter(
      one => one.dataset === 'memberships',
    );
    open({
      listConnections: async () =>
        pageOf([connection({ datasets: memberships })]),
      getAccount: async () => accountDetail({ access: undefined }),
      listAccountGrants: async () => pageOf([grant()]),
    });
    expect(
      await screen.findByText(
        `There may be more: ${memberships[0].reasons[0].text}`,
      ),
    ).toBeInTheDocument();
  });

  it('reads on where there is more', async () => {
    const listAccountGrants = jest.fn(
      async (_connection: string, _id: string, query?: { cursor?: string }) =>
        query?.cursor
          ? pageOf([grant({ level: 'view', path: [] })], { totalItems: 4 })
          : pageOf(grants, {
              totalItems: 4,
              pageInfo: { nextCursor: 'two' },
            }),
    );
    const { user } = open({ listAccountGrants });
    expect(await screen.findByText('3 of 4 shown')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    const access = await region('Effective access');
    expect(await access.findByText('View')).toBeInTheDocument();
    expect(access.getAllByRole('row')).toHaveLength(5);
  });
});
