// SPDX-License-Identifier: Apache-2.0
import { open } from '../__testUtils__/account';
import {
  connection,
  dataset,
  ownedPages,
  pageOf,
} from '../__testUtils__/fixtures';
import { region, responseError } from '../__testUtils__/render';

describe('OwnedPages', () => {
  it('lists what the account owns, and says where it may own more', async () => {
    const listPages = jest.fn(async () =>
      pageOf(ownedPages, {
        totalItems: 44,
        pageInfo: { nextCursor: 'next' },
      }),
    );
    open({
      listConnections: async () =>
        pageOf([
          connection({
            datasets: [
              dataset('pages', 40, {
                state: 'partial',
                reasons: [{ code: 'x', text: 'PAY was not visible.' }],
              }),
            ],
          }),
        ]),
      listPages,
    });
    const owns = await region('Owns');
    expect(await owns.findByText('44 pages')).toBeInTheDocument();
    expect(
      owns.getByText('There may be more: PAY was not visible.'),
    ).toBeInTheDocument();
    expect(
      owns.getByRole('link', { name: 'Payments on-call policy' }),
    ).toHaveAttribute(
      'href',
      '/catalog/confluence/resource/payments-on-call-policy-0a1b2c3d',
    );
    expect(owns.getByText('Key rotation')).toBeInTheDocument();
    expect(owns.getByText('Archived')).toBeInTheDocument();
    expect(owns.getByText('3 of 44 shown')).toBeInTheDocument();
    expect(listPages).toHaveBeenCalledWith(
      {
        connection: 'northwind',
        owner: '557058:ana',
        asOf: undefined,
        limit: 20,
        cursor: undefined,
      },
      expect.anything(),
    );
  });

  it('names the permission that seeing owned pages needs', async () => {
    open({
      listPages: async () => {
        throw await responseError(403, 'No');
      },
    });
    const owns = await region('Owns');
    expect(
      await owns.findByText(
        'Seeing pages needs the permission confluence-compliance.page.read.',
      ),
    ).toBeInTheDocument();
  });
});
