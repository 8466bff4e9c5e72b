// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import {
  account,
  accounts,
  connection,
  finding,
  groupDetail,
  groupGrants,
  groups,
  hostile,
  pageOf,
} from '../__testUtils__/fixtures';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { GroupsTab } from './GroupsTab';

const path = '/groups/*';
const at = '/groups/northwind/g-leads';

function api(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () => pageOf([connection()]),
    getGroup: async () => groupDetail(),
    listGroupGrants: async () => pageOf(groupGrants),
    listGroupMembers: async () => pageOf(accounts.slice(0, 3)),
    listFindings: async () => pageOf([]),
    listGroupChanges: async () => pageOf([]),
    ...more,
  };
}

describe('GroupPage', () => {
  it('shows what it can do, who is in it and what it is', async () => {
    const { user } = renderPage(<GroupsTab />, { api: api(), at, path });
    const access = await region('What it can do');
    expect(
      await access.findByText('Something is granted in 2 spaces'),
    ).toBeInTheDocument();
    expect(
      await access.findByRole('link', { name: 'Payments' }),
    ).toHaveAttribute('href', '/spaces/northwind/PAY');
    await user.click(
      access.getByRole('button', { name: 'Operations of Payments' }),
    );
    expect(access.getByText('create:page')).toBeInTheDocument();

    const members = await region('Members');
    expect(await members.findByText('3 members')).toBeInTheDocument();
    const service = members.getByRole('link', { name: 'svc-release-notes' });
    expect(service).toHaveAttribute('href', '/accounts/northwind/svc:release');
    expect(service.closest('tr')).toHaveTextContent(/Service.*Active/);

    expect(
      members.getByRole('link', { name: '2 open findings of Ana Lindqvist' }),
    ).toHaveAttribute('href', '/accounts/northwind/557058:ana');
    const findings = await region('Findings');
    expect(
      findings.getByText('Groups are not judged: their members are.'),
    ).toBeInTheDocument();
    expect(
      findings.getByText(/^1 member has open findings/),
    ).toBeInTheDocument();

    const about = await region('About');
    expect(about.getByText('Admins')).toBeInTheDocument();
    expect(about.getByText('Group')).toBeInTheDocument();
    expect(about.getByText('g-leads')).toBeInTheDocument();
  });

  it('keeps the date on what it asks for and where it leads', async () => {
    const getGroup = jest.fn(async () => groupDetail());
    const listGroupMembers = jest.fn(async () => pageOf([account()]));
    const listFindings = jest.fn(async () => pageOf([]));
    renderPage(<GroupsTab />, {
      api: api({ getGroup, listGroupMembers, listFindings }),
      at: `${at}?asOf=1482`,
      path,
    });
    expect(
      await screen.findByRole('link', { name: 'Ana Lindqvist' }),
    ).toHaveAttribute('href', '/accounts/northwind/557058:ana?asOf=1482');
    const asked = ['northwind', 'g-leads'];
    expect(getGroup).toHaveBeenCalledWith(
      ...asked,
      { asOf: '1482' },
      expect.anything(),
    );
    expect(listGroupMembers).toHaveBeenCalledWith(
      ...asked,
      { asOf: '1482', cursor: undefined },
      expect.anything(),
    );
    expect(listFindings).toHaveBeenCalledWith(
      expect.objectContaining({ subject: 'g-leads', asOf: '1482' }),
      expect.anything(),
    );
  });

  it('says of whom the worst finding is, and that its connection was ended', async () => {
    const ended = { state: 'ended', endedAt: '2026-11-03T09:00:00Z' } as const;
    renderPage(<GroupsTab />, {
      api: api({
        listConnections: async () => pageOf([connection(ended)]),
        listFindings: async () => pageOf([finding()]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByText('Ana Lindqvist', { selector: 'p > bdi' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/This connection was ended on 3 Nov/),
    ).toBeInTheDocument();
  });

  it('never says that there is nothing where not all was read', async () => {
    const unknown = { code: 'x', text: 'Run 7 stopped half way.' };
    renderPage(<GroupsTab />, {
      api: api({
        getGroup: async () =>
          groupDetail({
            managedBy: '',
            membership: { seen: 0, unknown },
            access: { seen: 2, unknown },
          }),
        listGroupMembers: async () => pageOf([]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByRole('button', {
        name: 'Who is in this group is not known: Run 7 stopped half way.',
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('There may be more: Run 7 stopped half way.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nobody is in this group/)).toBeNull();
    expect(
      screen.getByRole('button', {
        name: 'Unknown: Confluence did not say who manages this group.',
      }),
    ).toBeInTheDocument();
  });

  it('stands without its members for whoever may not see all accounts', async () => {
    const error = await responseError(
      403,
      "Missing the permission 'confluence-compliance.account.read'",
    );
    renderPage(<GroupsTab />, {
      api: api({ listGroupMembers: () => Promise.reject(error) }),
      at,
      path,
    });
    expect(
      await screen.findByText(
        /needs the permission confluence-compliance\.account\.read\./,
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Payments' }),
    ).toBeInTheDocument();
  });

  it('has words for a group that is not there, and for one that may not be seen', async () => {
    const missing = await responseError(404, 'No group');
    const first = renderPage(<GroupsTab />, {
      api: api({ getGroup: () => Promise.reject(missing) }),
      at,
      path,
    });
    expect(
      await screen.findByText(/Northwind has no group with the id g-leads/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Back to the list' }),
    ).toHaveAttribute('href', '/groups');
    first.unmount();
    const forbidden = await responseError(403, 'Unauthorized');
    renderPage(<GroupsTab />, {
      api: api({ getGroup: () => Promise.reject(forbidden) }),
      at,
      path,
    });
    expect(
      await screen.findByText('You may not see this group'),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    renderPage(<GroupsTab />, {
      api: api({
        getGroup: async () =>
          groupDetail({
            name: hostile,
            managedBy: hostile,
            usageType: hostile,
          }),
        listGroupMembers: async () => pageOf([account({ name: hostile })]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: hostile }),
    ).toHaveAttribute('dir', 'auto');
    const members = await region('Members');
    expect(await members.findByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});

describe('GroupsPage', () => {
  it('lists groups, asks the server, and keeps the search in the URL', async () => {
    const listGroups = jest.fn(async () => pageOf(groups));
    const { user, address } = renderPage(<GroupsTab />, {
      api: api({ listGroups }),
      at: '/groups?q=pay&sort=-name',
      path,
    });
    const row = (await screen.findByText('confluence-users')).closest(
      '[role="row"]',
    );
    expect(row).toHaveTextContent(/1.201.*Identity provider.*Group/);
    expect(screen.getByText('3 groups')).toBeInTheDocument();
    expect(listGroups).toHaveBeenCalledWith(
      { q: 'pay', sort: '-name', limit: 20 },
      expect.anything(),
    );
    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), 'docs');
    await waitFor(() => expect(address.current).toContain('q=docs'));
    expect(address.current).toContain('sort=-name');
  });

  it('says that there is none, and what hides them', async () => {
    const listGroups = async () => pageOf([]);
    const first = renderPage(<GroupsTab />, {
      api: api({ listGroups }),
      at: '/groups',
      path,
    });
    expect(await screen.findByText('No group yet')).toBeInTheDocument();
    first.unmount();
    renderPage(<GroupsTab />, {
      api: api({ listGroups }),
      at: '/groups?q=x',
      path,
    });
    expect(await screen.findByText('No group matches')).toBeInTheDocument();
    expect(
      screen.getByText('Groups are hidden by search: x.'),
    ).toBeInTheDocument();
  });
});
