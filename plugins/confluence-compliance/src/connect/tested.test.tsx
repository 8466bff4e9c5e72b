// SPDX-License-Identifier: Apache-2.0
import type {
  Connection,
  ConnectionTest,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import type { ConfluenceComplianceApi } from '../api';
import {
  capability,
  check,
  connection,
  connectionSetup,
  connectionTest,
  dataset,
  madeConnection,
  pageOf,
  run,
  runningRun,
  testWithGaps,
  userGroupChoices,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { ConnectionsTab } from '../connections/ConnectionsTab';

jest.setTimeout(60_000);

interface OpenOptions {
  step: string;
  of?: Connection;
  test?: ConnectionTest;
  api?: Partial<ConfluenceComplianceApi>;
}

function open({ step, of = madeConnection(), test, api }: OpenOptions) {
  const testConnection = jest.fn(async () => test ?? connectionTest());
  const rendered = renderPage(<ConnectionsTab />, {
    at: `/connections/${of.id}/setup?step=${step}`,
    path: '/connections/*',
    api: {
      listConnections: async () => pageOf([of]),
      listChecks: async () => pageOf([]),
      getConnection: async () => of,
      getConnectionSetup: async () => connectionSetup,
      listUserGroupChoices: async () => userGroupChoices,
      testConnection,
      ...api,
    },
  });
  return { ...rendered, testConnection };
}

const problems = [
  'credential-refused',
  'token-expired',
  'scope-missing',
  'wrong-site',
  'no-product-access',
  'site-not-allowed',
  'network',
].map(code => ({
  code,
  text: `Atlassian says ${code}`,
  cure: `Cure of ${code}.`,
}));

describe('the test of a connection', () => {
  it.each(problems)(
    'says $code with its cure and leads to where it is repaired',
    async problem => {
      const { user, address } = open({
        step: 'test',
        test: connectionTest({
          ok: false,
          credentials: [{ method: 'service-account', ok: false, problem }],
          capabilities: [
            capability('accounts', { ability: 'cannot', problem }),
          ],
        }),
      });
      const alert = await screen.findByRole('alert');
      expect(alert).toHaveTextContent(
        problem.code === 'network'
          ? 'The site could not be reached'
          : 'Service account does not work',
      );
      expect(alert).toHaveTextContent(`${problem.text}. ${problem.cure}`);
      // Not once more for each dataset.
      expect(screen.getAllByText(new RegExp(problem.text))).toHaveLength(1);
      expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
      expect(
        screen.getByRole('button', { name: 'Continue' }),
      ).toHaveAccessibleDescription('It can read nothing yet');
      expect(screen.queryByRole('button', { name: /without/ })).toBeNull();
      await user.click(
        within(alert).getByRole('button', { name: 'Go to Credentials' }),
      );
      expect(address.current).toBe('/connections/lab/setup?step=credentials');
    },
  );

  it('says that the organization key is refused', async () => {
    open({
      step: 'test',
      test: connectionTest({
        ok: false,
        organization: {
          ok: false,
          problem: {
            code: 'organization-key-refused',
            text: 'The key was refused.',
            cure: 'Make a new one.',
          },
        },
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The organization key does not workThe key was refused. Make a new one.',
    );
  });

  it('names each gap with its scope and menu, and goes on only by a word', async () => {
    const { user, address, testConnection } = open({
      step: 'test',
      test: {
        ...testWithGaps,
        capabilities: [
          ...testWithGaps.capabilities.filter(
            ({ dataset: name }) => name !== 'directory',
          ),
          capability('directory', {
            ability: 'cannot',
            required: false,
            checks: ['access.user-identified'],
            problem: {
              code: 'upstream',
              text: 'Atlassian did not answer.',
            },
          }),
        ],
      },
      api: {
        listChecks: async () =>
          pageOf([
            check({
              id: 'policy.published-is-approved',
              title: 'Published policies are approved',
              requires: ['pages'],
            }),
            check({
              id: 'access.user-identified',
              title: 'Every account belongs to a known person',
              requires: ['accounts'],
              improves: ['directory'],
            }),
          ]),
      },
    });
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    expect(
      await screen.findByText('pages cannot be read yet'),
    ).toBeInTheDocument();
    expect(testConnection).toHaveBeenCalledTimes(1);
    expect(
      screen.getByText(/Service accounts, the account, choose Create/),
    ).toHaveTextContent('The scope read:page:confluence is missing.');
    const gapOf = (name: RegExp) =>
      screen.getByText(name).closest('.banner') as HTMLElement;
    await waitFor(() =>
      expect(gapOf(/^pages cannot/)).toHaveTextContent(
        'Without it, 1 check stays unknown: Published policies are approved.',
      ),
    );
    const directory = gapOf(/^directory cannot/);
    expect(directory).toHaveTextContent(
      'Without it, emails that people hide, MFA, who is suspended, and when somebody was last active stay unknown.',
    );
    // It only helps this one, which judges all the same.
    expect(directory).toHaveTextContent(
      'Without it, 1 check sees less: Every account belongs to a known person.',
    );
    expect(directory).not.toHaveTextContent('stays unknown:');
    // Nobody says what this one is called.
    expect(screen.getAllByText('audit.log-active')[0].tagName).toBe('CODE');
    const row = within(screen.getByRole('row', { name: /^pages required/ }));
    expect(row.getByText('Cannot')).toBeInTheDocument();
    await user.click(row.getByText('1 check'));
    expect(row.getByText('Published policies are approved')).toBeVisible();

    await user.click(
      screen.getByRole('button', { name: 'Copy scope of pages' }),
    );
    expect(writeText).toHaveBeenCalledWith('read:page:confluence');
    await user.click(screen.getByRole('button', { name: 'Test again, pages' }));
    await waitFor(() => expect(testConnection).toHaveBeenCalledTimes(2));

    await user.click(
      screen.getByRole('button', { name: 'Add an organization key' }),
    );
    expect(
      await screen.findByRole('textbox', { name: 'Organization ID' }),
    ).toBeVisible();
    await user.click(screen.getByRole('button', { name: /^Test/ }));
    expect(
      await screen.findByRole('button', { name: 'Continue' }),
    ).toBeDisabled();
    expect(
      screen.getByRole('button', { name: 'Continue' }),
    ).toHaveAccessibleDescription('Something that is required cannot be read');
    await user.click(
      await screen.findByRole('button', { name: 'Continue without pages' }),
    );
    expect(address.current).toBe('/connections/lab/setup?step=group');
    expect(
      await screen.findByRole('heading', { name: 'Who counts?' }),
    ).toBeInTheDocument();
  });

  it('warns only of what a purpose of the connection needs', async () => {
    const problem = {
      code: 'scope-missing',
      text: 'A scope is missing.',
      scopes: ['read:group:confluence'],
    };
    const lacks = { ability: 'cannot' as const, problem };
    open({
      step: 'test',
      test: connectionTest({
        capabilities: [
          capability('groups', { ...lacks, required: false }),
          capability('pages', {
            ...lacks,
            problem: { ...problem, scopes: ['read:page:confluence'] },
          }),
        ],
      }),
    });
    const gap = async (name: string) =>
      (await screen.findByText(`${name} cannot be read yet`)).closest(
        '.banner',
      );
    expect(await gap('groups')).not.toHaveClass('bannerWarn');
    expect(await gap('pages')).toHaveClass('bannerWarn');
  });

  it('tests a connection of the configuration, and changes nothing of it', async () => {
    open({
      step: 'credentials',
      of: connection(),
      test: connectionTest({
        ok: false,
        credentials: [
          {
            method: 'service-account',
            ok: false,
            problem: { code: 'token-expired', text: 'It has expired.' },
          },
        ],
      }),
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The credential stands in app-config.yaml; change it there.',
    );
    expect(screen.queryByRole('navigation', { name: /Steps/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Continue|Back/ })).toBeNull();
  });

  it('shows an error of the test itself', async () => {
    const error = await responseError(502, 'The proxy is away.');
    open({
      step: 'test',
      api: { testConnection: () => Promise.reject(error) },
    });
    expect(await screen.findByText('The proxy is away.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Continue' })).toBeDisabled();
  });
});

describe('the end of the set-up', () => {
  const tested = madeConnection({
    capabilities: connectionTest().capabilities,
  });

  it('takes a group as what counts, starts the sync and follows it to the tick', async () => {
    let current = tested;
    const updateConnection = jest.fn(async () => {
      current = { ...tested, state: 'never-synced' };
      return current;
    });
    const syncNow = jest.fn(async () => {});
    const { user, address } = open({
      step: 'group',
      of: tested,
      api: { getConnection: async () => current, updateConnection, syncNow },
    });
    expect(
      await screen.findByRole('radio', { name: 'Everybody counts' }),
    ).toBeChecked();
    const steps = within(screen.getByRole('navigation', { name: /^Steps/ }));
    // Nobody has said yet who counts.
    await user.click(steps.getByRole('button', { name: /^Test\b.*done/ }));
    const unseen = steps.getByRole('button', { name: /^User group.*later/ });
    expect(unseen).not.toHaveTextContent('Everybody counts');
    await user.click(unseen);
    await screen.findByRole('radio', { name: 'Everybody counts' });
    await user.click(
      screen.getByRole('radio', { name: /members of one group/ }),
    );
    expect(
      screen.getByRole('button', { name: 'Start first sync' }),
    ).toBeDisabled();
    expect(
      screen.getByRole('button', { name: 'Start first sync' }),
    ).toHaveAccessibleDescription('Choose a group first');
    await user.type(
      await screen.findByRole('combobox', { name: 'User group' }),
      'conf',
    );
    await user.click(
      await screen.findByRole('option', {
        name: /confluence-users, 1.284 people/,
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Start first sync' }));
    expect(await screen.findByText(/^Asked for/)).toBeInTheDocument();
    expect(updateConnection).toHaveBeenCalledWith('lab', {
      userGroup: 'g-users',
      enabled: true,
    });
    expect(syncNow).toHaveBeenCalledWith('lab');
    expect(address.current).toBe('/connections/lab/setup?step=sync');
    expect(screen.getByText(/You can leave this page/)).toBeInTheDocument();

    current = { ...tested, state: 'syncing', activeRun: runningRun };
    expect(
      await screen.findByRole(
        'progressbar',
        { name: /memberships/ },
        { timeout: 5000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/The green tick appears/)).toBeInTheDocument();

    current = {
      ...tested,
      state: 'connected',
      greenTick: true,
      lastRun: run({ connection: 'lab' }),
    };
    const see = await screen.findByRole(
      'link',
      { name: 'See what was found' },
      { timeout: 5000 },
    );
    expect(see).toHaveAttribute('href', '/accounts?connection=lab');
    expect(
      screen.getByRole('heading', { name: 'Northwind Lab is connected' }),
    ).toBeInTheDocument();
    expect(steps.getByText(/you are here, done/)).toBeInTheDocument();
    expect(steps.getAllByText(', done')).toHaveLength(6);
    expect(screen.queryByRole('button', { name: 'Save and leave' })).toBeNull();
    await user.click(
      screen.getByRole('button', { name: 'Back to connections' }),
    );
    expect(address.current).toBe('/connections');
  });

  it('says what is not complete instead of a tick', async () => {
    open({
      step: 'sync',
      of: {
        ...tested,
        state: 'partial',
        reason: { code: 'partial', text: 'Not everything was read.' },
        lastRun: run(),
        datasets: [
          dataset('accounts', 12),
          dataset('pages', 0, {
            state: 'unavailable',
            reasons: [{ code: 'scope-missing', text: 'A scope is missing.' }],
          }),
        ],
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('not everything was read');
    expect(alert).toHaveTextContent('pages: A scope is missing.');
    expect(screen.queryByText(/is connected$/)).toBeNull();
  });

  it.each([
    ['without a group', undefined, /, so everybody counts/],
    [
      'with the one it has',
      { id: 'g-users', name: 'confluence-users' },
      /the members of confluence-users count/,
    ],
  ])('goes on %s where groups cannot be read', async (_, userGroup, truth) => {
    const error = await responseError(409, 'Groups cannot be read.');
    const updateConnection = jest.fn(async () => tested);
    const { user } = open({
      step: 'group',
      of: { ...tested, userGroup },
      api: {
        listUserGroupChoices: () => Promise.reject(error),
        updateConnection,
        syncNow: async () => {},
      },
    });
    expect(
      await screen.findByText(/^Groups cannot be read now/),
    ).toHaveTextContent(truth);
    await user.click(screen.getByRole('button', { name: 'Start first sync' }));
    await waitFor(() =>
      expect(updateConnection).toHaveBeenCalledWith('lab', {
        enabled: true,
      }),
    );
  });
});
