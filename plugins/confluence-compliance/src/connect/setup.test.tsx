// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { connectionSetup } from '../__testUtils__/fixtures';
import { choose, confirm, next, open, type } from '../__testUtils__/setUp';

jest.setTimeout(60_000);

describe('connecting a site', () => {
  beforeEach(() => {
    window.localStorage.clear();
    window.sessionStorage.clear();
  });

  it('makes a service account connection and goes on to the test', async () => {
    const { user, address, back, createConnection } = open({});

    await user.click(await screen.findByRole('checkbox', { name: 'Policy' }));
    await choose(user, 'Service account');
    expect(
      screen.getByText(/admin\.atlassian\.com and choose Directory/),
    ).toBeInTheDocument();
    expect(address.current).toBe('/connections/new?step=credentials');

    // Nothing is sent while something is missing, and the first gap has the focus.
    await next(user);
    expect(await screen.findAllByText('This is needed.')).toHaveLength(3);
    await waitFor(() =>
      expect(screen.getByLabelText(/^Site address/)).toHaveFocus(),
    );
    expect(createConnection).not.toHaveBeenCalled();

    await type(user, /^Site address/, 'northwind-lab.atlassian.net');
    await type(user, /^Name of this/, 'Northwind Lab');
    await type(user, /^Client ID/, 'client-lab');
    await type(user, /^Client secret/, 's3cret');
    await confirm(user);
    await next(user);

    expect(await screen.findByText(/12 read-only requests/)).toHaveTextContent(
      'finished in 3.1 s. Only this result was stored.',
    );
    expect(createConnection).toHaveBeenCalledWith({
      title: 'Northwind Lab',
      site: 'northwind-lab.atlassian.net',
      purposes: ['access-review'],
      auth: [
        {
          method: 'service-account',
          clientId: 'client-lab',
          clientSecret: 's3cret',
        },
      ],
      adminConfirmed: true,
    });
    expect(address.current).toBe('/connections/lab/setup?step=test');
    expect(JSON.stringify(window.localStorage)).not.toContain('s3cret');

    // Back stays in what was made, whatever step it was made from.
    back();
    expect(await screen.findByLabelText(/^Client ID/)).toHaveValue(
      'client-lab',
    );
    expect(address.current).toBe('/connections/lab/setup?step=credentials');
    back();
    await screen.findByText('What it will be allowed to read');
    await waitFor(() =>
      expect(address.current).toBe('/connections/lab/setup?step=permissions'),
    );
  });

  it.each([
    ['Scoped API token', 'scoped-api-token', /Create API token with scopes/],
    ['API token', 'api-token', /then Create API token\./],
  ])('makes a connection by %s', async (word, method, menu) => {
    const { user, createConnection } = open({});
    await next(user);
    await user.click(await screen.findByRole('radio', { name: word }));
    await next(user);
    await screen.findByText('What it will be allowed to read');
    // Only a token without scopes carries everything, and says so.
    expect(screen.queryAllByText(/carries all rights/)).toHaveLength(
      method === 'api-token' ? 1 : 0,
    );
    await next(user);
    expect(await screen.findByText(menu)).toBeInTheDocument();
    await type(user, /^Site address/, 'lab.atlassian.net');
    await type(user, /^Email/, 'reader@northwind.example');
    await type(user, /^API token \(/, 'ATATT3x');
    await confirm(user);
    await next(user);
    await screen.findByText(/read-only requests/);
    expect(createConnection).toHaveBeenCalledWith({
      site: 'lab.atlassian.net',
      purposes: ['access-review', 'policy'],
      auth: [{ method, email: 'reader@northwind.example', token: 'ATATT3x' }],
      adminConfirmed: true,
    });
  });

  it('takes a different method for each purpose', async () => {
    const { user, createConnection } = open({});
    await next(user);
    await user.click(
      await screen.findByRole('switch', { name: /different method/ }),
    );
    const group = (name: string) =>
      within(screen.getByRole('radiogroup', { name }));
    await user.click(
      group('Method for Access review').getByRole('radio', {
        name: 'Service account',
      }),
    );
    expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
    expect(
      screen.getByRole('button', { name: 'Continue' }),
    ).toHaveAccessibleDescription('Choose a method first');
    await user.click(
      group('Method for Policy').getByRole('radio', {
        name: 'Scoped API token',
      }),
    );
    await next(user);
    await screen.findByText('Scopes of Service account for Access review');
    await next(user);
    await type(user, /^Site address/, 'lab.atlassian.net');
    await type(user, /^Client ID/, 'id');
    await type(user, /^Client secret/, 'secret');
    await type(user, /^Email/, 'a@b.example');
    await type(user, /^API token \(/, 'token');
    await confirm(user);
    await next(user);
    await screen.findByText(/read-only requests/);
    expect(createConnection).toHaveBeenCalledWith(
      expect.objectContaining({
        auth: [
          {
            method: 'service-account',
            purposes: ['access-review'],
            clientId: 'id',
            clientSecret: 'secret',
          },
          {
            method: 'scoped-api-token',
            purposes: ['policy'],
            email: 'a@b.example',
            token: 'token',
          },
        ],
      }),
    );
  });

  it('opens done steps and no later ones, by keyboard too', async () => {
    const { user, address } = open({
      at: '/connections/new?step=sync',
    });
    // Nothing is answered, so the first step it is.
    expect(
      await screen.findByText('What is this site read for?'),
    ).toBeInTheDocument();
    const steps = within(
      screen.getByRole('navigation', { name: 'Steps of the set-up' }),
    );
    expect(steps.queryAllByRole('button')).toHaveLength(0);
    const policy = screen.getByRole('checkbox', { name: 'Policy' });
    while (document.activeElement !== policy) {
      await user.tab();
    }
    await user.keyboard(' ');
    expect(policy).not.toBeChecked();
    const go = screen.getByRole('button', { name: 'Continue' });
    while (document.activeElement !== go) {
      await user.tab();
    }
    await user.keyboard('{Enter}');
    await screen.findByRole('radio', { name: 'Service account' });
    expect(screen.getByRole('group', { name: 'Method' })).toHaveFocus();
    const done = steps.getByRole('button', { name: /^Purpose/ });
    expect(done).toHaveTextContent('Access review');
    await user.click(done);
    expect(address.current).toBe('/connections/new?step=purpose');
  });

  it('keeps the choices of whoever leaves, and can start over', async () => {
    const { user, address, unmount } = open({});
    await choose(user, 'Service account');
    await type(user, /^Client ID/, 'client-lab');
    await type(user, /^Client secret/, 's3cret');
    await user.click(screen.getByRole('button', { name: 'Save and leave' }));
    expect(address.current).toBe('/connections');
    expect(JSON.stringify(window.localStorage)).toContain('client-lab');
    expect(JSON.stringify(window.localStorage)).not.toContain('s3cret');
    unmount();

    const again = open({ at: '/connections/new?step=credentials' });
    expect(await screen.findByLabelText(/^Client ID/)).toHaveValue(
      'client-lab',
    );
    expect(screen.getByLabelText(/^Client secret/)).toHaveValue('');
    await again.user.click(screen.getByRole('button', { name: 'Start over' }));
    expect(
      await screen.findByText('What is this site read for?'),
    ).toBeInTheDocument();
    expect(JSON.stringify(window.localStorage)).not.toContain('client-lab');
  });

  it('loses nothing but secrets in a reload', async () => {
    const { user, unmount } = open({});
    await choose(user, 'Scoped API token');
    await type(user, /^Site address/, 'lab.atlassian.net');
    await type(user, /^Name of this/, 'Lab');
    await type(user, /^Team that looks/, 'group:default/security');
    await type(user, /^Email/, 'reader@northwind.example');
    await type(user, /^API token \(/, 'ATATT3x');
    // A reload presses no button.
    unmount();

    // Whoever comes back without a step goes on where it was left.
    open({});
    expect(screen.queryByText('What is this site read for?')).toBeNull();
    expect(await screen.findByLabelText(/^Site address/)).toHaveValue(
      'lab.atlassian.net',
    );
    expect(screen.getByLabelText(/^Name of this/)).toHaveValue('Lab');
    expect(
      screen.getByRole('combobox', { name: /^Team that looks/ }),
    ).toHaveValue('group:default/security');
    expect(screen.getByLabelText(/^Email/)).toHaveValue(
      'reader@northwind.example',
    );
    expect(screen.getByLabelText(/^API token \(/)).toHaveValue('');
    expect(JSON.stringify(window.localStorage)).not.toContain('ATATT3x');
  });

  it('keeps nothing of whoever answered nothing', async () => {
    const { unmount } = open({});
    await screen.findByText('What is this site read for?');
    unmount();
    expect(
      window.localStorage.getItem('confluence-compliance.connect'),
    ).toBeNull();
  });

  it('says what the platform team has to set first', async () => {
    const { user } = open({
      api: {
        getConnectionSetup: async () => ({
          ...connectionSetup,
          oauth: undefined,
          sealingKey: undefined,
        }),
      },
    });
    await next(user);
    expect(
      await screen.findByText('confluenceCompliance.secrets.keys'),
    ).toBeInTheDocument();
    expect(screen.getByText('confluenceCompliance.oauth')).toBeInTheDocument();
    for (const radio of screen.getAllByRole('radio')) {
      expect(radio).toBeDisabled();
    }
    expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
    expect(
      screen.getByRole('button', { name: 'Continue' }),
    ).toHaveAccessibleDescription('No credential can be stored yet');
  });
});
