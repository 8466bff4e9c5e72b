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
    expect(failing.getByText('0 pass, 1 fail, 0 unknown')).toBeInTheDocument();
    expect(failing.getByText('12 findings, 3 excepted')).toBeInTheDocument();
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
      later.getByText('0 pass, 0 fail, 0 unknown, 1 is not built yet'),
    ).toBeInTheDocument();
    // Nothing was found, since nothing looked.
    expect(later.queryByText(/finding/)).not.toBeInTheDocument();
    expect(
      later.getByText('Only checks that are not built yet speak to it.'),
    ).toBeInTheDocument();
  });

  it('say what waits for a person, apart from what is not built yet', async () => {
    const [control] = controls.slice(-1);
    const [later] = control.checks;
    open({
      listControls: async () =>
        pageOf([
          {
            ...control,
            judgedBy: 'attestation' as const,
            counts: { ...control.counts, later: 3 },
            checks: [
              later,
              { ...later, id: 'a.one', state: 'attestation' as const },
              { ...later, id: 'a.two', state: 'attestation' as const },
            ],
          },
        ]),
    });
    const row = await rowOf(/CC4\.2/);
    expect(
      row.getByText(
        '0 pass, 0 fail, 0 unknown, 2 wait for a person, 1 is not built yet',
      ),
    ).toBeInTheDocument();
  });

  it('are filtered by the URL', async () => {
    const failing = open({}, '?verdict=fail');
    await rowOf(/CC6\.2/);
    expect(screen.getAllByRole('rowheader')).toHaveLength(1);
    failing.unmount();

    open({}, '?verdict=nonsense');
    await rowOf(/CC6\.2/);
    expect(screen.getAllByRole('rowheader')).toHaveLength(controls.length);
  });

  it('are asked for of one connection and as of a day, and say so', async () => {
    const listControls = jest.fn(async () => ({
      ...pageOf(controls),
      revision: 7,
    }));
    open({ listControls }, '?connection=northwind&asOf=2026-11-03');
    await rowOf(/CC6\.2/);
    expect(listControls).toHaveBeenCalledWith(
      { connection: 'northwind', asOf: '2026-11-03T23:59:59.999Z' },
      expect.anything(),
    );
    expect(
      screen.getByText(/^As it was known on 3 November 2026:/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('As of 3 November 2026, revision 7.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Download controls as CSV' }),
    ).toBeInTheDocument();
  });

  it('say which day is the first where no check had run by then', async () => {
    const refused = await responseError(
      400,
      'asOf 2026-11-03T23:59:59.999Z: nothing is known of runs of checks by then; the first that is kept is of 2026-11-20T00:00:00.000Z',
    );
    open({ listControls: () => Promise.reject(refused) }, '?asOf=2026-11-03');
    expect(await screen.findByText(/2026-11-20/)).toBeInTheDocument();
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
