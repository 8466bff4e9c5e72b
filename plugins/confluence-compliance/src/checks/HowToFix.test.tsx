// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { renderPage } from '../__testUtils__/render';
import { HowToFix } from './HowToFix';

const show = (steps: string[]) =>
  renderPage(<HowToFix steps={steps} />, {
    api: {},
    at: '/checks/a?connection=northwind',
    path: '/checks/*',
  });

describe('how to fix', () => {
  it('leads to the button that a step names', async () => {
    show(['Suspend it.', 'Press Sync now: the finding ends then.']);
    expect(
      await screen.findByRole('link', { name: 'Connections' }),
    ).toHaveAttribute('href', '/connections?connection=northwind');
  });

  it('leads nowhere else', async () => {
    show(['Ask whoever owns it.']);
    expect(await screen.findByText('Ask whoever owns it.')).toBeVisible();
    expect(screen.queryByRole('link')).toBeNull();
  });
});
