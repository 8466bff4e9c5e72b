// SPDX-License-Identifier: Apache-2.0
import type { FindingsQuery } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor } from '@testing-library/react';
import { finding, pageOf } from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ChecksTab } from '../checks/ChecksTab';

type ListFindings = ConfluenceComplianceApi['listFindings'];

/** 9 fail and 2 warn, 5 are unknown, and 3 more fail and are excepted. */
const counts: Record<string, number> = { fail: 9, warning: 2, unknown: 5 };

function totalOf({ verdict, excepted = 'all' }: FindingsQuery): number {
  const without = verdict ? counts[verdict] : 16;
  const only = !verdict || verdict === 'fail' ? 3 : 0;
  return { all: without + only, without, only }[excepted];
}

const listFindings = jest.fn(async (query: FindingsQuery = {}) =>
  pageOf([finding()], { totalItems: totalOf(query) }),
);

const show = (search: string, list: ListFindings = listFindings) =>
  renderPage(<ChecksTab />, {
    at: `/checks/findings${search}`,
    path: '/checks/*',
    api: { listFindings: list, listChecks: async () => pageOf([]) },
  });

const said = () =>
  screen.getAllByRole('status').map(({ textContent }) => textContent);

describe('the number of findings', () => {
  beforeEach(() => listFindings.mockClear());

  it('says apart what needs somebody, is excepted, and is unknown', async () => {
    const { user, address } = show('?severity=critical');
    await waitFor(() =>
      expect(said()).toContain(
        '11 findings need somebody, 3 more are excepted, 5 more are unknown',
      ),
    );
    for (const verdict of ['fail', 'warning', 'unknown']) {
      expect(listFindings).toHaveBeenCalledWith(
        expect.objectContaining({
          severity: 'critical',
          verdict,
          excepted: 'without',
          limit: 1,
        }),
        expect.anything(),
      );
    }

    screen.getByRole('button', { name: /Excepted findings/ }).focus();
    await user.keyboard('{Enter}');
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'With excepted',
      'Without excepted',
      'Excepted only',
    ]);
    await user.keyboard('{End}{Enter}');
    await waitFor(() => expect(address.current).toContain('excepted=only'));
    await waitFor(() => expect(said()).toContain('3 findings are excepted'));
    expect(listFindings).toHaveBeenCalledWith(
      expect.objectContaining({ excepted: 'only', limit: 20 }),
      expect.anything(),
    );
  });

  it.each([
    ['excepted=without', '11 findings need somebody, 5 more are unknown'],
    ['verdict=fail', '9 findings need somebody, 3 more are excepted'],
    ['verdict=warning', '2 findings need somebody'],
    ['verdict=unknown', '5 verdicts are unknown'],
  ])('is what the filter %s leaves', async (filter, text) => {
    show(`?${filter}`);
    await waitFor(() => expect(said()).toContain(text));
  });

  it('is asked for once where all findings are alike', async () => {
    const resolved = show('?state=resolved');
    await waitFor(() => expect(said()).toContain('19 findings are resolved'));
    expect(listFindings).toHaveBeenCalledTimes(1);
    resolved.unmount();
    const none = jest.fn(async () => pageOf([]));
    show('', none);
    await waitFor(() => expect(said()).toContain('No finding is listed'));
    expect(none).toHaveBeenCalledTimes(1);
  });

  it('says no parts where these cannot be read', async () => {
    const broken = await responseError(500, 'Broken');
    show('', async ({ excepted } = {}) => {
      if (excepted) {
        throw broken;
      }
      return pageOf([finding()]);
    });
    expect(await screen.findByText('1 listed')).toBeInTheDocument();
    expect(await screen.findByRole('alert')).toBeInTheDocument();
  });
});
