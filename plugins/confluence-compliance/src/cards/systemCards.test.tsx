// SPDX-License-Identifier: Apache-2.0
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import { criticalSystemManagePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { fact, on } from '../__testUtils__/card';
import { hostile } from '../__testUtils__/fixtures';
import { access } from '../__testUtils__/fixtures/access';
import {
  criticalSpaceAccess,
  noPolicyAccess,
  policyAccess,
  publicSpaceAccess,
  siteAccess,
  spaceAccess,
  unreadSpaceAccess,
} from '../__testUtils__/fixtures/spaceAccess';
import { approval } from '../__testUtils__/fixtures/policies';
import { criticalSystem, policy } from '../__testUtils__/fixtures/systems';
import { never, responseError } from '../__testUtils__/render';
import {
  EntityConfluenceAccessCard,
  EntityConfluenceAccessReviewCard,
  EntityConfluencePolicyCard,
  EntityConfluenceSpaceCard,
} from './EntityCards';

describe('the space card', () => {
  it('says who reaches the space, who can do most, and what the checks say', async () => {
    on(<EntityConfluenceSpaceCard />, spaceAccess);
    expect(await screen.findByText('People with access')).toBeInTheDocument();
    expect(fact('Space')).toHaveTextContent('PAY Payments');
    expect(fact('People with access')).toHaveTextContent(
      '41, of them 5 admins',
    );
    expect(fact('Guests and machines')).toHaveTextContent(
      '1 guest, 2 machines',
    );
    expect(fact('Open to the internet')).toHaveTextContent('No');
    const table = screen.getByRole('table', { name: 'Who can do most' });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^Space adminpayments-leads3/),
      expect.stringMatching(/^Space adminMei Tanaka1/),
      expect.stringMatching(/^ViewEverybody with a license1\u202f284/),
    ]);
    expect(screen.getByText('6 more grants')).toBeInTheDocument();
    const checks = screen.getByRole('list', { name: 'Checks' });
    expect(within(checks).getByText('Pass')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Who can do what' }),
    ).toHaveAttribute('href', '/spaces/northwind/PAY');
  });

  it('leaves the checks of a critical system to the card of its review, but for the worst', async () => {
    on(<EntityConfluenceSpaceCard />, criticalSpaceAccess);
    expect(
      await screen.findByText('Left 3 days ago and can still sign in.'),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('list', { name: 'Checks' }),
    ).not.toBeInTheDocument();
  });

  it('says that the admins of a site are not known', async () => {
    on(<EntityConfluenceAccessReviewCard />, {
      ...siteAccess,
      criticalSystem: criticalSystem({
        reach: {
          people: { seen: 24 },
          admins: { seen: 0, unknown: { code: 'x', text: 'Not listed.' } },
          guests: 0,
          machines: 0,
        },
      }),
    });
    expect(
      await screen.findByRole('button', {
        name: 'admins unknown: Not listed.',
      }),
    ).toBeInTheDocument();
    expect(fact('People with access')).toHaveTextContent('24, admins unknown');
  });

  it('warns of a space that is open to the internet', async () => {
    on(<EntityConfluenceSpaceCard />, publicSpaceAccess);
    expect(
      await screen.findByText('Anybody on the internet can read this space.'),
    ).toBeInTheDocument();
    expect(fact('Open to the internet')).toHaveTextContent('Yes');
    expect(screen.getByText('Anybody on the internet')).toBeInTheDocument();
  });

  it('calls what was never read unknown, never zero', async () => {
    on(<EntityConfluenceSpaceCard />, unreadSpaceAccess);
    expect(
      await screen.findByText(
        'The scope read:space.permission:confluence is missing.',
      ),
    ).toBeInTheDocument();
    for (const label of [
      'People with access',
      'Guests and machines',
      'Open to the internet',
    ]) {
      expect(
        within(fact(label)).getByRole('button', {
          name: 'Unknown: Never read.',
        }),
      ).toBeInTheDocument();
    }
    expect(screen.queryByText('No')).not.toBeInTheDocument();
    expect(screen.queryByText('Nobody has access.')).not.toBeInTheDocument();
  });

  it('says that a space it knows nothing of was not read', async () => {
    on(<EntityConfluenceSpaceCard />, access({}));
    expect(
      await screen.findByText(
        'The space of this entity is not known: it was never read.',
      ),
    ).toBeInTheDocument();
  });
});

describe('the access review card', () => {
  const site = { 'atlassian.net/site': 'https://northwind.atlassian.net' };

  it('says of a site when its first review is due, and by which rule', async () => {
    on(<EntityConfluenceAccessReviewCard />, siteAccess, {
      annotations: site,
    });
    expect(await screen.findByText(/^First review due/)).toBeInTheDocument();
    expect(screen.getByText(/^Never reviewed\./)).toBeInTheDocument();
    expect(fact('People with access')).toHaveTextContent(
      '1 201, of them 6 admins',
    );
    expect(fact('Rule')).toHaveTextContent('Everybody employed');
    expect(fact('Reviewed every')).toHaveTextContent('6 months');
    expect(fact('Owner')).toHaveTextContent('security');
    expect(screen.getByText('4 warn')).toBeInTheDocument();
    expect(screen.queryByText('Overdue')).not.toBeInTheDocument();
  });

  it('says of a space that its review is overdue, and which groups may enter', async () => {
    on(<EntityConfluenceAccessReviewCard />, criticalSpaceAccess);
    expect(
      await screen.findByText(/^First review was due/),
    ).toBeInTheDocument();
    expect(screen.getByText('Overdue')).toBeInTheDocument();
    expect(fact('Rule')).toHaveTextContent('Groups payments, payments-leads');
    expect(
      screen.getAllByText('Access follows the rule of this system'),
    ).toHaveLength(1);
  });

  it('says how far the review that runs is', async () => {
    on(<EntityConfluenceAccessReviewCard />, {
      ...criticalSpaceAccess,
      criticalSystem: criticalSystem({
        origin: 'portal',
        review: {
          every: 'P3M',
          overdue: false,
          lastAt: '2026-01-02T00:00:00Z',
          dueAt: '2026-04-02T00:00:00Z',
          running: { id: 'r1', undecided: 7 },
        },
      }),
    });
    expect(await screen.findByText(/^Next review due/)).toBeInTheDocument();
    expect(
      screen.getByText('A review runs: 7 decisions are open.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/Marked as a critical system/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Take the mark away' }),
    ).toBeInTheDocument();
  });

  it('teaches whoever may mark the space of the entity', async () => {
    on(<EntityConfluenceAccessReviewCard />, spaceAccess);
    expect(
      await screen.findByText('Not a critical system'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Mark as critical' }),
    ).toBeInTheDocument();
  });

  it('shows nothing where the entity is not a critical system', async () => {
    const { getAccess, container } = on(
      <>
        <EntityConfluenceAccessReviewCard />
        <p>after</p>
      </>,
      spaceAccess,
      { refused: [criticalSystemManagePermission.name] },
    );
    expect(await screen.findByText('after')).toBeInTheDocument();
    await Promise.all(getAccess.mock.results.map(({ value }) => value));
    expect(container).toHaveTextContent(/^after$/);
  });
});

describe('the policy card', () => {
  it('says which policy a page fulfils, in which version, and who reads it', async () => {
    on(<EntityConfluencePolicyCard />, policyAccess);
    expect(
      await screen.findByText('Information Security Policy'),
    ).toBeInTheDocument();
    expect(screen.getByText('Pass')).toBeInTheDocument();
    expect(fact('Version')).toHaveTextContent(/^Version 17, \d/);
    expect(fact('Approved')).toHaveTextContent('No version yet');
    expect(fact('Readers')).toHaveTextContent('Whoever reads the space');
  });

  it('says which version is approved, and that the page was edited since', async () => {
    const approved = (version: number) =>
      policy({ approval: approval({ version }) });
    const { unmount } = on(<EntityConfluencePolicyCard />, {
      ...policyAccess,
      policies: [approved(16)],
    });
    expect(await screen.findByText('Approved')).toBeInTheDocument();
    expect(fact('Approved')).toHaveTextContent(
      /^Version 16, .*; edited since$/,
    );
    unmount();
    on(<EntityConfluencePolicyCard />, {
      ...policyAccess,
      policies: [approved(17)],
    });
    expect(await screen.findByText('Approved')).toBeInTheDocument();
    expect(fact('Approved')).toHaveTextContent(/^Version 17, [^;]*$/);
  });

  it('says unknown where the page or its restrictions were not read', async () => {
    const [page] = policy().pages;
    on(<EntityConfluencePolicyCard />, {
      ...policyAccess,
      policies: [
        policy({
          verdict: 'unknown',
          pages: [{ ...page, restriction: 'unknown' }],
        }),
        policy({ id: 'access-control', title: hostile, pages: [] }),
      ],
    });
    expect(
      await screen.findByRole('button', {
        name: 'Unknown: Restrictions of this page were not read.',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('button', {
        name: 'Unknown: The rule does not find this page now.',
      }),
    ).toHaveLength(2);
    expect(
      screen.getByText(hostile, { normalizer: text => text }),
    ).toBeInTheDocument();
  });

  it('says that no policy names the page', async () => {
    on(<EntityConfluencePolicyCard />, noPolicyAccess);
    expect(
      await screen.findByText('No required policy names this page.'),
    ).toBeInTheDocument();
  });
});

describe.each([
  ['access', <EntityConfluenceAccessCard />],
  ['space', <EntityConfluenceSpaceCard />],
  ['policy', <EntityConfluencePolicyCard />],
])('the %s card without an answer', (_, card) => {
  it('waits', async () => {
    on(card, never<Access>());
    expect(await screen.findByText('Loading')).toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    on(card, await responseError(403, 'Unauthorized'));
    expect(
      await screen.findByText(/confluence-compliance\.access\.read/),
    ).toBeInTheDocument();
  });

  it('says what the backend does not know', async () => {
    on(card, await responseError(404, 'There is no entity user:default/ana'));
    expect(
      await screen.findByText('There is no entity user:default/ana'),
    ).toBeInTheDocument();
  });

  it('offers to try again', async () => {
    const { user, getAccess } = on(
      card,
      await responseError(503, 'The database is away'),
    );
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(getAccess).toHaveBeenCalledTimes(2);
  });
});
