// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import { criticalSystemManagePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { pageOf, space } from '../__testUtils__/fixtures';
import {
  criticalSite,
  criticalSpace,
  criticalSystem,
} from '../__testUtils__/fixtures/systems';
import { region, renderPage, responseError } from '../__testUtils__/render';
import { CriticalSystemsPanel } from './CriticalSystemsPanel';
import { NotCritical } from './NotCritical';

const marked = criticalSystem({
  ...criticalSpace,
  origin: 'portal',
  review: { every: 'P3M', overdue: false },
});
const list = (...systems: (typeof marked)[]) => ({
  listCriticalSystems: async () => pageOf(systems),
});
const refused = [criticalSystemManagePermission.name];

describe('CriticalSystemsPanel', () => {
  it('says whose each is, when it is reviewed, and what makes it one', async () => {
    const both = { ...criticalSpace, alsoMarked: true as const };
    renderPage(<CriticalSystemsPanel />, {
      api: list(criticalSite, both),
      refused,
    });
    const panel = await region('Critical systems');
    const [, site, space2] = panel.getAllByRole('row');
    expect(site).toHaveTextContent(/Northwind.*Every site is.*6 months.*Never/);
    expect(space2).toHaveTextContent(/wins over the mark in the portal/);
    expect(space2).toHaveTextContent(/Overdue/);
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('changes a mark and takes it away, and leaves the configuration alone', async () => {
    const markCriticalSystem = jest.fn(async () => marked);
    const unmarkCriticalSystem = jest
      .fn()
      .mockRejectedValueOnce(await responseError(409, 'It is named'))
      .mockResolvedValue(undefined);
    const { user } = renderPage(<CriticalSystemsPanel />, {
      api: {
        ...list(criticalSpace, marked),
        markCriticalSystem,
        unmarkCriticalSystem,
      },
    });
    const panel = await region('Critical systems');
    expect(await panel.findAllByRole('button')).toHaveLength(2);
    const [, , row] = panel.getAllByRole('row');
    await user.click(
      within(row).getByRole('button', { name: 'Change Payments' }),
    );
    const owner = await screen.findByRole('combobox', { name: 'Owner' });
    await user.clear(owner);
    await user.tab();
    const names = screen.getByRole('textbox', { name: /Names of the/ });
    await user.clear(names);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.type(names, ' payments \nboard, members');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(markCriticalSystem).toHaveBeenCalledWith(
      'northwind',
      { space: 'PAY' },
      {
        reviewEvery: 'P3M',
        rule: { kind: 'groups', groups: ['payments', 'board, members'] },
      },
    );
    const remove = { name: 'Take the mark away' };
    await user.click(await within(row).findByRole('button', remove));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', remove));
    expect(await dialog.findByText(/It is named/)).toBeInTheDocument();
    await user.click(dialog.getByRole('button', remove));
    expect(unmarkCriticalSystem).toHaveBeenLastCalledWith('northwind', {
      space: 'PAY',
    });
  });
});

describe('column of what can be done', () => {
  it('is left out where the configuration names every system', async () => {
    renderPage(<CriticalSystemsPanel />, { api: list(criticalSpace) });
    const panel = await region('Critical systems');
    expect(await panel.findAllByRole('row')).toHaveLength(2);
    expect(
      panel.queryByRole('columnheader', { name: 'Change' }),
    ).not.toBeInTheDocument();
  });
});

describe('NotCritical', () => {
  it('teaches whoever may mark, and nobody else', async () => {
    const markCriticalSystem = jest.fn(async () => marked);
    const { user } = renderPage(
      <NotCritical space={space({ key: 'HR', name: 'People' })} />,
      { api: { markCriticalSystem } },
    );
    const panel = await region('Not a critical system');
    await user.click(panel.getByRole('button', { name: 'Mark as critical' }));
    await user.click(await screen.findByRole('button', { name: 'Mark' }));
    expect(markCriticalSystem).toHaveBeenCalledWith(
      'northwind',
      { space: 'HR' },
      { reviewEvery: 'P6M', rule: { kind: 'all-staff' } },
    );
  });

  it('shows nothing to anybody else', () => {
    renderPage(<NotCritical space={space()} />, {
      api: {},
      refused,
    });
    expect(screen.queryByText('Not a critical system')).not.toBeInTheDocument();
  });
});
