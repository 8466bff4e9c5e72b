// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor } from '@testing-library/react';
import { exception } from '../__testUtils__/fixtures/exceptions';
import { renderPage } from '../__testUtils__/render';
import { DecideDialog } from './DecideDialog';

it('says nothing of a refusal while it closes after nothing was refused', async () => {
  const onDone = jest.fn();
  const onClose = jest.fn();
  const { user } = renderPage(
    <DecideDialog
      exceptions={[exception()]}
      act="approve"
      onDone={onDone}
      onClose={onClose}
    />,
    { api: { approveException: async () => undefined } },
  );
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  expect(screen.getByRole('dialog')).not.toHaveTextContent(/could not/i);
});
