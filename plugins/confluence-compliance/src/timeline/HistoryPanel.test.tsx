// SPDX-License-Identifier: Apache-2.0
import type { TimelineQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, within } from '@testing-library/react';
import {
  hostile,
  pageOf,
  timeline,
  timelineOf,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { TimelineSubject } from '../queries';
import { HistoryPanel } from './HistoryPanel';

const subject = (kind: TimelineSubject['kind'], id: string) => ({
  kind,
  connection: 'northwind',
  id,
});
const ana = subject('account', '557058:ana');

const texts = async () =>
  (await screen.findAllByRole('listitem')).map(item => item.textContent);

describe('HistoryPanel', () => {
  it('says what changed for an account, and leads to what it is about', async () => {
    renderPage(<HistoryPanel subject={ana} />, {
      api: { listAccountChanges: async () => pageOf(timeline) },
    });
    expect(await texts()).toEqual([
      expect.stringMatching(/^Edit became Space admin Payments PAY 1 day ago$/),
      expect.stringMatching(/^View ended Payments PAY /),
      expect.stringMatching(/^Added to a group payments-leads /),
      expect.stringMatching(
        /^Status changed from Active to Deactivated, Found in a group or by search changed from yes to no/,
      ),
      expect.stringMatching(/^Linked to a person .*by email/),
      expect.stringMatching(
        /^Name changed from payments to payments-leads, Managed by changed from Admins to Identity provider/,
      ),
      expect.stringMatching(/^Seen for the first time/),
    ]);
    expect(
      screen.getByRole('link', { name: 'payments-leads' }),
    ).toHaveAttribute('href', '/groups/northwind/g-leads');
    expect(
      screen.getAllByRole('link', { name: 'Payments' })[0],
    ).toHaveAttribute('href', '/spaces/northwind/PAY');
  });

  it('names members of a group, and whom a space has let in', async () => {
    const first = renderPage(
      <HistoryPanel subject={subject('group', 'g-leads')} />,
      {
        api: {
          listGroupChanges: async () => pageOf(timelineOf('memberships')),
        },
      },
    );
    expect(await texts()).toEqual([
      expect.stringMatching(/^Member added Ana Lindqvist /),
    ]);
    first.unmount();
    renderPage(<HistoryPanel subject={subject('space', 'PAY')} />, {
      api: { listSpaceChanges: async () => pageOf(timelineOf('grants')) },
    });
    expect(await texts()).toEqual([
      expect.stringMatching(/^Edit became Space admin payments-leads /),
      expect.stringMatching(/^View ended Ana Lindqvist /),
    ]);
  });

  it('says by which role something is granted, where the operations stay', async () => {
    const operations = ['read:space'];
    const [granted] = timelineOf('grants');
    const states = [
      [{}, { role: 'Viewer' }],
      [{ role: 'Viewer' }, {}],
      [{}, { operations: ['read:page'] }],
    ].map(([before, after]) => ({
      before: { level: 'view' as const, operations, ...before },
      after: { level: 'view' as const, operations, ...after },
    }));
    renderPage(<HistoryPanel subject={subject('space', 'PAY')} />, {
      api: {
        listSpaceChanges: async () =>
          pageOf(
            states.map((state, i) => ({
              ...(granted as Extract<typeof granted, { dataset: 'grants' }>),
              revision: i + 1,
              ...state,
            })),
          ),
      },
    });
    expect(await texts()).toEqual([
      expect.stringMatching(/^View now by the role Viewer /),
      expect.stringMatching(/^View now by no role /),
      expect.stringMatching(/^Operations of View changed /),
    ]);
  });

  it('asks for access only, for the date, and for the next page', async () => {
    const listAccountChanges = jest.fn(
      async (_connection: string, _id: string, query: TimelineQuery = {}) =>
        query.cursor
          ? pageOf(timeline.slice(2, 3), { totalItems: 3 })
          : pageOf(timeline.slice(0, 2), {
              totalItems: 3,
              pageInfo: { nextCursor: 'c2' },
            }),
    );
    const { user } = renderPage(<HistoryPanel subject={ana} />, {
      api: { listAccountChanges },
      at: '/?asOf=1482',
    });
    expect(await screen.findByText('2 of 3 shown')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('payments-leads')).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: 'Access' }));
    expect(await screen.findByText('2 of 3 shown')).toBeInTheDocument();
    const asked = listAccountChanges.mock.calls.map(([, , query]) => query);
    expect(asked).toEqual([
      { asOf: '1482', only: undefined, limit: 20, cursor: undefined },
      { asOf: '1482', only: undefined, limit: 20, cursor: 'c2' },
      { asOf: '1482', only: 'access', limit: 20, cursor: undefined },
    ]);
  });

  it('says that nothing changed, that it failed, and that it may not be seen', async () => {
    const first = renderPage(<HistoryPanel subject={ana} />, {
      api: { listAccountChanges: async () => pageOf([]) },
    });
    expect(
      await screen.findByText('Nothing changed in what is shown.'),
    ).toBeInTheDocument();
    first.unmount();
    const failed = await responseError(500, 'An internal error');
    const second = renderPage(<HistoryPanel subject={ana} />, {
      api: { listAccountChanges: () => Promise.reject(failed) },
    });
    expect(
      await screen.findByText('This could not be loaded'),
    ).toBeInTheDocument();
    second.unmount();
    const forbidden = await responseError(
      403,
      "Missing the permission 'confluence-compliance.account.read'",
    );
    renderPage(<HistoryPanel subject={subject('group', 'g')} />, {
      api: { listGroupChanges: () => Promise.reject(forbidden) },
    });
    expect(
      await screen.findByText(
        /needs the permission confluence-compliance\.account\.read/,
      ),
    ).toBeInTheDocument();
  });

  it('shows hostile names as text', async () => {
    const [entry] = timelineOf('memberships');
    renderPage(<HistoryPanel subject={ana} />, {
      api: {
        listAccountChanges: async () =>
          pageOf([
            {
              ...entry,
              dataset: 'memberships' as const,
              group: { kind: 'group' as const, id: 'g', name: hostile },
              account: { kind: 'account' as const, id: 'a' },
            },
            {
              ...entry,
              kind: 'changed' as const,
              dataset: 'spaces' as const,
              before: { key: 'A', name: 'A', type: 'x', status: 'current' },
              after: { key: 'A', name: hostile, type: hostile, status: 'x' },
            },
          ]),
      },
    });
    const [first] = await screen.findAllByRole('listitem');
    expect(within(first).getByText(hostile)).toBeInTheDocument();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });
});
