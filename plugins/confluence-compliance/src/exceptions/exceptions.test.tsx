// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../api';
import { act, screen, waitFor, within } from '@testing-library/react';
import { check, finding, pageOf, trend } from '../__testUtils__/fixtures';
import { exception, exceptionPage } from '../__testUtils__/fixtures/exceptions';
import { open as openOverview } from '../__testUtils__/overview';
import { renderPage, responseError } from '../__testUtils__/render';
import { ChecksTab } from '../checks/ChecksTab';

const LATER = new Date(Date.now() + 30 * 86_400_000).toISOString();

const open = (
  api: Partial<ConfluenceComplianceApi>,
  options: { at?: string; refused?: string[] } = {},
) =>
  renderPage(<ChecksTab />, {
    api,
    at: '/checks/exceptions',
    path: '/checks/*',
    ...options,
  });

describe('the page of exceptions', () => {
  it('says who asked, why, and lets others decide with a reason', async () => {
    const listExceptions = jest.fn(async () =>
      exceptionPage([
        exception(),
        exception({ id: 'e2', blocked: 'own-request' }),
        exception({ id: 'e3', blocked: 'about-you' }),
        exception({ id: 'e4', blocked: 'no-permission' }),
      ]),
    );
    const approveException = jest.fn(async () => {});
    const rejectException = jest.fn(async () => {});
    const { user } = open({
      listExceptions,
      approveException,
      rejectException,
    });
    const rows = await screen.findAllByRole('row');
    const first = within(rows[1]);
    expect(first.getByText(/hands over until/)).toBeVisible();
    expect(first.getByText(/sign-in is watched daily/)).toBeVisible();
    expect(
      screen.getByText('You asked for it: somebody else decides'),
    ).toBeVisible();
    expect(
      screen.getByText('It is about you: somebody else decides'),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Deciding needs confluence-compliance.exception.approve',
      ),
    ).toBeVisible();
    expect(screen.getAllByRole('button', { name: /^Approve/ })).toHaveLength(1);

    await user.click(screen.getByRole('button', { name: /^Reject/ }));
    const dialog = within(await screen.findByRole('dialog'));
    const reject = dialog.getByRole('button', { name: 'Reject' });
    expect(reject).toBeDisabled();
    expect(reject).toHaveAccessibleDescription('Say why first');
    await user.type(dialog.getByRole('textbox'), 'Too risky');
    await user.click(dialog.getByRole('button', { name: 'Reject' }));
    await waitFor(() =>
      expect(rejectException).toHaveBeenCalledWith('exception-1', {
        note: 'Too risky',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: /^Approve/ }));
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Approve',
      }),
    );
    await waitFor(() =>
      expect(approveException).toHaveBeenCalledWith('exception-1', {}),
    );
  });

  it('lets whoever asked withdraw it while it waits, without a word', async () => {
    const withdrawException = jest.fn(async (..._: unknown[]) => {});
    const { user } = open({
      listExceptions: async () =>
        exceptionPage([
          exception(),
          exception({ id: 'own', blocked: 'no-permission', mayWithdraw: true }),
        ]),
      withdrawException,
    });
    await user.click(await screen.findByRole('button', { name: /^Withdraw/ }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/may be asked for again/)).toBeVisible();
    const withdraw = dialog.getByRole('button', { name: 'Withdraw' });
    // Twice before anything is drawn again.
    act(() => {
      withdraw.click();
      withdraw.click();
    });
    await waitFor(() =>
      expect(withdrawException.mock.calls).toEqual([['own', {}]]),
    );
    expect(await screen.findByText('1 exception is withdrawn.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('1 exception is withdrawn.')).toBeNull();
  });

  it('says what was done on the tab where it was done', async () => {
    const { user } = open({
      listExceptions: async () =>
        exceptionPage([exception({ mayWithdraw: true })]),
      withdrawException: async () => {},
    });
    await user.click(await screen.findByRole('button', { name: /^Withdraw/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Withdraw' }));
    expect(await screen.findByText('1 exception is withdrawn.')).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Live' }));
    expect(screen.queryByText('1 exception is withdrawn.')).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'Waiting' }));
    expect(screen.queryByText('1 exception is withdrawn.')).toBeNull();
  });

  it('says who withdrew one, and offers nothing more', async () => {
    open(
      {
        listExceptions: async () =>
          exceptionPage([
            exception({
              status: 'withdrawn',
              decision: {
                by: 'user:default/lena.fischer',
                at: LATER,
                note: 'He left today',
              },
            }),
          ]),
      },
      { at: '/checks/exceptions?tab=over' },
    );
    const [, row] = await screen.findAllByRole('row');
    expect(within(row).getByText('Withdrawn')).toBeVisible();
    expect(within(row).getByText('withdrew it: He left today')).toBeVisible();
    expect(within(row).queryByRole('button', { name: /Withdraw/ })).toBeNull();
  });

  it('shows what the finding rests on, and leads to the account and the person', async () => {
    const listFindings = jest.fn(async () =>
      pageOf([finding({ id: 'another' }), finding()]),
    );
    const { user } = open({
      listExceptions: async () => exceptionPage([exception()]),
      listFindings,
      listComments: async () => pageOf([]),
    });
    expect(
      await screen.findByRole('link', { name: 'Ana Lindqvist' }),
    ).toHaveAttribute('href', '/accounts/northwind/557058:ana');
    await user.click(
      screen.getByRole('button', { name: /^Facts behind Ana Lindqvist, / }),
    );
    expect(await screen.findByText('18 Nov 2026')).toBeVisible();
    expect(screen.getByText(/^Left on 18 Nov/)).toBeVisible();
    expect(screen.getByRole('link', { name: /ana\.lindqvist/ })).toBeVisible();
    expect(listFindings).toHaveBeenCalledWith(
      {
        check: finding().checkId,
        connection: 'northwind',
        subject: '557058:ana',
      },
      expect.anything(),
    );
  });

  it('says where the finding does not stand any more', async () => {
    const { user } = open({
      listExceptions: async () => exceptionPage([exception()]),
      listFindings: async () => pageOf([]),
    });
    await user.click(
      await screen.findByRole('button', { name: /^Facts behind/ }),
    );
    expect(
      await screen.findByText('This finding does not stand any more.'),
    ).toBeVisible();
  });

  it('decides many at once, and says of each that is refused why', async () => {
    const items = [
      exception(),
      exception({ id: 'e2' }),
      exception({ id: 'e3', blocked: 'own-request' }),
    ];
    const taken = await responseError(409, 'It was rejected by Priya');
    const approveException = jest.fn(async (id: string) => {
      if (id === 'e2') {
        throw taken;
      }
    });
    const { user } = open({
      listExceptions: async () =>
        exceptionPage(
          approveException.mock.calls.length > 0 ? items.slice(1) : items,
        ),
      approveException,
    });
    const boxes = await screen.findAllByRole('checkbox');
    // All, the two that can be decided, and what somebody asked for themselves.
    expect(boxes.map(box => (box as HTMLInputElement).disabled)).toEqual([
      false,
      false,
      false,
      true,
    ]);
    await user.click(boxes[0]);
    const bar = within(screen.getByRole('toolbar'));
    expect(bar.getByText('2 selected')).toBeVisible();
    await user.click(bar.getByRole('button', { name: 'Approve' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Approve 2 exceptions')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Approve' }));
    expect(await dialog.findByText(/^1 decided, 1 not:/)).toBeVisible();
    expect(dialog.getByText(/It was rejected by Priya/)).toBeVisible();
    expect(approveException.mock.calls.map(([id]) => id)).toEqual([
      'exception-1',
      'e2',
    ]);
    // What was refused can be tried again, and nothing else is.
    await user.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(approveException).toHaveBeenCalledTimes(3));
    expect(approveException).toHaveBeenLastCalledWith('e2', {});
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('1 selected')).toBeVisible();
  });

  it('has a tab for each state, in the address, and ends what is live', async () => {
    const listExceptions = jest.fn(
      async ({ status }: { status?: string } = {}) =>
        exceptionPage(
          status === 'live'
            ? [
                exception({
                  status: 'live',
                  decision: { by: 'user:default/priya', at: LATER },
                }),
              ]
            : [],
        ),
    );
    const endException = jest.fn(async () => {
      throw await responseError(409, 'The exception is not live');
    });
    const { user, address } = open({ listExceptions, endException });
    expect(
      await screen.findByText('Nothing waits for a decision'),
    ).toBeVisible();
    await user.click(screen.getByRole('radio', { name: 'Live' }));
    await user.click(await screen.findByRole('button', { name: /^End/ }));
    expect(address.current).toBe('/checks/exceptions?tab=live');
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'He has left');
    await user.click(dialog.getByRole('button', { name: 'End' }));
    expect(await dialog.findByText(/The exception is not live/)).toBeVisible();
  });

  it('names the permission it needs', async () => {
    const refused = await responseError(403, 'Unauthorized');
    open({ listExceptions: () => Promise.reject(refused) });
    expect(
      await screen.findByText(
        /permission confluence-compliance\.finding\.read\./,
      ),
    ).toBeVisible();
  });
});

describe('asking for exceptions', () => {
  const at = `/checks/${check().id}`;
  const findings = [
    finding(),
    finding({ id: 'f2', verdict: 'warning' }),
    finding({ id: 'f3', verdict: 'unknown' }),
    finding({
      id: 'f4',
      exception: { id: 'e', status: 'waiting', until: LATER },
    }),
    finding({ id: 'f5', exception: { id: 'e', status: 'live', until: LATER } }),
  ];
  const api = () => ({
    getCheck: async () => check({ excepted: { fail: 1, warning: 0 } }),
    listFindings: jest.fn(async () => pageOf(findings)),
    listExceptions: async () => exceptionPage([]),
    requestExceptions: jest.fn(async () => ({ ids: ['e1', 'e2'] })),
  });

  it('is for many at once, never for what is unknown or waits', async () => {
    const calls = api();
    const { user } = open(calls, { at });
    const boxes = await screen.findAllByRole('checkbox');
    expect(boxes.map(box => (box as HTMLInputElement).disabled)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(screen.getByText('Asked for')).toBeVisible();
    expect(screen.getByText(/^Until \d/)).toBeVisible();
    await user.click(boxes[0]);
    await user.click(boxes[1]);
    expect(screen.getByText('2 selected')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Ask for exception' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText('Ask for an exception of 2 findings'),
    ).toBeVisible();
    const submit = dialog.getByRole('button', { name: 'Ask for exception' });
    expect(submit).toBeDisabled();
    expect(submit).toHaveAccessibleDescription(
      'Say why first, in 20 characters at least',
    );
    await user.type(
      dialog.getByRole('textbox', { name: /^Why/ }),
      'Both hand over until the audit is done',
    );
    expect(submit).toHaveAccessibleDescription(
      'Say first what lowers the risk',
    );
    await user.type(
      dialog.getByRole('textbox', { name: /^What lowers/ }),
      'They are watched',
    );
    await waitFor(() => expect(submit).toBeEnabled());
    await user.click(submit);
    await waitFor(() =>
      expect(calls.requestExceptions).toHaveBeenCalledWith({
        findings: [findings[0].id, 'f2'],
        reason: 'Both hand over until the audit is done',
        control: 'They are watched',
        until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      }),
    );
    expect(
      await screen.findByText(/^Asked for\. Nothing changes/),
    ).toBeVisible();
    expect(screen.queryByText('2 selected')).toBeNull();
  });

  it('is not there without the permission, nor in the past', async () => {
    const refused = ['confluence-compliance.exception.request'];
    const page = open(api(), { at, refused });
    await screen.findAllByRole('button', { name: /^Facts behind/ });
    expect(screen.queryByRole('checkbox')).toBeNull();
    page.unmount();
    open(api(), { at: `${at}?asOf=2026-11-03` });
    await screen.findAllByRole('button', { name: /^Facts behind/ });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('counts what is excepted apart', async () => {
    open(api(), { at });
    const verdict = within(
      await screen.findByRole('region', { name: 'Verdict' }),
    );
    expect(verdict.getByText('1 fail')).toBeVisible();
    expect(
      verdict.getByRole('img', { name: /1 fail, 1 warning, 1 excepted/ }),
    ).toBeVisible();
  });
});

describe('the overview', () => {
  it('says what is excepted apart, and what waits for whoever looks', async () => {
    const points = trend.points.map(point => ({
      ...point,
      excepted: { critical: 1, high: 0, medium: 0, low: 0 },
    }));
    openOverview({
      listChecks: async () =>
        pageOf([check({ excepted: { fail: 1, warning: 0 } })]),
      getTrend: async () => ({ points }),
      listExceptions: async () =>
        exceptionPage([
          exception(),
          exception({ id: 'e2', blocked: 'own-request' }),
        ]),
    });
    expect(
      await screen.findByText('1 exception waits for a decision'),
    ).toBeVisible();
    expect(screen.getByText('1 excepted')).toBeVisible();
    expect(screen.getByText('1 fail, 1 warn')).toBeVisible();
  });
});
