// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/render';
import { AssignDialog } from './AssignDialog';

it('says how many findings can be assigned at once', async () => {
  const findings = Array.from({ length: 201 }, (_, n) => `finding-${n}`);
  const dialog = (
    <AssignDialog
      findings={findings}
      onAssigned={jest.fn()}
      onClose={jest.fn()}
    />
  );
  renderPage(dialog, { api: {} });
  const submit = await screen.findByRole('button', { name: 'Assign' });
  expect(submit).toBeDisabled();
  expect(submit).toHaveAccessibleDescription('Select fewer first: 200 at most');
});
