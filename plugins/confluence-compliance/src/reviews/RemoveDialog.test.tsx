// SPDX-License-Identifier: Apache-2.0
import type { PlannedRemoval } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor, within } from '@testing-library/react';
import {
  ago,
  hostile,
  pageOf,
  previewOf,
  remediations,
  review,
  reviews,
} from '../__testUtils__/fixtures';
import { renderPage, responseError } from '../__testUtils__/render';
import type { ConfluenceComplianceApi } from '../api';
import { ReviewsTab } from './ReviewsTab';

const MANAGE = 'confluence-compliance.review.manage';
const EXECUTE = 'confluence-compliance.remediation.execute';

function open(
  api: Partial<ConfluenceComplianceApi> = {},
  refused: string[] = [MANAGE],
) {
  return renderPage(<ReviewsTab />, {
    api: {
      listConnections: async () => pageOf([]),
      getReview: async () => reviews[3],
      listRemediations: async () => pageOf(remediations),
      previewRemovals: async (_, { items }) => previewOf(items),
      ...api,
    },
    at: '/reviews/review-proof/remediations',
    path: '/reviews/*',
    refused,
  });
}

const all = { name: 'Select every removal that is not proven' };
const remove = { name: 'Remove in Confluence…' };
const send = { name: 'Send 2 requests' };
const again = { name: 'Look again' };
const at = ago(0);

async function ask(page: ReturnType<typeof open>) {
  await page.user.click(await screen.findByRole('checkbox', all));
  await page.user.click(await screen.findByRole('button', remove));
  return within(await screen.findByRole('dialog'));
}

describe('RemoveDialog', () => {
  it('sends what the preview has shown, and leaves out what it refuses', async () => {
    const previewRemovals = jest.fn(
      async (_: string, { items }: { items: string[] }) => previewOf(items),
    );
    const executeRemovals = jest.fn(async () => ({
      items: [
        { item: 'gone-ravi', outcome: 'sent' as const, at },
        {
          item: 'gone-kofi',
          outcome: 'refused' as const,
          reason: { code: 'not-found', text: 'Confluence knows no such group' },
          at,
        },
      ],
    }));
    const page = open({ previewRemovals, executeRemovals });
    const dialog = await ask(page);
    const would = within(
      await dialog.findByRole('list', { name: '2 requests would be sent' }),
    );
    const [ravi, kofi] = would.getAllByRole('listitem');
    expect(ravi).toHaveTextContent(
      /Ravi Menon.*DELETE https:\/\/northwind\.atlassian\.net\/wiki\/.*ravi/,
    );
    expect(kofi).toHaveTextContent('Kofi Mensah');
    const not = within(
      dialog.getByRole('list', { name: '2 are not removed through the API' }),
    );
    expect(
      not.getByText(/An identity provider manages the members/),
    ).toBeInTheDocument();
    expect(not.getByText(/may be suspended/)).toBeInTheDocument();
    expect(executeRemovals).not.toHaveBeenCalled();

    await page.user.click(dialog.getByRole('button', send));
    expect(
      await screen.findByText(/None of these is a proof/),
    ).toBeInTheDocument();
    // What was confirmed is the preview of just these.
    const items = ['gone-ravi', 'gone-kofi'];
    expect(previewRemovals).toHaveBeenLastCalledWith(
      'review-proof',
      { items },
      expect.anything(),
    );
    expect(executeRemovals).toHaveBeenCalledWith('review-proof', {
      items,
      confirm: 'c'.repeat(64),
    });
    const done = within(
      screen.getByRole('list', { name: 'What became of each' }),
    );
    const [first, second] = done.getAllByRole('listitem');
    expect(first).toHaveTextContent(/Ravi Menon.*Sent.*Confluence took it/);
    expect(second).toHaveTextContent(/Kofi.*Refused.*knows no such group/);
    await page.user.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.queryByText('4 selected')).not.toBeInTheDocument();
  });

  it('names what is taken away in a space, and what people do by hand', async () => {
    const [ravi, ana] = remediations;
    const grant = {
      kind: 'grant' as const,
      container: {
        kind: 'space' as const,
        id: '65537',
        title: `Pay ${hostile}`,
      },
      operations: ['administer space', 'read space'],
    };
    const rows = [ravi, ana].map(one => ({
      ...one,
      item: { ...one.item, ...grant },
    }));
    const [would, not]: PlannedRemoval[] = [
      {
        item: ravi.item.id,
        request: {
          method: 'POST',
          site: 'https://northwind.atlassian.net',
          path: '/wiki/api/v2/spaces/65537/role-assignments',
          body: '[{"principal":{}}]',
        },
        removes: grant.operations,
        note: { code: 'takes-role', text: 'Confluence takes the role away' },
      },
      {
        item: ana.item.id,
        refused: { code: 'not-for-apps', text: 'Atlassian keeps apps out' },
        manual: { code: 'remove-grant', text: 'Open the space settings' },
      },
    ];
    const page = open({
      listRemediations: async () => pageOf(rows),
      previewRemovals: async (_, { items }) => ({
        items: [would, not].filter(({ item }) => items.includes(item)),
        ...(items.length === 1 && { confirm: 'c'.repeat(64) }),
      }),
    });
    const dialog = await ask(page);
    const [line] = within(
      await dialog.findByRole('list', { name: '1 request would be sent' }),
    ).getAllByRole('listitem');
    expect(line).toHaveTextContent(
      `Takes away in Pay ${hostile}: administer space, read space`,
    );
    expect(line).toHaveTextContent(
      'Confluence takes the role awayPOST https://northwind.atlassian.net/wiki/api/v2/spaces/65537/role-assignments [{"principal":{}}]',
    );
    expect(
      within(
        dialog.getByRole('list', { name: '1 is not removed through the API' }),
      ).getByRole('listitem'),
    ).toHaveTextContent(
      /Atlassian keeps apps outBy hand: Open the space settings$/,
    );
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(
      dialog.getByRole('button', { name: 'Send 1 request' }),
    ).toBeEnabled();
  });

  it('looks again before it sends what has changed meanwhile', async () => {
    const executeRemovals = jest.fn();
    executeRemovals.mockRejectedValue(
      await responseError(409, 'look at the preview again'),
    );
    const previewRemovals = jest.fn(
      async (_: string, { items }: { items: string[] }) => previewOf(items),
    );
    const page = open({ executeRemovals, previewRemovals });
    const dialog = await ask(page);
    await page.user.click(await dialog.findByRole('button', send));
    expect(
      await dialog.findByText(/look at the preview again/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('button', send)).toBeDisabled();
    const looks = previewRemovals.mock.calls.length;
    await page.user.click(dialog.getByRole('button', again));
    await waitFor(() => expect(dialog.getByRole('button', send)).toBeEnabled());
    expect(previewRemovals.mock.calls.length).toBeGreaterThan(looks);
  });

  it('sends nothing where everything is refused, or the preview fails', async () => {
    const refused = { code: 'person-missing', text: `Missing ${hostile}` };
    const page = open({
      previewRemovals: async (_, { items }) => ({
        items: items.map(item => ({ item, refused })),
      }),
    });
    const dialog = await ask(page);
    expect(await dialog.findByText(/^None of these can be/)).toBeVisible();
    expect(dialog.getAllByText(`Missing ${hostile}`)).toHaveLength(4);
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(
      dialog.getByRole('button', { name: 'Send 0 requests' }),
    ).toBeDisabled();
    page.unmount();

    const error = await responseError(409, 'Review is over');
    const failing = await ask(
      open({ previewRemovals: () => Promise.reject(error) }),
    );
    expect(await failing.findByText(/Review is over/)).toBeInTheDocument();
    expect(failing.getByRole('button', again)).toBeVisible();
  });

  it('shows nothing where it is switched off, not allowed, or the review is over', async () => {
    const off = remediations.map(one => ({
      ...one,
      removalEnabled: undefined,
    }));
    const page = open({ listRemediations: async () => pageOf(off) }, []);
    await page.user.click(await screen.findByRole('checkbox', all));
    expect(screen.getByRole('button', { name: 'Assign' })).toBeVisible();
    expect(screen.queryByRole('button', remove)).not.toBeInTheDocument();
    page.unmount();

    const refused = open({}, [MANAGE, EXECUTE]);
    expect(await screen.findByText('Kofi Mensah')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    refused.unmount();

    open({ getReview: async () => review({ state: 'completed' }) }, []);
    expect(await screen.findByText('Kofi Mensah')).toBeInTheDocument();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
  });

  it('says what became of the last try', async () => {
    const [ravi] = remediations;
    const last = { by: 'user:default/mei.tanaka', at: ago(180) };
    const tried = (['sent', 'refused', 'unknown'] as const).map(outcome => ({
      ...ravi,
      item: { ...ravi.item, id: outcome },
      removal: { ...last, outcome },
    }));
    open({ listRemediations: async () => pageOf(tried) });
    for (const words of [
      /Sent to Confluence 3 hours ago, not proven/,
      /refused it 3 hours ago: it did not say why/,
      /Sent, perhaps, 3 hours ago/,
    ]) {
      expect(
        await screen.findByText((_, element) =>
          Boolean(
            element?.tagName === 'SPAN' &&
              words.test(element.textContent ?? ''),
          ),
        ),
      ).toBeInTheDocument();
    }
  });
});
