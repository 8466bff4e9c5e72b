// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  Run,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  accountDetail,
  connection,
  hostile,
  incomplete,
  pageOf,
  partialConnection,
  run,
  runningRun,
} from '../__testUtils__/fixtures';
import { never, renderPage, responseError } from '../__testUtils__/render';
import { ConnectionsPage } from './ConnectionsPage';

const shows = (...items: Connection[]) => ({
  listConnections: async () => pageOf(items),
  listContainers: async () => pageOf(incomplete),
  listRuns: async () => pageOf([]),
  getAccount: async () => accountDetail(),
});

const syncButton = (title = 'Northwind') =>
  screen.findByRole('button', { name: `Sync now, ${title}` });

describe('ConnectionsPage', () => {
  it('says what is connected, what the last run did and that config is read-only', async () => {
    renderPage(<ConnectionsPage />, { api: shows(connection()) });

    const card = within(
      await screen.findByRole('article', { name: /Northwind/ }),
    );
    expect(
      card.getByRole('img', { name: /Connected, and everything/ }),
    ).toBeInTheDocument();
    expect(card.getByText('Connected')).toBeInTheDocument();
    expect(card.getByText('Service account')).toBeInTheDocument();
    expect(card.getByText('Access review, Policy')).toBeInTheDocument();
    expect(card.getByText(/^\d+ min ago$/)).toHaveAttribute(
      'datetime',
      expect.stringMatching(/^\d{4}-/),
    );
    expect(
      card.getByText('4 new, 2 changed, 1 removed. 412 requests'),
    ).toBeInTheDocument();
    expect(card.getByText(/^in \d+ min$/)).toBeInTheDocument();
    expect(card.getByText('From config, read-only here')).toBeInTheDocument();
    expect(screen.getByText('1 site').parentElement).toHaveTextContent(
      '1 site, current',
    );
    expect(
      screen.getByRole('heading', { level: 1, name: 'Connections' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Everything that was read is complete.'),
    ).toBeInTheDocument();
  });

  it('takes the tick from greenTick only and names every reason of what is missing', async () => {
    renderPage(<ConnectionsPage />, {
      api: shows(connection({ greenTick: false }), {
        ...partialConnection,
        state: 'connected',
      }),
    });

    await screen.findByRole('article', { name: 'Northwind' });
    expect(
      screen.queryByRole('img', { name: /Connected, and/ }),
    ).not.toBeInTheDocument();
    expect(screen.getByText('2 sites').parentElement).toHaveTextContent(
      '2 sites, none of them current',
    );

    const row = within(screen.getByRole('row', { name: /^memberships/ }));
    expect(row.getByText('12 of 14 parts complete')).toBeInTheDocument();
    expect(row.getByText(/Members changed between pages/)).toBeInTheDocument();
    expect(
      screen.getByText('The scope read:space:confluence is missing.'),
    ).toBeInTheDocument();
    expect(screen.getByText('Scope missing')).toBeInTheDocument();

    const [list] = (
      await screen.findAllByRole('region', {
        name: 'How completely it was read',
      })
    ).map(region => within(region));
    expect(list.getByText('legal-counsel')).toBeInTheDocument();
    expect(list.getByText('88 of 91 records fetched')).toBeInTheDocument();
    expect(
      list.getByText('The group is not visible to this connection any more.'),
    ).toBeInTheDocument();
  });

  it('says what of the audit log was read', async () => {
    const at = (days: number) =>
      new Date(Date.now() - days * 86_400_000).toISOString();
    renderPage(<ConnectionsPage />, {
      api: shows(
        connection({
          datasets: [
            ...connection().datasets,
            { ...connection().datasets[0], dataset: 'audit' },
          ],
          audit: {
            readTo: at(0),
            reachesTo: at(2),
            accessAt: at(1),
            accessEvents: 3,
          },
        }),
      ),
    });
    const row = await screen.findByRole('row', { name: /^audit/ });
    expect(row).toHaveTextContent(
      /Access last changed 1 day ago, 3 changes in the last readLast read just now, oldest record 2 days ago/,
    );
  });

  it('asks for a sync by keyboard and follows it to its end', async () => {
    let current: Connection = connection();
    const syncNow = jest.fn(async () => {
      current = connection({ syncRequested: true });
    });
    const { user } = renderPage(<ConnectionsPage />, {
      api: {
        listConnections: async () => pageOf([current]),
        syncNow,
      },
    });

    await waitFor(async () => expect(await syncButton()).toBeEnabled());
    while (document.activeElement !== (await syncButton())) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    expect(syncNow).toHaveBeenCalledWith('northwind');
    expect(await screen.findByText(/^Asked for\./)).toBeInTheDocument();
    expect(await syncButton()).toBeDisabled();

    current = connection({ state: 'syncing', activeRun: runningRun });
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Sync of Northwind' },
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('progressbar', {
        name: 'memberships: 40 of 96 parts read',
      }),
    ).toHaveAttribute('aria-valuenow', '39');
    expect(screen.getByText('2 410 of 6 120')).toBeInTheDocument();
    expect(screen.getByText(/98 requests to Atlassian/)).toBeInTheDocument();

    const paused: Run = {
      ...runningRun,
      state: 'paused',
      reason: { code: 'quota', text: 'The hourly quota is used up.' },
      resumeAt: new Date(Date.now() + 240_000).toISOString(),
    };
    current = connection({ state: 'syncing', activeRun: paused });
    expect(
      await screen.findByText(
        'The hourly quota is used up.',
        {},
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        'Sync of Northwind is paused. The hourly quota is used up.',
      ),
    ).toHaveAttribute('aria-live', 'polite');

    current = connection({
      lastRun: run({ id: 'run-2', opened: 0, changed: 0, removed: 0 }),
    });
    expect(
      await screen.findByText(
        'Nothing changed. 412 requests',
        {},
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Sync of Northwind has ended: Published.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('heading', { name: 'Sync of Northwind' }),
    ).not.toBeInTheDocument();
    expect(await syncButton()).toBeEnabled();
  }, 30_000);

  it('shows what the backend answered when it refuses a sync', async () => {
    const error = await responseError(409, 'The connection is being deleted.');
    const { user } = renderPage(<ConnectionsPage />, {
      api: { ...shows(connection()), syncNow: () => Promise.reject(error) },
    });
    await waitFor(async () => expect(await syncButton()).toBeEnabled());
    await user.click(await syncButton());
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The sync could not be asked for. The connection is being deleted.',
    );
  });

  it('teaches when nothing is connected', async () => {
    renderPage(<ConnectionsPage />, { api: shows() });
    expect(
      await screen.findByRole('heading', {
        name: 'Connect your first Confluence site',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText(/site: https:\/\/acme/)).toHaveTextContent(
      /\$\{CONFLUENCE_CLIENT_SECRET\}/,
    );
  });

  it('shows that it loads', async () => {
    renderPage(<ConnectionsPage />, {
      api: { listConnections: () => never() },
    });
    expect(await screen.findByText('Loading')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const error = await responseError(
      403,
      'You need the permission confluence-compliance.connection.read.',
    );
    renderPage(<ConnectionsPage />, {
      api: { listConnections: () => Promise.reject(error) },
    });
    expect(
      await screen.findByRole('heading', {
        name: 'You may not see connections',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /permission confluence-compliance\.connection\.read\. Your/,
      ),
    ).toBeInTheDocument();
  });

  it('offers to try again after an error', async () => {
    const listConnections = jest
      .fn()
      .mockRejectedValueOnce(await responseError(500, 'database is locked'))
      .mockResolvedValue(pageOf([connection()]));
    const { user } = renderPage(<ConnectionsPage />, {
      api: { listConnections, listRuns: async () => pageOf([]) },
    });
    expect(await screen.findByText(/database is locked/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('article', { name: /Northwind/ }),
    ).toBeInTheDocument();
  });

  it('keeps what is known on screen when asking again fails', async () => {
    const error = await responseError(503, 'restarting');
    const listConnections = jest
      .fn()
      .mockResolvedValueOnce(pageOf([connection({ syncRequested: true })]))
      .mockRejectedValue(error);
    renderPage(<ConnectionsPage />, {
      api: { listConnections, listRuns: async () => pageOf([]) },
    });
    expect(
      await screen.findByRole('alert', {}, { timeout: 5000 }),
    ).toHaveTextContent('What you see is from before.restarting');
    expect(
      screen.getByRole('article', { name: /Northwind/ }),
    ).toBeInTheDocument();
  }, 10_000);

  it('does not say that the backend spoke when nobody answered', async () => {
    renderPage(<ConnectionsPage />, {
      api: {
        listConnections: () => Promise.reject(new TypeError('Failed to fetch')),
      },
    });
    expect(
      await screen.findByText('The compliance backend does not answer'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Failed to fetch/)).not.toBeInTheDocument();
  });

  it('shows hostile titles and sites as text', async () => {
    renderPage(<ConnectionsPage />, {
      api: shows(
        connection({
          title: hostile,
          site: 'data:text/html,x',
          greenTick: false,
        }),
      ),
    });
    expect(
      await screen.findByRole('article', { name: hostile }),
    ).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(screen.getByText('data:text/html,x').closest('a')).toBeNull();
  });
});
