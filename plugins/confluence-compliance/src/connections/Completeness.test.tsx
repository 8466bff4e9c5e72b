// SPDX-License-Identifier: Apache-2.0
import type { ContainersQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import {
  accountDetail,
  connection,
  incomplete,
  pageOf,
} from '../__testUtils__/fixtures';
import { renderPage } from '../__testUtils__/render';
import { ConnectionsPage } from './ConnectionsPage';

describe('Completeness', () => {
  it('says under whose rights something was read, and what these cannot see', async () => {
    const pages = [incomplete.slice(0, 1), incomplete.slice(1)];
    const listContainers = jest.fn(
      async (_id: string, query: ContainersQuery = {}) => {
        const isAll = query.incomplete === undefined;
        const page = pageOf(pages[query.cursor ? 1 : 0]);
        return isAll && !query.cursor
          ? { ...page, totalItems: 2, pageInfo: { nextCursor: 'next' } }
          : page;
      },
    );
    const getAccount = jest.fn(async (_connection: string, id: string) => ({
      ...accountDetail(),
      accountId: id,
      name: id === '712020:bot' ? 'Compliance reader' : undefined,
    }));
    const { user } = renderPage(<ConnectionsPage />, {
      api: {
        listConnections: async () => pageOf([connection()]),
        listRuns: async () => pageOf([]),
        listContainers,
        getAccount,
      },
    });
    expect(
      await screen.findByText('Everything that was read is complete.'),
    ).toBeInTheDocument();
    expect(listContainers).not.toHaveBeenCalled();
    await user.click(screen.getByRole('radio', { name: 'All' }));
    const first = within(
      (await screen.findByText('legal-counsel')).closest('tr') as HTMLElement,
    );
    expect(first.getByText('Service account')).toBeInTheDocument();
    expect(
      await first.findByRole('link', { name: 'Compliance reader' }),
    ).toBeInTheDocument();
    expect(first.queryByText(/Other rights/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    const second = within(
      (await screen.findByText('g-2')).closest('tr') as HTMLElement,
    );
    expect(second.getByText('712020:ada')).toBeInTheDocument();
    expect(
      second.getByText('Other rights than it reads under now'),
    ).toBeInTheDocument();
    expect(
      second.getByText(/^7 more were seen under other rights only/),
    ).toBeInTheDocument();
    expect(second.getByText('Never whole')).toBeInTheDocument();
  });
});
