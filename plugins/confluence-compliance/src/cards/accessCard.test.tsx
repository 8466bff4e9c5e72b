// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { fact, on } from '../__testUtils__/card';
import { hostile, hostileInWords } from '../__testUtils__/fixtures';
import {
  access,
  accessAccount,
  accessCheck,
  groupAccess,
  nobodyAccess,
  personAccess,
  teamAccess,
  twoAccountsAccess,
} from '../__testUtils__/fixtures/access';
import { grant } from '../__testUtils__/fixtures/grants';
import { EntityConfluenceAccessCard } from './EntityCards';

describe('the access card of a person', () => {
  it('says the worst first, then four facts, then what it can do', async () => {
    const { getAccess } = on(<EntityConfluenceAccessCard />, personAccess);
    expect(
      await screen.findByText('Left 3 days ago and can still sign in.'),
    ).toBeInTheDocument();
    expect(getAccess).toHaveBeenCalledTimes(1);
    expect(getAccess).toHaveBeenCalledWith(
      'user:default/ana.lindqvist',
      expect.anything(),
    );
    expect(screen.getByText('1 unknown verdict.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'See the check' })).toHaveAttribute(
      'href',
      '/checks/access.offboarded-removed',
    );
    expect(fact('Account')).toHaveTextContent('Active, linked by account id');
    expect(fact('Groups')).toHaveTextContent('9');
    expect(fact('Most it can do')).toHaveTextContent('Space admin');
    expect(fact('Site')).toHaveTextContent('Northwind');
    const rows = within(
      screen.getByRole('table', { name: 'What it can do' }),
    ).getAllByRole('row');
    expect(rows.slice(1).map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Space adminPAY Paymentspayments-leads/),
      expect.stringMatching(/^EditPAY Paymentspayments/),
      expect.stringMatching(/^EditSEC Securitydirect2 days ago/),
    ]);
    expect(screen.getByText('2 more grants')).toBeInTheDocument();
    expect(screen.getByText('12 min ago')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open account' })).toHaveAttribute(
      'href',
      '/accounts/northwind/557058:ana',
    );
  });

  it('says when the access was reviewed, and what is to be decided', async () => {
    on(<EntityConfluenceAccessCard />, {
      ...personAccess,
      person: personAccess.person && {
        ...personAccess.person,
        review: { undecided: 2 },
      },
    });
    await screen.findByText('Left 3 days ago and can still sign in.');
    expect(fact('Access review')).toHaveTextContent(
      /^Never reviewed.*2 decisions are open/,
    );
  });

  it('says once why it is incomplete, and names the check that cannot be judged', async () => {
    const reason = { code: 'partial', text: 'Run 1482 was partial.' };
    on(<EntityConfluenceAccessCard />, {
      ...personAccess,
      incomplete: reason,
      checks: [
        accessCheck({ verdict: 'unknown', reason, title: 'All are known' }),
      ],
    });
    expect(await screen.findByText('All are known')).toBeInTheDocument();
    expect(screen.getByText(/Cannot be judged:/)).toBeInTheDocument();
    expect(screen.getAllByText('Run 1482 was partial.')).toHaveLength(1);
  });

  it('names nobody else than the person without an account', async () => {
    on(<EntityConfluenceAccessCard />, nobodyAccess, { title: 'Otto Berg' });
    expect(
      await screen.findByText(/^No Confluence account is linked to/),
    ).toHaveTextContent('No Confluence account is linked to otto.berg.');
    expect(screen.queryByText('Groups')).not.toBeInTheDocument();
  });

  it('lists several accounts, and calls a level that was not read whole no more than it is', async () => {
    on(<EntityConfluenceAccessCard />, twoAccountsAccess);
    expect(await screen.findByText('Accounts')).toBeInTheDocument();
    expect(fact('Accounts')).toHaveTextContent(
      'Northwind: Active, linked by account idNorthwind Legal: Deactivated, linked by email',
    );
    expect(
      screen.getByRole('link', { name: 'Northwind Legal' }),
    ).toHaveAttribute('href', '/accounts/legal/712020:ana');
    expect(fact('Groups')).toHaveTextContent('10');
    expect(
      screen.getByRole('button', {
        name: 'There may be more: The permissions of 3 spaces could not be read.',
      }),
    ).toBeInTheDocument();
  });

  it('marks what a person perhaps can do', async () => {
    const why = { code: 'x', text: 'Nobody says whether it is suspended.' };
    on(
      <EntityConfluenceAccessCard />,
      access({
        person: {
          accounts: [accessAccount],
          grants: [grant({ level: 'admin', effective: 'perhaps', why })],
          grantsInAll: { seen: 1 },
        },
      }),
    );
    await screen.findByText('Most it can do');
    expect(
      screen.getAllByRole('button', {
        name: `Perhaps effective: ${why.text}`,
      }),
    ).toHaveLength(2);
  });

  it('says unknown where nothing was seen and not everything was read', async () => {
    on(
      <EntityConfluenceAccessCard />,
      access({
        readAt: undefined,
        person: {
          accounts: [{ ...accessAccount, how: undefined }],
          grants: [],
          grantsInAll: {
            seen: 0,
            unknown: { code: 'unread', text: 'Permissions were never read.' },
          },
        },
      }),
    );
    expect(await screen.findByText('Most it can do')).toBeInTheDocument();
    expect(fact('Account')).toHaveTextContent('Active, linked to nobody');
    expect(
      screen.getAllByRole('button', {
        name: 'Unknown: Permissions were never read.',
      }),
    ).toHaveLength(2);
    expect(
      screen.getByRole('button', {
        name: 'Unknown: No check has judged this yet.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: 'Never read whole: No complete read has shown this yet.',
      }),
    ).toBeInTheDocument();
  });

  it('shows hostile names as the text they are', async () => {
    on(
      <EntityConfluenceAccessCard />,
      access({
        checks: [
          accessCheck({ title: hostile, reason: { code: 'x', text: hostile } }),
        ],
        person: {
          accounts: [
            { ...accessAccount, connectionTitle: hostile, status: hostile },
          ],
          grants: [
            grant({
              resource: {
                ref: 'space:1',
                kind: 'space',
                connection: 'northwind',
                key: hostile,
                title: hostile,
              },
              path: [{ kind: 'group', id: 'g', name: hostile }],
            }),
          ],
          grantsInAll: { seen: 1 },
        },
      }),
    );
    expect(
      (await screen.findAllByText(hostile, { normalizer: text => text }))
        .length,
    ).toBeGreaterThanOrEqual(4);
    expect(fact('Account').textContent).toBe(
      `${hostileInWords}, linked by account id`,
    );
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('the access card of a group', () => {
  it('counts the people of a team and how many come through which group', async () => {
    on(<EntityConfluenceAccessCard />, teamAccess);
    expect(await screen.findByText('Confluence groups')).toBeInTheDocument();
    expect(fact('Confluence groups')).toHaveTextContent(
      'paymentspayments-leadsconfluence-users',
    );
    expect(fact('Members')).toHaveTextContent('15, 14 with an account');
    expect(fact('Checks')).toHaveTextContent('1 needs somebody');
    expect(screen.getByText('2 fail')).toBeInTheDocument();
    expect(screen.getByText('3 of the team')).toBeInTheDocument();
    expect(screen.getByText('8 more grants')).toBeInTheDocument();
  });

  it('says of a Confluence group who manages it, and that members may be missing', async () => {
    on(<EntityConfluenceAccessCard />, groupAccess);
    expect(await screen.findByText('Managed by')).toBeInTheDocument();
    expect(fact('Managed by')).toHaveTextContent('SCIM');
    expect(
      within(fact('Members')).getByRole('button', {
        name: 'at least 15: Members changed between pages twice, so the list may have holes.',
      }),
    ).toBeInTheDocument();
    expect(fact('Checks')).toHaveTextContent('Nothing open');
    expect(screen.getByText('this group')).toBeInTheDocument();
    expect(screen.getByText('1 check, nothing wrong')).toBeInTheDocument();
  });
});
