// SPDX-License-Identifier: Apache-2.0
import type { Policy } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import {
  account,
  connection,
  hostile,
  pageOf,
} from '../__testUtils__/fixtures';
import { progress } from '../__testUtils__/fixtures/acknowledgements';
import {
  approval,
  policies,
  policyDetail,
  policyDifference,
  policyEditors,
  policyDocuments,
} from '../__testUtils__/fixtures/policies';
import { region, renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { PoliciesTab } from './PoliciesTab';

const path = '/policies/*';

function api(more: Partial<ConfluenceComplianceApi> = {}) {
  return {
    listConnections: async () => pageOf([connection()]),
    listPolicies: async () => pageOf(policies),
    listPolicyDocuments: async () => pageOf([]),
    getPolicy: async () => policyDetail(),
    getPolicyDifference: async () => policyDifference(),
    getPolicyEditors: async () => policyEditors(),
    getAcknowledgements: async () => progress(),
    listOwnAcknowledgements: async () => ({ items: [] }),
    getAccount: async () => account() as never,
    ...more,
  };
}

/** What fails of a policy, with an exception. */
const except = <P extends Policy>(
  policy: P,
  status: 'live' | 'waiting',
): P => ({
  ...policy,
  checks: policy.checks?.map(check =>
    check.verdict === 'fail'
      ? {
          ...check,
          exception: { id: 'e', status, until: '2099-01-01T00:00:00.000Z' },
        }
      : check,
  ),
});

describe('the list of policies', () => {
  const show = (more?: Partial<ConfluenceComplianceApi>) =>
    renderPage(<PoliciesTab />, { api: api(more), at: '/policies', path });

  it('says how each stands, and which version is approved and published', async () => {
    show();
    expect(
      await screen.findByText('2 of 4 required policies need somebody'),
    ).toBeInTheDocument();
    const row = (name: string) =>
      screen.getByRole('link', { name }).closest('tr');
    expect(row('Information security')).toHaveTextContent(
      /POL \/ Information Security Policy.*Edited after approval.*Version 14.*Version 17.*2 of 5/,
    );
    expect(
      screen.getByRole('link', { name: 'Information security' }),
    ).toHaveAttribute('href', '/policies/infosec');
    expect(row('Access control')).toHaveTextContent(/Current.*Version 17/);
    expect(row('Vendor management')).toHaveTextContent(
      /No page yet.*No page is found for this policy\..*None.*Unknown.*Unknown/,
    );
    expect(row('Cryptography')).toHaveTextContent(
      /Unknown.*Pages have not been read completely\./,
    );
  });

  it('says what is excepted, after what is open', async () => {
    const [edited, current, missing] = policies;
    const { unmount } = show({
      listPolicies: async () =>
        pageOf([except(edited, 'live'), current, except(missing, 'waiting')]),
    });
    // An exception that waits covers nothing yet.
    expect(
      await screen.findByText('1 of 3 required policies needs somebody'),
    ).toBeInTheDocument();
    const row = (name: string) =>
      screen.getByRole('link', { name }).closest('tr');
    expect(row('Information security')).toHaveTextContent(
      /Edited after approval.*Until 31 Dec 2098/,
    );
    expect(row('Access control')).not.toHaveTextContent(/Until/);
    expect(row('Vendor management')).toHaveTextContent(
      /No page yet.*Asked for/,
    );
    unmount();

    const overdue = {
      id: 'policy.reviewed-on-time',
      title: 'Every policy was reviewed in time',
      verdict: 'fail' as const,
      reason: { code: 'review-overdue', text: 'Too long ago.' },
    };
    const both = except(edited, 'live');
    show({
      listPolicies: async () =>
        pageOf([
          both,
          {
            ...both,
            id: 'b',
            title: 'B',
            checks: [...(both.checks ?? []), overdue],
          },
        ]),
    });
    expect(await screen.findByText('Review overdue')).toBeInTheDocument();
    expect(row('B')).not.toHaveTextContent(/Until/);
  });

  it('does not call current what is excepted', async () => {
    show({ listPolicies: async () => pageOf([except(policies[0], 'live')]) });
    expect(
      await screen.findByText('1 of 1 required policies is excepted'),
    ).toBeInTheDocument();
  });

  it('teaches where none is required, and says which permission is missing', async () => {
    show({ listPolicies: async () => pageOf([]) });
    expect(
      await screen.findByText('No policy is required yet'),
    ).toBeInTheDocument();
  });

  it('lists what frameworks ask for, what is not named first', async () => {
    show({ listPolicyDocuments: async () => pageOf(policyDocuments) });
    const panel = await region('Documents that your frameworks ask for');
    expect(
      panel.getByText('1 of 2 are not named as a policy'),
    ).toBeInTheDocument();
    const [, backup, infosec] = panel.getAllByRole('row');
    expect(backup).toHaveTextContent(
      /Backup.*ISO 27001:2022 A\.8\.13Not named.*Choose its page/,
    );
    expect(infosec).toHaveTextContent(/SOC 2 CC5\.3 proposed/);
    expect(
      within(infosec).getByRole('link', { name: 'Information security' }),
    ).toHaveAttribute('href', '/policies/infosec');
  });

  it('says that it may not be read', async () => {
    show({
      listPolicies: async () => {
        throw await responseError(403, 'No page.read');
      },
    });
    expect(
      await screen.findByText(/confluence-compliance.page.read/),
    ).toBeInTheDocument();
  });
});

describe('the page of a policy', () => {
  const show = (
    more?: Partial<ConfluenceComplianceApi>,
    options: Partial<Parameters<typeof renderPage>[1]> = {},
  ) =>
    renderPage(<PoliciesTab />, {
      api: api(more),
      at: '/policies/infosec',
      path,
      ...options,
    });

  it('shows what changed below its heading, and all of it when asked', async () => {
    const { user } = show();
    const panel = await region('What changed since the approved version');
    const removed = await panel.findByText(
      'Two factors are required for all accounts.',
    );
    expect(removed.closest('del')).not.toBeNull();
    expect(
      panel
        .getByText('Two factors are required for administrators.')
        .closest('ins'),
    ).not.toBeNull();
    expect(panel.getByText('Passwords')).toBeInTheDocument();
    expect(panel.queryByText('Scope')).toBeNull();
    await user.click(panel.getByRole('radio', { name: 'Full text' }));
    expect(panel.getByText('Scope')).toBeInTheDocument();

    const history = await region('Approvals');
    expect(
      history.getByText('Version 15 recorded as a minor edit'),
    ).toBeInTheDocument();
    expect(history.getByText('A typo in the heading')).toBeInTheDocument();
    const checks = await region('Checks on this policy');
    expect(
      checks.getByRole('link', {
        name: 'The published version of a policy is the approved one',
      }),
    ).toHaveAttribute('href', '/checks/policy.approved-version-current');
    expect(checks.queryByText(/^Until/)).toBeNull();
  });

  it('says which check is excepted, and until when', async () => {
    show({ getPolicy: async () => except(policyDetail(), 'live') });
    const checks = await region('Checks on this policy');
    const [first, second] = checks.getAllByRole('listitem');
    expect(first).not.toHaveTextContent(/Until/);
    expect(second).toHaveTextContent(/Fail.*Until 31 Dec 2098/);
    const standing = await region('Approved and published version');
    expect(standing.getByText('Until 31 Dec 2098')).toBeInTheDocument();
  });

  it('approves the version that is on screen, and says so', async () => {
    const approvePolicy = jest.fn(async () => approval({ version: 17 }));
    const { user } = show({
      approvePolicy,
      getPolicyDifference: async () =>
        policyDifference(
          approvePolicy.mock.calls.length > 0
            ? { approval: approval({ version: 17 }) }
            : {},
        ),
    });
    await user.click(
      await screen.findByRole('button', { name: 'Approve version 17' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), ' Read it all ');
    await user.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(approvePolicy).toHaveBeenCalledWith('infosec', {
      pageId: '98305',
      version: 17,
      minorEdit: false,
      note: 'Read it all',
    });
    const done = await screen.findByText('Version 17 is approved.');
    expect(done).toHaveAttribute('role', 'status');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
  });

  it('says that a minor edit was recorded', async () => {
    const { user } = show({
      approvePolicy: async () => approval({ version: 17 }),
    });
    await user.click(
      await screen.findByRole('button', { name: 'It was a minor edit' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'A comma');
    await user.click(dialog.getByRole('button', { name: 'Record' }));
    expect(
      await screen.findByText('Version 17 is recorded as a minor edit.'),
    ).toHaveAttribute('role', 'status');
  });

  it('asks what a minor edit changed, and keeps it when somebody was faster', async () => {
    const approvePolicy = jest.fn(async () => {
      throw await responseError(409, 'Version 18 is published');
    });
    const { user } = show({ approvePolicy });
    await user.click(
      await screen.findByRole('button', { name: 'It was a minor edit' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Record' })).toBeDisabled();
    await user.type(dialog.getByRole('textbox'), 'A comma');
    await user.click(dialog.getByRole('button', { name: 'Record' }));
    expect(
      await dialog.findByText(/Version 18 is published/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('textbox')).toHaveValue('A comma');
    expect(screen.queryByText(/is recorded as a minor edit/)).toBeNull();
  });

  it('says that what it shows is from before, until it was checked again', async () => {
    let asked = 0;
    show({
      getPolicy: async () => {
        asked += 1;
        const lastRunAt = '2026-11-01T09:00:00.000Z';
        return asked === 1
          ? policyDetail({ lastRunAt, checking: true })
          : policyDetail({ lastRunAt, checks: [], verdict: 'pass' });
      },
    });
    const standing = await region('Approved and published version');
    expect(standing.getByRole('status')).toHaveTextContent(
      'Being checked again',
    );
    expect(
      await standing.findByText('Current', {}, { timeout: 5_000 }),
    ).toBeInTheDocument();
    expect(standing.queryByText('Being checked again')).toBeNull();
  });

  it('offers nothing to approve where the published version is approved', async () => {
    show({
      getPolicyDifference: async () =>
        policyDifference({
          same: true,
          approval: approval({ version: 17 }),
          blocks: [{ kind: 'same', text: 'Everything' }],
        }),
    });
    expect(
      await screen.findByText('The text is word for word what was approved.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Approve/ })).toBeNull();
  });

  it('says where the approved text is not kept any more', async () => {
    show({
      getPolicyDifference: async () =>
        policyDifference({
          textGone: true,
          blocks: [{ kind: 'added', text: 'Everything' }],
        }),
    });
    const panel = await region('What would be approved');
    expect(
      await panel.findByText(/is not kept any more: this is all of the page/),
    ).toBeInTheDocument();
    expect(panel.getByText('Everything').closest('ins')).toBeNull();
  });

  it('says what the text lacks, and nothing where it lacks nothing', async () => {
    const structure = {
      version: 17,
      empty: false,
      missingHeadings: [],
      emptyHeadings: [],
      placeholders: [],
    };
    const { unmount } = show({
      getPolicy: async () => policyDetail({ structure }),
    });
    await region('Checks on this policy');
    expect(screen.queryByText('What the text lacks')).toBeNull();
    unmount();
    show({
      getPolicy: async () =>
        policyDetail({
          structure: { ...structure, missingHeadings: ['Scope', hostile] },
        }),
    });
    const panel = await region('What the text lacks');
    expect(panel.getByText('Headings that are missing')).toBeInTheDocument();
    expect(panel.getByText('Scope')).toBeInTheDocument();
    expect(panel.getByText(hostile)).toBeInTheDocument();
  });

  it('shows hostile text as text', async () => {
    show({
      getPolicy: async () => policyDetail({ title: hostile }),
      getPolicyDifference: async () =>
        policyDifference({
          approval: undefined,
          blocks: [{ kind: 'added', text: hostile }],
        }),
    });
    const panel = await region('What would be approved');
    expect(await panel.findByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('says that there is no such policy', async () => {
    show({
      getPolicy: async () => {
        throw await responseError(404, 'None');
      },
    });
    expect(
      await screen.findByText('There is no such policy'),
    ).toBeInTheDocument();
  });
});
