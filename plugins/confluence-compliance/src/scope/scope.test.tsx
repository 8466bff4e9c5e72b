// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { Link } from 'react-router-dom';
import {
  connection,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { ErrorState } from '../components/ErrorState';
import { asOfTime, isAsOf } from './asOf';
import { useLinks } from './links';
import { ScopeBanner } from './ScopeBanner';
import { ScopeControl } from './ScopeControl';
import { useScope } from './useScope';

const api = {
  listConnections: async () => pageOf([connection(), partialConnection]),
};

function Probe() {
  const { query } = useScope();
  const links = useLinks();
  return (
    <>
      <ScopeControl />
      <output>{JSON.stringify(query)}</output>
      <Link to="/spaces">tab</Link>
      <Link to="/checks?connection=legal">chosen</Link>
      <Link to={links.account({ connection: 'a/b', accountId: 'x:1' }) ?? ''}>
        account
      </Link>
    </>
  );
}

describe('a date in the address', () => {
  it('is a day, a time or a revision, and a day means its end in UTC', () => {
    expect(['2026-11-03', '2026-11-03T10:00:00Z', '1214'].map(isAsOf)).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      ['', 'now', '2026-13-45', '3 November', '-1', '1e3'].map(isAsOf),
    ).not.toContain(true);
    expect(asOfTime('2026-11-03')).toBe('2026-11-03T23:59:59.999Z');
    expect(asOfTime('1214')).toBe('1214');
  });

  it('is dropped where nobody could have chosen it', async () => {
    renderPage(<Probe />, { api, at: '/x?asOf=yesterday&connection=' });
    expect(await screen.findByText('{}')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Now' })).toBeInTheDocument();
  });
});

describe('an address that nobody can have meant', () => {
  it('says that a date was not understood, and takes it away', async () => {
    const { user, address } = renderPage(<ScopeBanner follows />, {
      api,
      at: '/x?asOf=garbage',
    });
    expect(
      await screen.findByText(/date garbage was not understood.*shows now/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Return to now' }));
    await waitFor(() => expect(address.current).toBe('/x'));
  });

  it('leads from a connection that does not exist to all of them', async () => {
    const error = await responseError(
      400,
      "connection: there is no connection 'gone', use one of northwind",
    );
    const { user, address } = renderPage(
      <ErrorState
        error={error}
        what="accounts"
        permission="x"
        onRetry={jest.fn()}
      />,
      { api, at: '/x?connection=gone&q=a' },
    );
    expect(
      await screen.findByText('There is no connection gone.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    await user.click(
      screen.getByRole('button', { name: 'Show all connections' }),
    );
    await waitFor(() => expect(address.current).toBe('/x?q=a'));
  });
});

describe('the control in the header', () => {
  it('changes the connection, keeps filters, and starts lists again', async () => {
    const { user, address } = renderPage(<Probe />, {
      api,
      at: '/x?q=ana&cursor=abc&page=3',
    });
    await user.click(
      await screen.findByRole('button', { name: /All connections/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: 'Northwind Legal' }),
    );
    await waitFor(() =>
      expect(address.current).toBe('/x?q=ana&connection=legal'),
    );
    await user.click(
      await screen.findByRole('button', { name: /Northwind Legal/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: 'All connections' }),
    );
    await waitFor(() => expect(address.current).toBe('/x?q=ana'));
  });

  it('shows a day, chooses another, and returns to now', async () => {
    const { user, address } = renderPage(<Probe />, {
      api,
      at: '/x?asOf=2026-02-03',
    });
    expect(
      await screen.findByText('{"asOf":"2026-02-03T23:59:59.999Z"}'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'As of 3 Feb 2026' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(
      dialog.getByRole('button', { name: /Thursday,? 12 February 2026/ }),
    );
    await waitFor(() => expect(address.current).toBe('/x?asOf=2026-02-12'));
    await user.click(
      await screen.findByRole('button', { name: 'As of 12 Feb 2026' }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Return to now' }),
    );
    await waitFor(() => expect(address.current).toBe('/x'));
  });

  it('offers no day before the first that anything is known of', async () => {
    const since = (knownSince: string) => ({ ...connection(), knownSince });
    const known = {
      listConnections: async () =>
        pageOf([
          since('2026-02-05T23:10:00.000Z'),
          { ...partialConnection, knownSince: '2026-02-10T08:00:00.000Z' },
        ]),
    };
    const day = async (at: string, name: RegExp) => {
      const page = renderPage(<Probe />, { api: known, at });
      // The other control stands there once the connections are known.
      await screen.findByRole('button', { name: /All connections|Legal/ });
      await page.user.click(
        screen.getByRole('button', { name: 'As of 15 Feb 2026' }),
      );
      const dialog = within(await screen.findByRole('dialog'));
      const found = dialog.getByRole('button', { name });
      const offered = found.getAttribute('aria-disabled') !== 'true';
      page.unmount();
      return offered;
    };
    const all = '/x?asOf=2026-02-15';
    expect(await day(all, /\b4 February 2026/)).toBe(false);
    expect(await day(all, /\b5 February 2026/)).toBe(true);
    const legal = `${all}&connection=legal`;
    expect(await day(legal, /\b9 February 2026/)).toBe(false);
    expect(await day(legal, /\b10 February 2026/)).toBe(true);
  });

  it('carries the scope to the next page, unless its address says one', async () => {
    const { user, address } = renderPage(<Probe />, {
      api,
      at: '/x?connection=northwind&asOf=1214&q=ana',
    });
    expect(
      await screen.findByRole('link', { name: 'account' }),
    ).toHaveAttribute(
      'href',
      '/accounts/a%2Fb/x:1?connection=northwind&asOf=1214',
    );
    await user.click(screen.getByRole('link', { name: 'tab' }));
    await waitFor(() =>
      expect(address.current).toBe('/spaces?connection=northwind&asOf=1214'),
    );
    await user.click(screen.getByRole('link', { name: 'chosen' }));
    await waitFor(() =>
      expect(address.current).toBe('/checks?connection=legal'),
    );
  });

  it('offers no connection to whoever may not list them', async () => {
    renderPage(<Probe />, {
      api: {
        listConnections: async () => {
          throw await responseError(403, 'no');
        },
      },
      at: '/x',
    });
    expect(
      await screen.findByRole('button', { name: 'Now' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: /All connections/ }),
    ).not.toBeInTheDocument();
  });
});

describe('a page of the past', () => {
  it('names the date and the revision, and when nothing was known', async () => {
    const page = renderPage(<ScopeBanner follows revision={1214} />, {
      api: {},
      at: '/x?asOf=2026-11-03',
    });
    expect(
      await screen.findByText(/^As of 3 November 2026, revision 1.214\.$/),
    ).toBeInTheDocument();
    page.unmount();

    renderPage(<ScopeBanner follows revision={0} />, {
      api: {},
      at: '/x?asOf=2026-11-03',
    });
    expect(
      await screen.findByText('Nothing was known yet as of 3 November 2026.'),
    ).toBeInTheDocument();
  });

  it('has a state of its own before the first revision', async () => {
    const error = await responseError(
      400,
      'asOf 2026-01-03T23:59:59.999Z: nothing is known of that day; the first revision is 1, of 2026-02-05T08:00:00.000Z',
    );
    renderPage(
      <ErrorState
        error={error}
        what="accounts"
        permission="x"
        onRetry={() => {}}
      />,
      { api: {}, at: '/x?asOf=2026-01-03' },
    );
    expect(
      await screen.findByText('Nothing was known yet as of 3 January 2026'),
    ).toBeInTheDocument();
    expect(screen.getByText(/the first revision is 1/)).toBeInTheDocument();
  });

  it('has a state of its own where nothing is kept', async () => {
    const error = await responseError(
      410,
      'asOf 3 is not kept any more: the oldest revision is 40',
    );
    const { user, address } = renderPage(
      <>
        <ScopeBanner follows error={error} />
        <ErrorState
          error={error}
          what="accounts"
          permission="x"
          onRetry={() => {}}
        />
      </>,
      { api: {}, at: '/x?asOf=2026-11-03' },
    );
    expect(
      await screen.findByText(
        'As of 3 November 2026, nothing is kept any more',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/the oldest revision is 40/)).toBeInTheDocument();
    expect(
      screen.queryByText(/This is what was known then/),
    ).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Return to now' }));
    await waitFor(() => expect(address.current).toBe('/x'));
  });
});
