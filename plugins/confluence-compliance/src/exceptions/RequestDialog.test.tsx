// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { today } from '@internationalized/date';
import { screen, waitFor, within } from '@testing-library/react';
import { finding } from '../__testUtils__/fixtures';
import { exceptionPage } from '../__testUtils__/fixtures/exceptions';
import { renderPage } from '../__testUtils__/render';
import { RequestDialog } from './RequestDialog';

const two = (n: number) => String(n).padStart(2, '0');

async function show(findings: Finding[] = [finding()]) {
  const requestExceptions = jest.fn(async () => ({ ids: ['e1'] }));
  const { user } = renderPage(
    <RequestDialog
      findings={findings}
      onAsked={jest.fn()}
      onClose={jest.fn()}
    />,
    {
      api: {
        listExceptions: async () => exceptionPage([], { maxDays: 30 }),
        requestExceptions,
      },
    },
  );
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByRole('group', { name: 'Until, within 30 days' });
  await user.type(
    dialog.getByRole('textbox', { name: /^Why/ }),
    'They hand over until the audit is done',
  );
  await user.type(
    dialog.getByRole('textbox', { name: /^What lowers/ }),
    'They are watched',
  );
  const submit = dialog.getByRole('button', { name: 'Ask for exception' });
  return { dialog, requestExceptions, submit, user };
}

describe('the dialog that asks for an exception', () => {
  it('takes no day that has passed, and none after the last one', async () => {
    const { dialog, requestExceptions, submit, user } = await show();
    await waitFor(() => expect(submit).toBeEnabled());
    const until = within(dialog.getByRole('group', { name: /^Until/ }));
    const choose = async (day: ReturnType<typeof today>) => {
      await user.click(until.getByRole('spinbutton', { name: /^month/ }));
      await user.keyboard(`${two(day.month)}${two(day.day)}${day.year}`);
    };
    const first = today('UTC');
    const last = first.add({ days: 30 });

    await choose(first.subtract({ days: 1 }));
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription(
      'Choose today or a later day first',
    );
    await choose(first);
    expect(submit).toBeEnabled();
    await choose(last.add({ days: 1 }));
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription(
      'Choose a day within 30 days first',
    );
    await choose(last);
    await user.click(submit);
    expect(requestExceptions).toHaveBeenCalledWith(
      expect.objectContaining({ until: last.toString() }),
    );
  });

  it('asks somebody else, never whoever asks', async () => {
    const { dialog, requestExceptions, submit, user } = await show();
    const approver = dialog.getByRole('combobox', { name: /^Whom to ask/ });
    await user.type(approver, 'User:default/Ana.Lindqvist');
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription(
      'Choose somebody other than yourself first',
    );
    await user.clear(approver);
    await user.type(approver, 'user:default/priya.raman');
    await user.tab();
    await user.click(submit);
    expect(requestExceptions).toHaveBeenCalledWith(
      expect.objectContaining({ approver: 'user:default/priya.raman' }),
    );
  });

  it('asks for no more than one request takes', async () => {
    const many = Array.from({ length: 101 }, (_, n) =>
      finding({ id: `finding-${n}` }),
    );
    const { submit } = await show(many);
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription(
      'Select fewer first: 100 at most',
    );
  });
});
