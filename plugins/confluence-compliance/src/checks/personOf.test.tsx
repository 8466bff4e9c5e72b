// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen } from '@testing-library/react';
import { check, finding, pageOf } from '../__testUtils__/fixtures';
import { exceptionPage } from '../__testUtils__/fixtures/exceptions';
import { renderPage } from '../__testUtils__/render';
import { ChecksTab } from './ChecksTab';

const ofPolicy = check({ id: 'policy.owner-active', subjectKind: 'policy' });
const subject = { kind: 'policy', connection: 'northwind', id: 'crypto' };

const show = async (subjectKind: string, findings: Finding[]) => {
  renderPage(<ChecksTab />, {
    api: {
      getCheck: async () => ({ ...ofPolicy, subjectKind }),
      listFindings: async () => pageOf(findings),
      listExceptions: async () => exceptionPage([]),
    },
    at: `/checks/${ofPolicy.id}`,
    path: '/checks/*',
  });
  await screen.findByRole('columnheader', { name: 'Why' });
  return screen.queryByRole('columnheader', { name: 'Person' });
};

describe('the column of people', () => {
  it('is not there for what belongs to nobody', async () => {
    const policy = finding({ subject, person: undefined });
    expect(await show('policy', [policy])).toBeNull();
  });

  it('is there where the account of an owner is named', async () => {
    const account = { connection: 'northwind', accountId: '557058:ana' };
    expect(
      await show('policy', [finding({ subject, account })]),
    ).toBeInTheDocument();
  });

  it('is there for accounts, also where nobody is linked', async () => {
    expect(
      await show('account', [finding({ person: undefined })]),
    ).toBeInTheDocument();
    expect(screen.getByText('Nobody is linked')).toBeInTheDocument();
  });
});
