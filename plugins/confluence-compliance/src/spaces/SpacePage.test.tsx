// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import {
  connection,
  finding,
  hostile,
  openSpace,
  pageOf,
  spaceDetail,
  unreadSpaceDetail,
} from '../__testUtils__/fixtures';
import { openSpaceGrants, spaceGrants } from '../__testUtils__/fixtures/grants';
import { criticalSpace } from '../__testUtils__/fixtures/systems';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { SpacesTab } from './SpacesTab';

const path = '/spaces/*';
const at = '/spaces/northwind/PAY';

function api(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () => pageOf([connection()]),
    getSpace: async () => spaceDetail(),
    listSpaceGrants: async () => pageOf(spaceGrants),
    listFindings: async () => pageOf([]),
    listSpaceChanges: async () => pageOf([]),
    listCriticalSystems: async () => pageOf([criticalSpace]),
    ...more,
  };
}

describe('SpacePage', () => {
  it('never says that nothing is wrong where no check judges it', async () => {
    const [leads, mei] = spaceGrants;
    renderPage(<SpacesTab />, {
      api: api({
        getSpace: async () =>
          spaceDetail({
            judged: false,
            critical: false,
            findings: 0,
            unknownVerdicts: 0,
          }),
        listSpaceGrants: async () =>
          pageOf([
            { ...leads, findings: 2 },
            { ...mei, findings: 1, marks: ['guest', 'unidentified'] },
          ]),
      }),
      at,
      path,
    });
    const findings = await region('Findings');
    expect(
      await findings.findByText(
        'No check judges this space: it is not a critical system.',
      ),
    ).toBeInTheDocument();
    expect(findings.queryByText(/No finding is open/)).not.toBeInTheDocument();
    const access = await region('Who can do what');
    await access.findByText('2 principals');
    const [, group, person] = access.getAllByRole('row');
    expect(group).toHaveTextContent('2 members with findings');
    expect(person).toHaveTextContent(/Guest.*Nobody is linked.*1 open finding/);
  });

  it('shows who reaches it, who can do what, and its rule', async () => {
    const { user } = renderPage(<SpacesTab />, { api: api(), at, path });
    const reach = await region('Who reaches it');
    expect(reach.getByText('41')).toBeInTheDocument();
    // The backend counts guests apart, and nobody for being on the internet.
    expect(reach.getByText('From outside, not among the people')).toBeVisible();
    expect(
      reach.getByText('Without signing in, in none of the numbers'),
    ).toBeVisible();
    expect(reach.getByText('Closed')).toBeInTheDocument();
    expect(
      screen.queryByText(/Anybody on the internet can read/),
    ).not.toBeInTheDocument();

    const access = await region('Who can do what');
    expect(await access.findByText('3 principals')).toBeInTheDocument();
    const [, leads, mei, licensed] = access.getAllByRole('row');
    expect(leads).toHaveTextContent(/payments-leads.*Space admin.*3/);
    expect(
      within(leads).getByRole('link', { name: 'payments-leads' }),
    ).toHaveAttribute('href', '/groups/northwind/g-leads');
    expect(mei).toHaveTextContent(/Mei Tanaka.*Space admin.*1/);
    expect(licensed).toHaveTextContent(/Everybody with a license.*View/);
    await user.click(
      within(leads).getByRole('button', {
        name: 'Operations of payments-leads',
      }),
    );
    expect(access.getByText('create:page')).toBeInTheDocument();

    const system = await region('Critical system');
    expect(
      await system.findByText(/payments, payments-leads/),
    ).toBeInTheDocument();
    expect(system.getByText('6 months')).toBeInTheDocument();
    expect(system.getByText('Overdue')).toBeInTheDocument();
    expect(
      system.getByText(/^Never. The time counts from/),
    ).toBeInTheDocument();
    expect(
      system.getByRole('link', { name: criticalSpace.check.title }),
    ).toHaveAttribute('href', `/checks/${criticalSpace.check.id}`);
  });

  it('begins with the internet where it is open to it', async () => {
    renderPage(<SpacesTab />, {
      api: api({
        getSpace: async () =>
          spaceDetail({
            ...openSpace,
            reach: { ...spaceDetail().reach, anonymous: true },
          }),
        listSpaceGrants: async () =>
          pageOf([...openSpaceGrants, ...spaceGrants]),
      }),
      at: '/spaces/northwind/HELP',
      path,
    });
    expect(
      await screen.findByText(
        'Anybody on the internet can read this space, without signing in.',
      ),
    ).toBeInTheDocument();
    expect((await region('Who reaches it')).getByText('Open')).toBeVisible();
    const access = await region('Who can do what');
    await access.findByText('5 principals');
    const [, internet, left, leads] = access.getAllByRole('row');
    expect(internet).toHaveTextContent(
      /Anybody on the internet.*Open to the internet.*View.*by the role Viewer/,
    );
    expect(left).toHaveTextContent(
      /Otto Berg.*by the role Admin.*Not effective The account is deactivated\./,
    );
    expect(leads).not.toHaveTextContent(/Open to|effective|by the role/);
    expect(
      screen.queryByRole('region', { name: 'Critical system' }),
    ).toBeNull();
  });

  it('says why nothing is known where permissions were never read', async () => {
    renderPage(<SpacesTab />, {
      api: api({
        getSpace: async () => unreadSpaceDetail,
        listSpaceGrants: async () => pageOf([]),
      }),
      at: '/spaces/northwind/SEC',
      path,
    });
    const reason = 'The scope read:space.permission:confluence is missing.';
    const reach = await region('Who reaches it');
    expect(
      reach.getAllByRole('button', { name: `Unknown: ${reason}` }),
    ).toHaveLength(5);
    expect(reach.queryByText('0')).not.toBeInTheDocument();
    expect(
      await screen.findByRole('button', {
        name: `Who can do what is not known: ${reason}`,
      }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Nobody has access/)).not.toBeInTheDocument();
  });

  it('says of whom the worst finding is, and asks for those about the space', async () => {
    const listFindings = jest.fn(async () =>
      pageOf([
        finding({
          verdict: 'warning',
          reason: { code: 'x', text: 'Is in no allowed group.' },
        }),
      ]),
    );
    renderPage(<SpacesTab />, {
      api: api({ listFindings }),
      at: `${at}?asOf=1482`,
      path,
    });
    const findings = await region('Findings');
    expect(
      await findings.findByRole('link', { name: 'Ana Lindqvist' }),
    ).toHaveAttribute('href', '/accounts/northwind/557058:ana?asOf=1482');
    expect(
      screen.getByText('Ana Lindqvist', { selector: 'p > bdi' }),
    ).toBeVisible();
    expect(listFindings).toHaveBeenCalledWith(
      {
        connection: 'northwind',
        resource: 'space:65537',
        asOf: '1482',
        cursor: undefined,
      },
      expect.anything(),
    );
  });

  it('stands without the rule for whoever may not see checks', async () => {
    const error = await responseError(403, 'Unauthorized');
    renderPage(<SpacesTab />, {
      api: api({
        listCriticalSystems: () => Promise.reject(error),
        listFindings: () => Promise.reject(error),
      }),
      at,
      path,
    });
    expect(
      await screen.findByText(
        /seen with the permission confluence-compliance\.check\.read\./,
      ),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        /needs the permission confluence-compliance\.finding\.read\./,
      ),
    ).toBeInTheDocument();
    expect(await screen.findByText('3 principals')).toBeInTheDocument();
  });

  it('has words for a space that is not there, and for one that may not be seen', async () => {
    const missing = await responseError(404, 'No space');
    const first = renderPage(<SpacesTab />, {
      api: api({
        getSpace: () => Promise.reject(missing),
        listCriticalSystems: async () => pageOf([]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByText(/Northwind sees no space with the key PAY/),
    ).toBeInTheDocument();
    first.unmount();
    const required = renderPage(<SpacesTab />, {
      api: api({
        getSpace: () => Promise.reject(missing),
        listCriticalSystems: async () => pageOf([criticalSpace]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByText(
        /PAY is configured as a critical system, and the connection Northwind cannot see it/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open its check' }),
    ).toHaveAttribute('href', `/checks/${criticalSpace.check.id}`);
    required.unmount();
    const forbidden = await responseError(403, 'Unauthorized');
    renderPage(<SpacesTab />, {
      api: api({ getSpace: () => Promise.reject(forbidden) }),
      at,
      path,
    });
    expect(
      await screen.findByText('You may not see this space'),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    renderPage(<SpacesTab />, {
      api: api({
        getSpace: async () =>
          spaceDetail({ name: hostile, type: hostile, status: hostile }),
        listSpaceGrants: async () =>
          pageOf([
            {
              ...spaceGrants[0],
              principal: { kind: 'group' as const, id: 'g', name: hostile },
              operations: [hostile],
            },
          ]),
      }),
      at,
      path,
    });
    expect(
      await screen.findByRole('heading', { level: 1, name: hostile }),
    ).toHaveAttribute('dir', 'auto');
    const access = await region('Who can do what');
    expect(await access.findByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
