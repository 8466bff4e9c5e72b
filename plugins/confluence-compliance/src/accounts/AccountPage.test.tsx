// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { open } from '../__testUtils__/account';
import {
  accountDetail,
  connection,
  finding,
  hostile,
  pageOf,
} from '../__testUtils__/fixtures';
import { grant, grants, spaceResource } from '../__testUtils__/fixtures/grants';
import { region, responseError } from '../__testUtils__/render';

describe('AccountPage', () => {
  it('shows what the account can do, by which path, and who it is', async () => {
    const { user } = open();
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

  it('marks what the organization said before its key was refused', async () => {
    const [site] = connection().datasets;
    const reason = { code: 'organization-key-refused', text: 'Key refused.' };
    const stale = { readAt: '2020-11-27T12:00:00.000Z', reason };
    const { facts } = accountDetail();
    open({
      listConnections: async () =>
        pageOf([
          connection({
            datasets: [
              {
                ...site,
                dataset: 'directory',
                state: 'unavailable',
                reasons: [reason],
              },
            ],
          }),
        ]),
      getAccount: async () =>
        accountDetail({
          facts: {
            ...facts,
            status: { ...facts.status, stale },
            role: { value: 'user', source: 'organization', stale },
            mfa: {
              value: 'enabled',
              source: 'organization',
              stale: { reason },
            },
          },
        }),
    });
    const identity = await region('Identity');
    expect(
      identity.getAllByRole('button', {
        name: /^last read 27 Nov 2020.*Cannot be read now: Key refused\./,
      }),
    ).toHaveLength(2);
    expect(
      identity.getByRole('button', { name: /^never confirmed.*Key refused/ }),
    ).toBeInTheDocument();
    expect(await screen.findByText('Not complete')).toBeInTheDocument();
    expect(
      screen.getByText(/Roles, MFA, last active: cannot be read/),
    ).toBeInTheDocument();
  });

  it('counts what is excepted, and begins with what is not', async () => {
    const accepted = finding({
      id: 'accepted',
      reason: { code: 'x', text: 'Accepted for a month.' },
      exception: {
        id: 'e1',
        status: 'live',
        until: '2099-02-01T00:00:00.000Z',
      },
    });
    const left = finding({
      id: 'open',
      verdict: 'warning',
      reason: { code: 'y', text: 'Nobody reviewed it.' },
    });
    const shown = open({
      getAccount: async () => accountDetail({ findings: 2, excepted: 1 }),
      listFindings: async () => pageOf([accepted, left]),
    });
    const findings = await region('Findings');
    expect(
      await findings.findByText(/^2 open findings, 1 excepted/),
    ).toBeInTheDocument();
    expect(findings.getByText('Until 31 Jan 2099')).toBeInTheDocument();
    expect(
      screen.getAllByText('Nobody reviewed it.', { selector: 'strong' }),
    ).toHaveLength(1);
    expect(
      screen.queryByText('Accepted for a month.', { selector: 'strong' }),
    ).not.toBeInTheDocument();
    shown.unmount();

    open({ listFindings: async () => pageOf([accepted]) });
    await region('Findings');
    expect(
      await screen.findByText('Accepted for a month.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByText('Accepted for a month.', { selector: 'strong' }),
    ).not.toBeInTheDocument();
  });

  it('asks for the account as of the date, everywhere', async () => {
    const asOf = '2026-11-03T23:59:59.999Z';
    const getAccount = jest.fn(async () => accountDetail());
    const listAccountGrants = jest.fn(async () => pageOf(grants));
    const listFindings = jest.fn(async () => pageOf([]));
    open({ getAccount, listAccountGrants, listFindings }, '?asOf=2026-11-03');
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

  it('opens with the worst finding that fails, not with what is unknown', async () => {
    open({
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
    });
    const findings = await region('Findings');
    await findings.findByText('Could not be seen.');
    expect(findings.getByText('The account itself')).toBeInTheDocument();
    expect(screen.getAllByText('Is in no allowed group.')).toHaveLength(2);
    expect(
      screen.getByRole('link', { name: 'Open the check' }),
    ).toHaveAttribute('href', '/checks/access.offboarded-removed');
  });

  it.each([
    ['', /Northwind has no account with the id 557058:ana/],
    [
      '?asOf=2026-11-03',
      /Northwind knew no account with the id 557058:ana then/,
    ],
  ])('says that there is no such account (%s)', async (search, words) => {
    const error = await responseError(404, 'No account');
    open({ getAccount: () => Promise.reject(error) }, search);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Back to the list' }),
    ).toHaveAttribute('href', `/accounts${search}`);
  });

  it('names the permission, and keeps the page for whoever may not see findings', async () => {
    const error = await responseError(403, 'Unauthorized');
    const first = open({ getAccount: () => Promise.reject(error) });
    expect(
      await screen.findByText('You may not see this account'),
    ).toBeInTheDocument();
    first.unmount();

    open({ listFindings: () => Promise.reject(error) });
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

  it('shows hostile names as text', async () => {
    open({
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
