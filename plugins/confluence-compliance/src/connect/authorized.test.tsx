// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import type { ConfluenceComplianceApi } from '../api';
import {
  connectionSetup,
  connectionTest,
  fjordConnection,
  pageOf,
  severalSites,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { ConnectionsTab } from '../connections/ConnectionsTab';
import { browser } from './browser';

jest.setTimeout(30_000);

const chosen = { ...fjordConnection, site: severalSites.sites[1].site };

function back(query: string, api: Partial<ConfluenceComplianceApi> = {}) {
  const completeAuthorization = jest.fn(async () => severalSites);
  const rendered = renderPage(
    <StrictMode>
      <ConnectionsTab />
    </StrictMode>,
    {
      at: `/connections/authorized?${query}`,
      path: '/connections/*',
      api: {
        listConnections: async () => pageOf([fjordConnection]),
        listChecks: async () => pageOf([]),
        getConnection: async () => fjordConnection,
        getConnectionSetup: async () => connectionSetup,
        testConnection: async () => connectionTest(),
        completeAuthorization,
        ...api,
      },
    },
  );
  return { ...rendered, completeAuthorization };
}

describe('coming back from Atlassian', () => {
  afterEach(() => jest.restoreAllMocks());

  it('takes the grant over once, empties the address and goes on to the test', async () => {
    const { address, completeAuthorization } = back('code=abc&state=x.y.fjord');
    expect(await screen.findByText(/read-only requests/)).toBeInTheDocument();
    expect(address.current).toBe('/connections/fjord/setup?step=test');
    expect(completeAuthorization).toHaveBeenCalledTimes(1);
    expect(completeAuthorization).toHaveBeenCalledWith('fjord', {
      code: 'abc',
      state: 'x.y.fjord',
    });
  });

  it('lets one of several sites be chosen', async () => {
    const updateConnection = jest.fn(async () => chosen);
    const { user, address } = back('code=abc&state=n.fjord', {
      completeAuthorization: async () => ({
        ...severalSites,
        connection: { ...fjordConnection, site: undefined },
      }),
      updateConnection,
    });
    expect(
      await screen.findByRole('radio', { name: 'Northwind' }),
    ).toBeDisabled();
    expect(screen.getByText(/connected already/)).toBeInTheDocument();
    expect(screen.getByText(/^The grant opens 2 sites/)).toBeInTheDocument();
    expect(address.current).toBe('/connections/authorized');
    expect(
      screen.getByRole('button', { name: 'Use this site' }),
    ).toBeDisabled();
    expect(
      screen.getByRole('button', { name: 'Use this site' }),
    ).toHaveAccessibleDescription('Choose a site first');
    await user.click(screen.getByRole('radio', { name: 'Fjord Sandbox' }));
    await user.click(screen.getByRole('button', { name: 'Use this site' }));
    await waitFor(() =>
      expect(address.current).toBe('/connections/fjord/setup?step=test'),
    );
    expect(updateConnection).toHaveBeenCalledWith('fjord', {
      site: 'https://fjord-sandbox.atlassian.net',
    });
  });

  it('says why no site can be chosen, and leads back', async () => {
    const { user, address } = back('code=abc&state=n.fjord', {
      completeAuthorization: async () => ({
        connection: { ...fjordConnection, site: undefined },
        sites: severalSites.sites.slice(2),
      }),
    });
    expect(
      await screen.findByText(/opens no site that can be connected/),
    ).toBeInTheDocument();
    expect(screen.getByText(/connected already/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Use this site' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(address.current).toBe('/connections/fjord/setup?step=credentials');
  });

  it('says that the grant was denied, and asks again', async () => {
    const assign = jest.spyOn(browser, 'assign').mockImplementation(() => {});
    const { user, completeAuthorization } = back(
      'error=access_denied&error_description=no&state=n.fjord',
      {
        authorizeConnection: async () => ({
          authorizeUrl: 'https://auth.atlassian.com/again',
        }),
      },
    );
    expect(
      await screen.findByText('The grant was not given'),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(assign).toHaveBeenCalledWith('https://auth.atlassian.com/again'),
    );
    expect(completeAuthorization).not.toHaveBeenCalled();
  });

  it('says that a way back was used already', async () => {
    const error = await responseError(400, 'This state was used already.');
    const completeAuthorization = jest.fn(() => Promise.reject(error));
    back('code=abc&state=n.fjord', { completeAuthorization });
    expect(
      await screen.findByText('This state was used already.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Back to connections' }),
    ).toHaveAttribute('href', '/connections');
    expect(completeAuthorization).toHaveBeenCalledTimes(1);
  });

  it.each(['', 'code=abc', 'code=abc&state=nodot', 'state=n.fjord'])(
    'sends nothing for an address such as ?%s',
    async query => {
      const { completeAuthorization } = back(query);
      expect(
        await screen.findByText('This address cannot be used'),
      ).toBeInTheDocument();
      expect(completeAuthorization).not.toHaveBeenCalled();
    },
  );
});
