// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { checkReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import { open } from '../__testUtils__/account';
import { accountDetail } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import { EraseAccount } from './EraseAccount';

const button = { name: 'Erase name and email' };

/** Says when permissions have been answered. */
function Answered() {
  const { loading } = usePermission({ permission: checkReadPermission });
  return loading ? null : <p>Answered</p>;
}

describe('EraseAccount', () => {
  it('asks for a reason, says what a refusal says, and closes when it is done', async () => {
    const refusal = await responseError(400, 'The reason names the person');
    const eraseAccount = jest
      .fn()
      .mockRejectedValueOnce(refusal)
      .mockResolvedValueOnce({ pseudonym: 'erased-1', erasedAt: '2026-11-28' });
    const account = accountDetail();
    const { user } = renderPage(<EraseAccount account={account} />, {
      api: { eraseAccount },
    });
    await user.click(await screen.findByRole('button', button));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('This cannot be undone.')).toBeInTheDocument();
    const submit = dialog.getByRole('button', { name: 'Erase for good' });
    expect(submit).toBeDisabled();
    await user.type(
      dialog.getByRole('textbox', { name: /Why is it erased/ }),
      ' Request 4711 ',
    );
    await user.click(submit);
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The reason names the person',
    );
    await user.click(submit);
    expect(eraseAccount).toHaveBeenLastCalledWith(
      account.connection,
      account.accountId,
      { reason: 'Request 4711' },
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('goes once the account is erased, together with the dialog', async () => {
    const erased = accountDetail({
      name: 'Erased account 1f2e',
      email: undefined,
      emailReason: { code: 'erased', text: 'It was erased on request.' },
    });
    const getAccount = jest.fn(async () => accountDetail());
    const eraseAccount = jest.fn(async () => {
      getAccount.mockResolvedValue(erased);
      return { pseudonym: 'Erased account 1f2e', erasedAt: '2026-11-28' };
    });
    const { user } = open({ getAccount, eraseAccount });
    await user.click(await screen.findByRole('button', button));
    await user.type(
      await screen.findByRole('textbox', { name: /Why is it erased/ }),
      'Request 4711',
    );
    await user.click(screen.getByRole('button', { name: 'Erase for good' }));
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Erased account 1f2e',
      }),
    ).toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', button)).not.toBeInTheDocument();
  });

  it.each([
    [
      'without the permission',
      { refused: ['confluence-compliance.people.manage'] },
    ],
    ['in the past', { at: '/?asOf=2026-11-03' }],
  ])('is not there %s', async (_when, options) => {
    renderPage(
      <>
        <EraseAccount account={accountDetail()} />
        <Answered />
      </>,
      { api: {}, ...options },
    );
    await screen.findByText('Answered');
    expect(screen.queryByRole('button', button)).not.toBeInTheDocument();
  });
});
