// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { ChecksTab } from '../checks/ChecksTab';
import { check, controls, pageOf } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';

const open = (api: Parameters<typeof renderPage>[1]['api'] = {}, search = '') =>
  renderPage(<ChecksTab />, {
    api: { listControls: async () => pageOf(controls), ...api },
    at: `/checks/controls${search}`,
    path: '/checks/*',
  });

const rowOf = async (name: RegExp) =>
  within(
    (await screen.findByRole('rowheader', { name })).closest(
      'tr',
    ) as HTMLElement,
  );

describe('the controls', () => {
  it('show the worst of their checks, each leading to its findings', async () => {
    open();
    expect(
      await screen.findByText('1 of 3 controls fails'),
    ).toBeInTheDocument();
    const failing = await rowOf(/CC6\.2/);
    expect(failing.getAllByText('Fail')).toHaveLength(2);
    expect(
      failing.getByText('0 pass, 1 fail, 0 unknown, 0 later'),
    ).toBeInTheDocument();
    expect(
      failing.getByRole('link', { name: 'People who left have no access' }),
    ).toHaveAttribute('href', '/checks/access.offboarded-removed?verdict=fail');
  });

  it('never show as met what is unknown or not built yet', async () => {
    open();
    const unknown = await rowOf(/CC6\.1/);
    expect(unknown.getAllByText('Unknown')).toHaveLength(2);
    expect(
      unknown.getByText('Needs an organization key. Northwind has none.'),
    ).toBeInTheDocument();
    const later = await rowOf(/CC4\.2 proposed/);
    expect(later.queryByText('Pass')).not.toBeInTheDocument();
    expect(
      later.getByText('Only checks that are not built yet speak to it.'),
    ).toBeInTheDocument();
  });

  it('are filtered by the URL', async () => {
    open({}, '?verdict=fail');
    await rowOf(/CC6\.2/);
    expect(screen.getAllByRole('rowheader')).toHaveLength(1);
  });

  it('are asked for of one connection, and say at a past date that they are of now', async () => {
    const listControls = jest.fn(async () => pageOf(controls));
    open({ listControls }, '?connection=northwind&asOf=2026-11-03');
    await rowOf(/CC6\.2/);
    expect(listControls).toHaveBeenCalledWith(
      { connection: 'northwind' },
      expect.anything(),
    );
    expect(
      screen.getByRole('button', { name: 'Return to now' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Download controls as CSV' }),
    ).not.toBeInTheDocument();
  });

  it('are reached from the toolbar of the checks', async () => {
    const { user, address } = renderPage(<ChecksTab />, {
      api: {
        listChecks: async () => pageOf([check()]),
        listControls: async () => pageOf(controls),
      },
      at: '/checks',
      path: '/checks/*',
    });
    await user.click(await screen.findByRole('link', { name: 'By control' }));
    await waitFor(() => expect(address.current).toBe('/checks/controls'));
    await rowOf(/CC6\.2/);
  });

  it('have an empty and a forbidden state', async () => {
    const empty = open({ listControls: async () => pageOf([]) });
    expect(await screen.findByText('No control yet')).toBeInTheDocument();
    empty.unmount();
    const refused = await responseError(403, 'Unauthorized');
    open({ listControls: () => Promise.reject(refused) });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.check\.read\./,
      ),
    ).toBeInTheDocument();
  });
});
