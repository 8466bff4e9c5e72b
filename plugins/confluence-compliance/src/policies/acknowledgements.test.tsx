// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import { connection, hostile, pageOf } from '../__testUtils__/fixtures';
import {
  acknowledgement,
  ownAcknowledgement,
  progress,
} from '../__testUtils__/fixtures/acknowledgements';
import {
  approval,
  policies,
  policyDetail,
  policyDifference,
  policyEditors,
} from '../__testUtils__/fixtures/policies';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PoliciesTab } from './PoliciesTab';

const path = '/policies/*';

const show = (
  more: Partial<ConfluenceComplianceApi> = {},
  at = '/policies/infosec',
) =>
  renderPage(<PoliciesTab />, {
    api: {
      listConnections: async () => pageOf([connection()]),
      listPolicies: async () => pageOf(policies),
      listPolicyDocuments: async () => pageOf([]),
      getPolicy: async () => policyDetail(),
      getPolicyDifference: async () => policyDifference(),
      getPolicyEditors: async () => policyEditors(),
      getAcknowledgements: async () => progress(),
      listOwnAcknowledgements: async () => ({ items: [] }),
      ...more,
    },
    at,
    path,
  });

describe('who has acknowledged a policy', () => {
  it('is told in all and by group, and a group that is not known says so', async () => {
    show();
    const panel = await region('Acknowledged');
    expect(await panel.findAllByText('2 of 5')).toHaveLength(2);
    // In all it is not known, as the list says, too.
    expect(
      panel.getByRole('button', { name: /^2 of 5: A group whom/ }),
    ).toBeInTheDocument();
    expect(
      panel.getByRole('button', { name: /no such group/ }),
    ).toBeInTheDocument();
    expect(panel.getByText('Not yet')).toBeInTheDocument();
  });

  it('is asked again once another version is approved', async () => {
    const getAcknowledgements = jest.fn(async () => progress());
    const listOwnAcknowledgements = jest.fn(async () => ({ items: [] }));
    const { user } = show({
      getAcknowledgements,
      listOwnAcknowledgements,
      approvePolicy: async () => approval({ version: 17 }),
    });
    await region('Acknowledged');
    await user.click(
      await screen.findByRole('button', { name: 'Approve version 17' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(getAcknowledgements).toHaveBeenCalledTimes(2));
    expect(listOwnAcknowledgements).toHaveBeenCalledTimes(2);
  });

  it('can be helped by a reminder, which is refused on the same day', async () => {
    const remindOfPolicy = jest
      .fn()
      .mockRejectedValueOnce(await responseError(409, 'do it again tomorrow'))
      .mockResolvedValueOnce({ people: 3 });
    const { user } = show({ remindOfPolicy });
    const button = await screen.findByRole('button', { name: 'Remind 3' });
    await user.click(button);
    expect(await screen.findByText(/do it again tomorrow/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remind 3' }));
    expect(
      await screen.findByText('3 of 3 were reminded.'),
    ).toBeInTheDocument();
  });

  it('offers no second reminder today', async () => {
    const remindedOn = new Date().toISOString().slice(0, 10);
    show({ getAcknowledgements: async () => progress({ remindedOn }) });
    expect(
      await screen.findByText('They were reminded today.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Remind 3' })).toBeDisabled();
  });

  it('is not asked of a policy that concerns nobody', async () => {
    const getAcknowledgements = jest.fn();
    show({
      getPolicy: async () => policyDetail({ acknowledged: undefined }),
      getAcknowledgements,
    });
    await region('Checks on this policy');
    expect(screen.queryByText('Acknowledged')).toBeNull();
    expect(getAcknowledgements).not.toHaveBeenCalled();
  });
});

describe('whom a policy concerns', () => {
  const at = '/policies/infosec/acknowledge';

  it('reads it in Confluence and says so', async () => {
    const acknowledgePolicy = jest.fn(async () => acknowledgement());
    const { user } = show(
      {
        acknowledgePolicy,
        listOwnAcknowledgements: async () => ({
          items: [
            ownAcknowledgement(),
            ownAcknowledgement({ policy: 'other', title: 'Other' }),
          ],
        }),
      },
      at,
    );
    await user.click(
      await screen.findByRole('button', { name: 'I have read version 15' }),
    );
    expect(acknowledgePolicy).toHaveBeenCalledWith('infosec', {
      pageId: '98305',
      version: 15,
    });
    expect(screen.queryByText('Other')).toBeNull();
  });

  it('is told when another version stands by then', async () => {
    const { user } = show(
      {
        acknowledgePolicy: async () => {
          throw await responseError(409, 'Version 16 is approved by now');
        },
        listOwnAcknowledgements: async () => ({
          items: [ownAcknowledgement({ title: hostile })],
        }),
      },
      at,
    );
    expect(await screen.findByText(hostile)).toBeInTheDocument();
    await user.click(
      await screen.findByRole('button', { name: 'I have read version 15' }),
    );
    expect(
      await screen.findByText(/Version 16 is approved by now/),
    ).toBeInTheDocument();
  });

  it('waits where a newer version is not approved yet, and has nothing to do once it is done', async () => {
    const { unmount } = show(
      {
        listOwnAcknowledgements: async () => ({
          items: [ownAcknowledgement({ newer: 16 })],
        }),
      },
      at,
    );
    expect(
      await screen.findByText(/Version 16 is published and not approved yet/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'I have read version 15' }),
    ).toBeDisabled();
    unmount();
    show(
      {
        listOwnAcknowledgements: async () => ({
          items: [ownAcknowledgement({ acknowledgement: acknowledgement() })],
        }),
      },
      at,
    );
    expect(
      await screen.findByText(/You acknowledged version 15 on/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /I have read/ })).toBeNull();
  });

  it('is told that another policy is not theirs, and which are', async () => {
    show(
      {
        listOwnAcknowledgements: async () => ({
          items: [ownAcknowledgement({ policy: 'other', title: 'Other' })],
        }),
      },
      at,
    );
    expect(
      await screen.findByText('This policy is not for you to read'),
    ).toBeInTheDocument();
    expect(screen.getByText('Other')).toBeInTheDocument();
    expect(screen.queryByText(/nothing for you to read/)).toBeNull();
  });

  it('is told on the page of the policy why it cannot be asked', async () => {
    const error = await responseError(500, 'Broken');
    show({ listOwnAcknowledgements: () => Promise.reject(error) });
    expect(await screen.findByText('Broken')).toBeInTheDocument();
  });

  it('is told when there is nothing to read', async () => {
    show({}, at);
    expect(
      await screen.findByText('There is nothing for you to read'),
    ).toBeInTheDocument();
  });
});
