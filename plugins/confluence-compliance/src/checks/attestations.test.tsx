// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import { check, hostile, pageOf } from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { bySeverity } from '../overview/numbers';
import { ChecksTab } from './ChecksTab';

const title = 'Public links are off';
const attested: Attestation = {
  id: 'a1',
  checkId: 'space.public-links',
  connection: 'northwind',
  answer: 'yes',
  until: '2020-01-01T00:00:00.000Z',
  status: 'expired',
  note: hostile,
  evidence: 'https://wiki.example/evidence',
  by: 'user:default/priya',
  at: '2019-10-01T08:00:00.000Z',
};
const waiting = check({
  id: 'space.public-links',
  title,
  state: 'attestation',
  verdict: 'unknown',
  reason: { code: 'attestation-expired', text: 'It has expired.' },
  counts: { pass: 0, fail: 0, warning: 0, unknown: 1, 'not-applicable': 0 },
  lastRunAt: undefined,
  revision: undefined,
  attested: [{ connection: 'northwind', attestation: attested }],
});

const show = (at: string, attestCheck = jest.fn(async () => attested)) => ({
  attestCheck,
  ...renderPage(<ChecksTab />, {
    api: {
      listChecks: async () => pageOf([waiting]),
      getCheck: async () => waiting,
      listAttestations: async () => pageOf([attested]),
      attestCheck,
    },
    at,
    path: '/checks/*',
  }),
});

describe('a check that somebody attests', () => {
  it('is unknown among the checks, and no finding', async () => {
    show('/checks');
    const lead = await screen.findByText('Nothing is known to be open');
    expect(lead.parentElement).toHaveTextContent(
      /^Nothing is known to be open; 1 check is unknown as a whole$/,
    );
    expect(bySeverity([waiting]).critical).toMatchObject({ unknown: 0 });
  });

  it('shows on its page who attested what and when, as text', async () => {
    show('/checks/space.public-links');
    const panel = within(
      await screen.findByRole('region', { name: 'Attestations' }),
    );
    expect(await panel.findByText('True on northwind')).toBeInTheDocument();
    expect(panel.getByText(/expired after .*2019/)).toBeInTheDocument();
    expect(panel.getByText(hostile)).toBeInTheDocument();
    expect(
      panel.getByRole('link', { name: attested.evidence }),
    ).toHaveAttribute('href', attested.evidence);
    expect(screen.queryByRole('region', { name: 'Findings' })).toBeNull();
  });

  it('is attested from its card', async () => {
    const { user, attestCheck } = show('/checks');
    await user.click(
      await screen.findByRole('button', { name: `Attest, ${title}` }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Attest' })).toBeDisabled();
    await user.click(
      dialog.getByRole('button', { name: /Is the statement true/ }),
    );
    await user.click(
      await screen.findByRole('option', { name: 'No, it is not' }),
    );
    await user.type(
      dialog.getByRole('textbox', { name: 'What you saw (optional)' }),
      ' Two of them ',
    );
    await user.click(dialog.getByRole('button', { name: 'Attest' }));
    expect(attestCheck).toHaveBeenCalledWith('space.public-links', {
      connection: 'northwind',
      answer: 'no',
      note: 'Two of them',
    });
  });
});
