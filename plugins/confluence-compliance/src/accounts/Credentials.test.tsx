// SPDX-License-Identifier: Apache-2.0
import { within } from '@testing-library/react';
import { open } from '../__testUtils__/account';
import { accountDetail, hostile } from '../__testUtils__/fixtures';
import { region } from '../__testUtils__/render';

describe('Credentials', () => {
  it('shows tokens with their times, and says why they are not known', async () => {
    const { unmount } = open();
    const known = await region('Credentials');
    const [used, blocked] = known.getAllByRole('listitem');
    expect(used).toHaveTextContent(
      /^Build server.*Made.*Last used 1 hour ago.*Expires/,
    );
    expect(blocked).toHaveTextContent(/^Old laptop.*never.*Blocked$/);
    unmount();
    const why = 'Needs an organization key. Northwind has none.';
    const reason = { code: 'no-organization-key', text: why };
    open({
      getAccount: async () =>
        accountDetail({
          credentials: {
            items: [
              {
                kind: 'service-account',
                status: hostile,
                createdBy: '557058:ana',
              },
            ],
            total: 1,
            unknown: [
              { kind: 'api-token', reason },
              { kind: 'service-account', reason },
            ],
          },
        }),
    });
    const unknown = await region('Credentials');
    const service = unknown.getByRole('listitem');
    expect(
      await within(service).findByRole('link', { name: 'Ana Lindqvist' }),
    ).toBeInTheDocument();
    expect(service).toHaveTextContent(
      `Service accountMade by Ana Lindqvist${hostile}`,
    );
    expect(
      unknown.getByRole('button', { name: `Credentials unknown: ${why}` }),
    ).toBeInTheDocument();
  });
});
