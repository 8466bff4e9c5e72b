// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import {
  accountDetail,
  connection,
  dataset,
  finding,
  hostile,
  ownedPages,
  pageOf,
  partialConnection,
} from '../__testUtils__/fixtures';
import {
  grant,
  grants,
  shutOutGrants,
  spaceResource,
} from '../__testUtils__/fixtures/access';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { AccountsTab } from './AccountsTab';

const path = '/accounts/*';
const at = '/accounts/northwind/557058%3Aana';

function api(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () => pageOf([connection()]),
    getAccount: async () => accountDetail(),
    listAccountGrants: async () => pageOf(grants),
    listFindings: async () => pageOf([]),
    listAccountChanges: async () => pageOf([]),
    listPages: async () => pageOf([]),
    ...more,
  };
}

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

describe('AccountPage', () => {
  it('shows what the account can do, by which path, and who it is', async () => {
    const { user } = renderPage(<AccountsTab />, { api: api(), at, path });
    const access = await region('Effective access');
    expect(
      await access.findByText('3 grants, each with its path'),
    ).toBeInTheDocument();
    const [, admin, , direct] = access.getAllByRole('row');
    expect(admin).toHaveTextContent(
      /Space admin.*Payments.*PAY.*payments-leads/,
    );
    expect(
      within(admin).getByRole('link', { name: 'Payments' }),
    ).toHaveAttribute('href', '/spaces/northwind/PAY');
    expect(direct).toHaveTextContent(/Edit.*Security.*direct/);
    expect(access.queryByText('administer:space')).not.toBeInTheDocument();
    await user.click(
      within(admin).getByRole('button', { name: 'Operations of Payments' }),
    );
    expect(access.getByText('administer:space')).toBeInTheDocument();

    const identity = await region('Identity');
    expect(identity.getByText('557058:ana')).toBeInTheDocument();
    expect(
      identity.getByRole('link', { name: 'ana.lindqvist' }),
    ).toHaveAttribute('href', '/catalog/default/user/ana.lindqvist');
    expect(identity.getByText('Northwind')).toBeInTheDocument();
    const groups = await region('Groups');
    expect(groups.getAllByRole('listitem')).toHaveLength(3);
    for (const place of [groups, within(admin)]) {
      expect(
        place.getByRole('link', { name: 'payments-leads' }),
      ).toHaveAttribute('href', '/groups/northwind/g-leads');
    }
    expect(
      screen.getByRole('heading', { level: 1, name: 'Ana Lindqvist' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Accounts' })).toHaveAttribute(
      'href',
      '/accounts',
    );
  });

  it('says of a grant by which role it is, and why the account does not surely get it', async () => {
    renderPage(<AccountsTab />, {
      api: api({ listAccountGrants: async () => pageOf(shutOutGrants) }),
      at,
      path,
    });
    const access = await region('Effective access');
    await access.findByText('3 grants, each with its path');
    const [, suspended, perhaps, surely] = access.getAllByRole('row');
    expect(suspended).toHaveTextContent(
      /Space admin.*by the role Admin.*Not effective The account is suspended\./,
    );
    expect(perhaps).toHaveTextContent(/View.*by the role Viewer/);
    expect(
      within(perhaps).getByRole('button', {
        name: 'Perhaps effective: An admin of the organization can give itself access.',
      }),
    ).toBeInTheDocument();
    expect(surely).not.toHaveTextContent(/effective|by the role/i);
  });

  it('asks for the account as of the date, everywhere', async () => {
    const asOf = '2026-11-03T23:59:59.999Z';
    const getAccount = jest.fn(async () => accountDetail());
    const listAccountGrants = jest.fn(async () => pageOf(grants));
    const listFindings = jest.fn(async () => pageOf([]));
    renderPage(<AccountsTab />, {
      api: api({ getAccount, listAccountGrants, listFindings }),
      at: `${at}?asOf=2026-11-03`,
      path,
    });
    await screen.findByText('3 grants, each with its path');
    expect(getAccount).toHaveBeenCalledWith(
      'northwind',
      '557058:ana',
      { asOf },
      expect.anything(),
    );
    expect(listAccountGrants).toHaveBeenCalledWith(
      'northwind',
      '557058:ana',
      { asOf, cursor: undefined },
      expect.anything(),
    );
    expect(listFindings).toHaveBeenCalledWith(
      {
        connection: 'northwind',
        account: '557058:ana',
        asOf,
        cursor: undefined,
      },
      expect.anything(),
    );
    expect(screen.getByText(/This is what was known then/)).toBeInTheDocument();
  });

  it('lists what the account owns, and says where it may own more', async () => {
    const listPages = jest.fn(async () =>
      pageOf(ownedPages, {
        totalItems: 44,
        pageInfo: { nextCursor: 'next' },
      }),
    );
    renderPage(<AccountsTab />, {
      api: api({
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
      }),
      at,
      path,
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
    renderPage(<AccountsTab />, {
      api: api({
        listPages: async () => {
          throw await responseError(403, 'No');
        },
      }),
      at,
      path,
    });
    const owns = await region('Owns');
    expect(
      await owns.findByText(
        'Seeing pages needs the permission confluence-compliance.page.read.',
      ),
    ).toBeInTheDocument();
  });

  it('opens with the worst finding that fails, not with what is unknown', async () => {
    renderPage(<AccountsTab />, {
      api: api({
        listFindings: async () =>
          pageOf([
            finding({
              id: '1',
              verdict: 'unknown',
              reason: { code: 'x', text: 'Could not be seen.' },
            }),
            finding({
              id: '2',
              severity: 'high',
              reason: { code: 'y', text: 'Is in no allowed group.' },
              resource: spaceResource,
            }),
          ]),
      }),
      at,
      path,
    });
    const findings = await region('Findings');
    await findings.findByText('Could not be seen.');
    expect(findings.getByText('The account itself')).toBeInTheDocument();
    expect(screen.getAllByText('Is in no allowed group.')).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: 'Open the check' }),
    ).toHaveAttribute('href', '/checks/access.offboarded-removed');
  });

  it('says why access is unknown where permissions were never read', async () => {
    renderPage(<AccountsTab />, {
      api: api({
        getAccount: async () =>
          accountDetail({
            access: {
              seen: 0,
              unknown: { code: 'x', text: 'The scope is missing.' },
            },
          }),
        listAccountGrants: async () => pageOf([]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByRole('button', {
        name: 'What this account can do is not known: The scope is missing.',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/No access was found/)).not.toBeInTheDocument();
  });

  it('says so too where only the connection tells, and never that there is none', async () => {
    const memberships = partialConnection.datasets.filter(
      one => one.dataset === 'memberships',
    );
    renderPage(<AccountsTab />, {
      api: api({
        listConnections: async () =>
          pageOf([connection({ datasets: memberships })]),
        getAccount: async () => accountDetail({ access: undefined }),
        listAccountGrants: async () => pageOf([grant()]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByText(
        `There may be more: ${memberships[0].reasons[0].text}`,
      ),
    ).toBeInTheDocument();
  });

  it('reads on where there is more', async () => {
    const listAccountGrants = jest.fn(
      async (_connection: string, _id: string, query?: { cursor?: string }) =>
        query?.cursor
          ? pageOf([grant({ level: 'view', path: [] })], { totalItems: 4 })
          : pageOf(grants, {
              totalItems: 4,
              pageInfo: { nextCursor: 'two' },
            }),
    );
    const { user } = renderPage(<AccountsTab />, {
      api: api({ listAccountGrants }),
      at,
      path,
    });
    expect(await screen.findByText('3 of 4 shown')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    const access = await region('Effective access');
    expect(await access.findByText('View')).toBeInTheDocument();
    expect(access.getAllByRole('row')).toHaveLength(5);
  });

  it.each([
    ['', /Northwind has no account with the id 557058:ana/],
    [
      '?asOf=2026-11-03',
      /Northwind knew no account with the id 557058:ana then/,
    ],
  ])('says that there is no such account (%s)', async (search, words) => {
    const error = await responseError(404, 'No account');
    renderPage(<AccountsTab />, {
      api: api({ getAccount: () => Promise.reject(error) }),
      at: at + search,
      path,
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Back to the list' }),
    ).toHaveAttribute('href', `/accounts${search}`);
  });

  it('names the permission, and keeps the page for whoever may not see findings', async () => {
    const error = await responseError(403, 'Unauthorized');
    const first = renderPage(<AccountsTab />, {
      api: api({ getAccount: () => Promise.reject(error) }),
      at,
      path,
    });
    expect(
      await screen.findByText('You may not see this account'),
    ).toBeInTheDocument();
    first.unmount();

    renderPage(<AccountsTab />, {
      api: api({ listFindings: () => Promise.reject(error) }),
      at,
      path,
    });
    expect(
      await screen.findByText(
        'Seeing findings needs the permission confluence-compliance.finding.read.',
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findAllByText('payments-leads', {
        selector: 'bdi *, a *, bdi',
      }),
    ).toHaveLength(2);
  });

  it('shows tokens with their times, and says why they are not known', async () => {
    const { unmount } = renderPage(<AccountsTab />, { api: api(), at, path });
    const known = await region('Credentials');
    const [used, blocked] = known.getAllByRole('listitem');
    expect(used).toHaveTextContent(
      /^Build server.*Made.*Last used 1 hour ago.*Expires/,
    );
    expect(blocked).toHaveTextContent(/^Old laptop.*never.*Blocked$/);
    unmount();
    const why = 'Needs an organization key. Northwind has none.';
    const reason = { code: 'no-organization-key', text: why };
    renderPage(<AccountsTab />, {
      api: api({
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
      }),
      at,
      path,
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

  it('shows hostile names as text', async () => {
    renderPage(<AccountsTab />, {
      api: api({
        getAccount: async () =>
          accountDetail({
            name: hostile,
            email: hostile,
            status: hostile,
            memberOf: [
              { groupId: 'g', name: hostile, since: '2026-01-01T00:00:00Z' },
            ],
          }),
        listAccountGrants: async () =>
          pageOf([
            grant({
              resource: { ...spaceResource, key: '../x', title: hostile },
              path: [{ kind: 'group', id: 'g/..', name: hostile }],
            }),
          ]),
        listFindings: async () =>
          pageOf([finding({ reason: { code: 'x', text: hostile } })]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: hostile }),
    ).toHaveAttribute('dir', 'auto');
    const access = await region('Effective access');
    const links = await access.findAllByRole('link', { name: hostile });
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      '/spaces/northwind/..%2Fx',
      '/groups/northwind/g%2F..',
    ]);
    expect(screen.getAllByText(hostile).length).toBeGreaterThanOrEqual(8);
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
