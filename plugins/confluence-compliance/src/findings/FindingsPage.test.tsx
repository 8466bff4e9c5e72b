// SPDX-License-Identifier: Apache-2.0
import {
  exceptionRequestPermission,
  type FindingsQuery,
  findingUpdatePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import { ChecksTab } from '../checks/ChecksTab';
import {
  check,
  checks,
  comment,
  finding,
  hostile,
  pageOf,
} from '../__testUtils__/fixtures';
import { exceptionPage } from '../__testUtils__/fixtures/exceptions';
import { renderPage, responseError } from '../__testUtils__/render';

const back = finding({
  id: 'finding-2',
  checkId: 'access.user-identified',
  severity: 'high',
  state: 'regressed',
  owner: 'group:default/security',
  subject: {
    kind: 'account',
    connection: 'northwind',
    id: '557058:x',
    title: hostile,
  },
});

/** Both fail, and neither is excepted. */
const counted = ({ verdict = 'fail', excepted = 'all' }: FindingsQuery = {}) =>
  verdict === 'fail' && excepted !== 'only' ? 2 : 0;

function show(
  at = '/checks/findings',
  more: Partial<Parameters<typeof renderPage>[1]> & { api?: object } = {},
) {
  const listFindings = jest.fn(async (query?: FindingsQuery) =>
    pageOf([finding(), back], { totalItems: counted(query) }),
  );
  const shown = renderPage(<ChecksTab />, {
    at,
    path: '/checks/*',
    ...more,
    api: {
      listFindings,
      listChecks: async () => pageOf(checks),
      listComments: async () => pageOf([comment]),
      ...more.api,
    },
  });
  return { ...shown, listFindings };
}

const row = async (name: RegExp) =>
  within((await screen.findByRole('rowheader', { name })).closest('tr')!);

describe('all findings', () => {
  it('say check, verdict, owner and when they were first seen', async () => {
    show();
    expect(
      await screen.findByText('2 findings need somebody'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('columnheader', { name: 'Verdict' }),
    ).toBeInTheDocument();
    const ana = await row(/Ana Lindqvist/);
    expect(ana.getByText('Fail')).toBeInTheDocument();
    expect(
      ana.getByRole('link', { name: 'People who left have no access' }),
    ).toHaveAttribute('href', '/checks/access.offboarded-removed');
    expect(ana.getByText('Critical')).toBeInTheDocument();
    expect(ana.getByText('Nobody')).toBeInTheDocument();
    expect(ana.queryByText('Regressed')).not.toBeInTheDocument();
    const other = within(screen.getAllByRole('row')[2]);
    expect(other.getByText('Regressed')).toBeInTheDocument();
    expect(other.getByText('security')).toBeInTheDocument();
    expect(document.body.textContent).toContain(hostile);
  });

  it('are filtered by the URL', async () => {
    const { listFindings, user, address } = show(
      '/checks/findings?state=resolved&owner=me&severity=worst',
    );
    await screen.findByText('2 findings are resolved');
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ state: 'resolved', owner: 'me' }),
      expect.anything(),
    );
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.not.objectContaining({ severity: 'worst' }),
      expect.anything(),
    );
    await user.click(screen.getByRole('button', { name: /Severity/ }));
    await user.click(await screen.findByRole('option', { name: 'High' }));
    await waitFor(() => expect(address.current).toContain('severity=high'));
    await user.click(screen.getByRole('button', { name: /Verdict/ }));
    await user.click(await screen.findByRole('option', { name: 'Unknown' }));
    await waitFor(() => expect(address.current).toContain('verdict=unknown'));
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.objectContaining({ verdict: 'unknown', severity: 'high' }),
      expect.anything(),
    );
  });

  it.each(['nonsense', 'pass'])(
    'are not filtered by the verdict %s, which none of them has',
    async verdict => {
      const { listFindings } = show(`/checks/findings?verdict=${verdict}`);
      await row(/Ana Lindqvist/);
      expect(listFindings).not.toHaveBeenCalledWith(
        expect.objectContaining({ verdict }),
        expect.anything(),
      );
    },
  );

  it('are filtered by controls in the order of their numbers', async () => {
    const controls = ['A.5.15', 'A.5.2', 'A.5.1'].map(control => ({
      framework: 'ISO 27001',
      control,
      reviewed: true,
    }));
    const { user } = show('/checks/findings', {
      api: { listChecks: async () => pageOf([check({ controls })]) },
    });
    await screen.findByText('2 findings need somebody');
    await user.click(screen.getByRole('button', { name: /Control/ }));
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'All controls',
      'A.5.1',
      'A.5.2',
      'A.5.15',
    ]);
  });

  it('are given to somebody, many at once', async () => {
    const refused = await responseError(400, 'owner is not in the catalog');
    const assignFindings = jest
      .fn(async () => ({ assigned: 2 }))
      .mockRejectedValueOnce(refused);
    const { user } = show(undefined, { api: { assignFindings } });
    await user.click(
      await screen.findByRole('checkbox', {
        name: 'Select all that are shown',
      }),
    );
    const bar = within(screen.getByRole('toolbar'));
    expect(bar.getByText('2 selected')).toBeInTheDocument();
    await user.click(bar.getByRole('button', { name: 'Assign' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Assign' }));
    expect(assignFindings).toHaveBeenCalledWith({
      findings: ['finding-1', 'finding-2'],
      owner: 'me',
    });
    expect(
      await dialog.findByText(/owner is not in the catalog/),
    ).toBeInTheDocument();
    await user.click(dialog.getByRole('button', { name: 'Assign' }));
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
  });

  it('are excepted together, without those that cannot be', async () => {
    const exception = { id: 'e', until: '2098-12-31T00:00:00.000Z' };
    const requestExceptions = jest.fn(async () => ({ ids: ['e1', 'e2'] }));
    const { user } = show(undefined, {
      api: {
        listFindings: async () =>
          pageOf([
            finding(),
            finding({ id: 'f2', verdict: 'unknown' }),
            finding({ id: 'f3', state: 'resolved' }),
            finding({ id: 'f4', exception: { ...exception, status: 'live' } }),
            finding({
              id: 'f5',
              exception: { ...exception, status: 'waiting' },
            }),
          ]),
        listExceptions: async () => exceptionPage([]),
        requestExceptions,
      },
    });
    const boxes = await screen.findAllByRole('checkbox');
    await user.click(boxes[2]);
    const bar = within(screen.getByRole('toolbar'));
    const ask = bar.getByRole('button', { name: 'Ask for exception' });
    expect(ask).toBeDisabled();
    expect(
      bar.getByText(
        '1 cannot be excepted: it is unknown, resolved or asked for already',
      ),
    ).toBeInTheDocument();

    await user.click(boxes[0]);
    expect(bar.getByText('5 selected')).toBeInTheDocument();
    expect(
      bar.getByText(
        '3 cannot be excepted: they are unknown, resolved or asked for already',
      ),
    ).toBeInTheDocument();
    await user.click(ask);
    const dialog = within(
      await screen.findByRole('dialog', {
        name: 'Ask for an exception of 2 findings',
      }),
    );
    await user.type(
      dialog.getByRole('textbox', { name: /^Why/ }),
      'Both hand over until the audit is done',
    );
    await user.type(
      dialog.getByRole('textbox', { name: /^What lowers/ }),
      'They are watched',
    );
    await user.click(dialog.getByRole('button', { name: 'Ask for exception' }));
    expect(
      await screen.findByText(/^Asked for\. Nothing changes/),
    ).toBeVisible();
    expect(requestExceptions).toHaveBeenCalledWith(
      expect.objectContaining({ findings: ['finding-1', 'f4'] }),
    );
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByRole('toolbar')).not.toBeInTheDocument();
  });

  it.each([
    [findingUpdatePermission.name, ['Ask for exception', 'Clear selection']],
    [exceptionRequestPermission.name, ['Assign', 'Clear selection']],
  ])('are selected without %s for what is left', async (refused, left) => {
    const { user } = show(undefined, { refused: [refused] });
    const ana = await row(/Ana Lindqvist/);
    await user.click(ana.getByRole('checkbox'));
    const bar = within(screen.getByRole('toolbar'));
    expect(
      bar.getAllByRole('button').map(({ textContent }) => textContent),
    ).toEqual(left);
  });

  it('open to facts, life and comments, and can be looked at again', async () => {
    const addComment = jest.fn(async () => comment);
    const recheckFinding = jest.fn(async () => ({
      check: back.checkId,
      scope: 'check' as const,
    }));
    const { user } = show(undefined, { api: { addComment, recheckFinding } });
    const ana = await row(/Ana Lindqvist/);
    const opener = ana.getByRole('button', { name: /facts and comments/ });
    expect(opener).toHaveAttribute('aria-expanded', 'false');
    await user.click(opener);
    expect(opener).toHaveAttribute('aria-expanded', 'true');
    expect(await screen.findByText('18 Nov 2026')).toBeInTheDocument();
    expect(screen.getByText('Last seen')).toBeInTheDocument();
    expect(await screen.findByText(comment.text)).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Re-check this one' }));
    expect(recheckFinding).toHaveBeenCalledWith('finding-1');
    expect(await screen.findByText(/^Asked for/)).toBeInTheDocument();

    const submit = screen.getByRole('button', { name: 'Add comment' });
    expect(submit).toBeDisabled();
    await user.type(
      screen.getByRole('textbox', { name: /Add a comment/ }),
      ' Done ',
    );
    await user.click(submit);
    expect(addComment).toHaveBeenCalledWith('finding-1', { text: 'Done' });
  });

  it('cannot be changed without the permissions, nor in the past', async () => {
    const refused = [
      findingUpdatePermission.name,
      exceptionRequestPermission.name,
    ];
    const shown = show(undefined, { refused });
    await row(/Ana Lindqvist/);
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    shown.unmount();

    const {
      back: goBack,
      listFindings,
      user,
    } = show('/checks/findings?asOf=2026-11-03&owner=me');
    const ana = await row(/Ana Lindqvist/);
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(listFindings).toHaveBeenLastCalledWith(
      expect.not.objectContaining({ owner: 'me' }),
      expect.anything(),
    );
    await user.click(ana.getByRole('button', { name: /facts and comments/ }));
    expect(await screen.findByText('Last seen')).toBeInTheDocument();
    expect(screen.queryByText('Comments')).not.toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Re-check this one' }),
    ).not.toBeInTheDocument();

    // What was selected of the present is not, of the past.
    await user.click(screen.getByRole('button', { name: 'Return to now' }));
    await user.click(await screen.findByRole('checkbox', { name: /Ana/ }));
    expect(screen.getByRole('toolbar')).toBeVisible();
    goBack();
    await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull());
  });

  it('say what is hidden, and what is not allowed', async () => {
    const shown = show('/checks/findings?state=resolved', {
      api: { listFindings: async () => pageOf([]) },
    });
    expect(await screen.findByText('No finding matches')).toBeInTheDocument();
    await shown.user.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('Nothing is listed')).toBeInTheDocument();
    expect(shown.address.current).toBe('/checks/findings');
    shown.unmount();

    const excepted = show('/checks/findings?excepted=only', {
      api: { listFindings: async () => pageOf([]) },
    });
    expect(await screen.findByText('No finding matches')).toBeInTheDocument();
    await excepted.user.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('Nothing is listed')).toBeInTheDocument();
    expect(excepted.address.current).toBe('/checks/findings');
    excepted.unmount();

    const refused = await responseError(403, 'Unauthorized');
    show(undefined, {
      api: { listFindings: () => Promise.reject(refused) },
    });
    expect(
      await screen.findByText(/confluence-compliance\.finding\.read/),
    ).toBeInTheDocument();
  });

  it('are one press away from the checks', async () => {
    show('/checks');
    expect(
      await screen.findByRole('link', { name: 'All findings' }),
    ).toHaveAttribute('href', '/checks/findings');
  });
});
