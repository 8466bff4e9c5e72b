// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { connectionSetup, madeConnection } from '../__testUtils__/fixtures';
import { responseError } from '../__testUtils__/render';
import { choose, confirm, next, open } from '../__testUtils__/setUp';
import { browser } from './browser';

jest.setTimeout(60_000);

const granting = madeConnection({
  methods: [{ method: 'oauth', credential: { state: 'missing' } }],
  site: undefined,
});

describe('the grant at Atlassian', () => {
  beforeEach(() => window.localStorage.clear());
  afterEach(() => jest.restoreAllMocks());

  it('sends the browser to Atlassian for a grant, without a site where none is given', async () => {
    const assign = jest.spyOn(browser, 'assign').mockImplementation(() => {});
    const authorizeConnection = jest
      .fn()
      .mockRejectedValueOnce(await responseError(503, 'Atlassian is away.'))
      .mockResolvedValue({ authorizeUrl: 'https://auth.atlassian.com/x' });
    const { user, address, createConnection, updateConnection } = open({
      made: granting,
      api: { authorizeConnection },
    });
    await choose(user, 'OAuth 2.0');
    expect(
      screen.getByText(connectionSetup.oauth?.callbackUrl ?? ''),
    ).toBeInTheDocument();
    await confirm(user);
    await next(user, 'Continue to Atlassian');
    expect(await screen.findByText(/Atlassian is away/)).toHaveTextContent(
      'This was saved, but the grant was not begun.',
    );
    // Whoever comes back from Atlassian finds what was made.
    expect(address.current).toBe('/connections/lab/setup?step=credentials');
    expect(createConnection).toHaveBeenCalledWith({
      purposes: ['access-review', 'policy'],
      auth: [{ method: 'oauth' }],
      adminConfirmed: true,
    });

    // The same connection is used again, not a second one made.
    await next(user, 'Continue to Atlassian');
    await waitFor(() =>
      expect(assign).toHaveBeenCalledWith('https://auth.atlassian.com/x'),
    );
    expect(createConnection).toHaveBeenCalledTimes(1);
    expect(updateConnection).toHaveBeenCalledTimes(1);
    expect(authorizeConnection.mock.calls).toEqual([['lab'], ['lab']]);
  });

  it('does not follow an address that is not one of the web', async () => {
    const assign = jest.spyOn(browser, 'assign').mockImplementation(() => {});
    const { user } = open({
      made: granting,
      api: {
        authorizeConnection: async () => ({
          authorizeUrl: ['javascript', 'alert(1)'].join(':'),
        }),
      },
    });
    await choose(user, 'OAuth 2.0');
    await confirm(user);
    await next(user, 'Continue to Atlassian');
    expect(await screen.findByText(/cannot be opened/)).toBeInTheDocument();
    expect(assign).not.toHaveBeenCalled();
  });
});

describe('the credentials of a connection', () => {
  it('shows what the backend refuses at the field that it names', async () => {
    const message = [
      '✖ is not an address of Atlassian',
      '  → at site',
      '✖ was refused by Atlassian',
      '  → at auth[0].clientSecret',
      '✖ is over already',
      '  → at organization.expiresAt',
      '✖ needs an OAuth app',
      '  → at auth[0].method',
      '✖ Something else',
    ].join('\n');
    const error = await responseError(400, message);
    const { user } = open({
      at: '/connections/lab/setup?step=credentials',
      made: madeConnection({
        organization: {
          id: 'org-1',
          credential: { state: 'expired', expiresAt: '2026-01-31T23:59:59Z' },
        },
      }),
      api: { updateConnection: () => Promise.reject(error) },
    });
    await user.click(
      await screen.findByRole('button', { name: /^Organization key/ }),
    );
    expect(screen.queryByRole('textbox', { name: /^Organization/ })).toBeNull();
    await next(user);
    expect(await screen.findByLabelText(/^Site address/)).toBeInvalid();
    expect(screen.getByLabelText(/^Site address/)).toHaveAccessibleDescription(
      /is not an address of Atlassian/,
    );
    expect(screen.getByLabelText(/^Client secret/)).toBeInvalid();
    // What is folded away opens for it.
    expect(screen.getByText('The last day is over already')).toBeVisible();
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The method needs an OAuth app');
    expect(alert).toHaveTextContent('Something else');
    expect(alert).not.toHaveTextContent('is not an address');
  });

  it('needs an address where anything but OAuth is used', async () => {
    const { user, updateConnection } = open({
      at: '/connections/lab/setup?step=credentials',
      made: {
        ...granting,
        methods: [
          {
            method: 'oauth',
            purposes: ['access-review'],
            credential: { state: 'stored' },
          },
          {
            method: 'api-token',
            purposes: ['policy'],
            email: 'reader@northwind.example',
            credential: { state: 'stored' },
          },
        ],
      },
    });
    await next(user);
    expect(await screen.findByText('This is needed.')).toBeInTheDocument();
    expect(screen.getByLabelText('Site address (required)')).toBeInvalid();
    expect(updateConnection).not.toHaveBeenCalled();
    expect(
      screen.getByRole('button', { name: 'Grant again at Atlassian' }),
    ).toBeInTheDocument();
  });

  it('keeps the stored secret when something else is changed', async () => {
    const { user, updateConnection } = open({
      at: '/connections/lab/setup?step=credentials',
    });
    expect(
      await screen.findByPlaceholderText('Stored, enter to replace'),
    ).toHaveValue('');
    expect(
      screen.queryByRole('checkbox', { name: /organization admin/ }),
    ).not.toBeInTheDocument();
    await user.type(
      screen.getByRole('combobox', { name: /^Team that looks/ }),
      'group:default/security',
    );
    await user.tab();
    await next(user);
    await screen.findByText(/read-only requests/);
    expect(updateConnection).toHaveBeenCalledTimes(1);
    const [[id, body]] = updateConnection.mock.calls as unknown as [
      [string, object],
    ];
    expect(id).toBe('lab');
    expect(JSON.parse(JSON.stringify(body))).toEqual({
      title: 'Northwind Lab',
      site: 'https://northwind-lab.atlassian.net',
      owner: 'group:default/security',
      purposes: ['access-review', 'policy'],
      auth: [
        {
          method: 'service-account',
          clientId: 'client-lab',
          expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        },
      ],
    });
  });
});
