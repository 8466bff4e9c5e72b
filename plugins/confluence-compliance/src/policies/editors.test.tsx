// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { hostile } from '../__testUtils__/fixtures';
import { progress } from '../__testUtils__/fixtures/acknowledgements';
import {
  policyDetail,
  policyDifference,
  policyEditors,
} from '../__testUtils__/fixtures/policies';
import { region, renderPage } from '../__testUtils__/render';
import { PoliciesTab } from './PoliciesTab';

type Editors = ReturnType<typeof policyEditors>;

async function open(editors: Editors, search = '') {
  const getPolicyEditors = jest.fn(async () => editors);
  renderPage(<PoliciesTab />, {
    api: {
      getPolicy: async () => policyDetail(),
      getPolicyDifference: async () => policyDifference(),
      getPolicyEditors,
      getAcknowledgements: async () => progress(),
      listOwnAcknowledgements: async () => ({ items: [] }),
      getAccount: jest.fn(async () => ({})) as never,
    },
    at: `/policies/infosec${search}`,
    path: '/policies/*',
  });
  return getPolicyEditors;
}

describe('who may edit a policy', () => {
  it('is told in numbers, with some by name and how many more', async () => {
    await open(
      policyEditors({
        some: [
          { accountId: '712020:a', name: `Ana ${hostile}` },
          { accountId: '712020:b' },
        ],
        readingNarrowed: 'inherited',
        groupCount: 4,
      }),
    );
    const panel = await region('Who may edit it');
    expect(await panel.findByText('12 accounts')).toBeInTheDocument();
    expect(panel.getByText(/^Only some are let/)).toBeInTheDocument();
    expect(panel.getByText(/^1 of them administers/)).toBeInTheDocument();
    expect(panel.getByText(/^A page above it narrows/)).toBeInTheDocument();
    expect(panel.getByText('security')).toBeInTheDocument();
    expect(panel.getByText(`Ana ${hostile}`)).toBeInTheDocument();
    expect(panel.getByText('712020:b')).toBeInTheDocument();
    expect(panel.getByText('and 10 more')).toBeInTheDocument();
    expect(panel.getByText('and 3 more')).toBeInTheDocument();
  });

  it('tells no number of a page that was not read', async () => {
    const text = 'The page itself was not read, only its label.';
    await open({
      connection: 'northwind',
      pageId: '98305',
      classes: [],
      readingNarrowed: 'unknown',
      unknown: { code: 'page-not-read', text },
    });
    const panel = await region('Who may edit it');
    expect(
      await panel.findByRole('button', { name: /Not known/ }),
    ).toBeInTheDocument();
    expect(panel.getByText(text)).toBeInTheDocument();
    expect(panel.getByText(/^Whether the page narrows/)).toBeInTheDocument();
    expect(panel.queryByText(/accounts?$/)).toBeNull();
  });

  it('is unknown with its reason, and names nobody to whoever may not see them', async () => {
    const text = 'Whom the page itself lets edit was not read yet.';
    await open(
      policyEditors({
        narrowed: undefined,
        readAt: undefined,
        administrators: 0,
        classes: ['all-licensed-users', 'new-class'],
        some: undefined,
        groups: undefined,
        unknown: { code: 'page-editors-not-read', text },
      }),
    );
    const panel = await region('Who may edit it');
    expect(
      await panel.findByRole('button', { name: /12 accounts/ }),
    ).toBeInTheDocument();
    expect(panel.getByText(text)).toBeInTheDocument();
    expect(
      panel.getByText('And with them: Everybody with a license, new-class'),
    ).toBeInTheDocument();
    expect(panel.getByText(/account\.read/)).toBeInTheDocument();
    expect(panel.getByText(/group\.read/)).toBeInTheDocument();
    expect(panel.queryByText(/Ana/)).toBeNull();
  });

  it('is not asked for at a past date', async () => {
    const asked = await open(policyEditors(), '?asOf=2026-11-03');
    expect(
      await screen.findByText('Checks on this policy'),
    ).toBeInTheDocument();
    expect(asked).not.toHaveBeenCalled();
  });
});
