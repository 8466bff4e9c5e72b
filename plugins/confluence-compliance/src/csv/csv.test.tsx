// SPDX-License-Identifier: Apache-2.0
import type {
  AccountsQuery,
  GrantsQuery,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { screen, waitFor } from '@testing-library/react';
import {
  account,
  accountDetail,
  connection,
  controls,
  groupDetail,
  groupGrants,
  hiddenAccount,
  pageOf,
  partialConnection,
  spaceDetail,
  spaces,
} from '../__testUtils__/fixtures';
import {
  grants,
  openSpaceGrants,
  shutOutGrants,
  spaceGrants,
} from '../__testUtils__/fixtures/grants';
import { renderPage, responseError } from '../__testUtils__/render';
import { AccountsTab } from '../accounts/AccountsTab';
import type { ConfluenceComplianceApi } from '../api';
import { ChecksTab } from '../checks/ChecksTab';
import { GroupsTab } from '../groups/GroupsTab';
import { SpacesTab } from '../spaces/SpacesTab';
import { saveFile } from './saveFile';
import { toCsv } from './toCsv';

jest.mock('./saveFile', () => ({ saveFile: jest.fn() }));

const saved = jest.mocked(saveFile);

const empty = async () => pageOf<never>([]);
const quiet: Partial<ConfluenceComplianceApi> = {
  listConnections: async () => pageOf([connection()]),
  listFindings: empty,
  listPages: empty,
  listAccountChanges: empty,
  listGroupChanges: empty,
  listSpaceChanges: empty,
  listCriticalSystems: empty,
};

/** The day that stands in the name of a file. */
const today = new Date().toISOString().slice(0, 10);

/** Presses the button, and gives the name of the file and its lines without the mark of UTF-8; where it is from stands in the last ones. */
async function download(
  page: JSX.Element,
  api: Partial<ConfluenceComplianceApi>,
  at: string,
  button: string,
) {
  const [, tab] = at.match(/^\/(\w+)/) ?? [];
  const { user } = renderPage(page, {
    api: { ...quiet, ...api },
    at,
    path: `/${tab}/*`,
  });
  await user.click(await screen.findByRole('button', { name: button }));
  await waitFor(() => expect(saved).toHaveBeenCalled());
  const [name, type, text] = saved.mock.calls[0];
  expect(type).toBe('text/csv;charset=utf-8');
  expect(text.startsWith('\ufeff"')).toBe(true);
  const all = text.slice(1).split('\r\n');
  return { name, lines: all.slice(0, -6), origin: all.slice(-6) };
}

describe('CSV', () => {
  beforeEach(() => saved.mockReset());

  it('takes no cell for a formula, and keeps what stands in it', () => {
    const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\uff1d1'];
    expect(toCsv([cells])).toBe(
      `\ufeff${cells.map(cell => `"'${cell}"`).join(',')}\r\n`,
    );
    const kept = ['a;=1', 'a,b', 'say "hi"', 'two\nlines', 'Zoë 日本', 5, 0];
    expect(toCsv([kept])).toBe(
      '\ufeff"a;=1","a,b","say ""hi""","two\nlines","Zoë 日本","5","0"\r\n',
    );
  });

  it('has all accounts of the filters in their order, with what is not known', async () => {
    const listAccounts = jest.fn(async (query: AccountsQuery = {}) =>
      query.cursor
        ? pageOf([{ ...account(), name: '=HYPERLINK("x")' }])
        : pageOf([hiddenAccount], {
            totalItems: 2,
            pageInfo: { nextCursor: 'second' },
          }),
    );
    const { name, lines, origin } = await download(
      <AccountsTab />,
      { listAccounts },
      '/accounts?q=e&sort=-name&cursor=elsewhere&page=7&connection=northwind',
      'Download accounts as CSV',
    );
    const asked = listAccounts.mock.calls
      .map(([query]) => query)
      .filter(query => query?.limit === 200);
    const filters = { q: 'e', sort: '-name', connection: 'northwind' };
    expect(asked).toEqual([
      expect.objectContaining(filters),
      expect.objectContaining({ ...filters, cursor: 'second' }),
    ]);
    expect(asked[0]?.cursor).toBeUndefined();
    expect(name).toBe(`accounts-northwind-${today}-revision-1482.csv`);
    expect(lines).toEqual([
      '"Account","Account id","Email","Class","Listed","Status","License","Role","Managed","MFA","Last active","Person","Name of the person","Linked by","Connection","Groups","Findings","Excepted findings","Unknown verdicts"',
      expect.stringMatching(
        /^"J. Weber","557058:jw","Unknown: This person hides the email address\.","Person",".*","Active","[^"]+","[^"]+","[^"]+","On","20.*Z","Nobody is linked","Nobody is linked","Nobody is linked","Northwind","4","0","0","0"$/,
      ),
      expect.stringMatching(/^"'=HYPERLINK\(""x""\)","557058:ana",/),
    ]);
    expect(origin).toEqual([
      '"Site","Northwind (https://northwind.atlassian.net)"',
      expect.stringMatching(new RegExp(`^"Downloaded","${today}T.*Z"$`)),
      '"As of","Now"',
      '"Revision","1482"',
      '"Filters","search: e"',
      '',
    ]);
    expect(lines.join()).not.toMatch(/(^|,)""(,|$)/);
  });

  it('says of facts that cannot be read any more when they last were, and names the directory', async () => {
    const [site] = connection().datasets;
    const reason = { code: 'organization-key-refused', text: 'Key refused.' };
    const stale = { readAt: '2026-11-27T09:00:00.000Z', reason };
    const { facts } = account();
    const { lines } = await download(
      <AccountsTab />,
      {
        listConnections: async () =>
          pageOf([
            connection({
              datasets: [
                {
                  ...site,
                  dataset: 'directory',
                  state: 'unavailable',
                  reasons: [reason],
                },
              ],
            }),
          ]),
        listAccounts: async () =>
          pageOf([
            account({
              facts: {
                ...facts,
                status: { ...facts.status, stale },
                mfa: { value: 'enabled', source: 'organization', stale },
              },
            }),
          ]),
      },
      '/accounts',
      'Download accounts as CSV',
    );
    const since =
      '(last read 2026-11-27T09:00:00.000Z, cannot be read now: Key refused.)';
    expect(lines[1]).toContain(`"Active ${since}"`);
    expect(lines[1]).toContain(`"On ${since}"`);
    expect(lines.join()).toMatch(
      /Not complete\. .*Roles, MFA, last active: cannot be read\. Key refused\./,
    );
  });

  it('says in its name and at its end what is not complete', async () => {
    const { name, lines } = await download(
      <AccountsTab />,
      {
        listConnections: async () => pageOf([partialConnection]),
        listAccounts: async () => pageOf([account()]),
      },
      '/accounts',
      'Download accounts as CSV',
    );
    expect(name).toBe(
      `accounts-${partialConnection.id}-${today}-revision-1482-not-complete.csv`,
    );
    expect(lines.at(-1)).toMatch(
      /^"Not complete\. .*: Who is in which group: read in part/,
    );
  });

  it('says that completeness is not known of a date, nor without a permission', async () => {
    const listSpaces = async () => pageOf(spaces, { revision: 1214 });
    const past = await download(
      <SpacesTab />,
      { listSpaces },
      '/spaces?asOf=2026-11-03',
      'Download spaces as CSV',
    );
    expect(past.name).toBe(`spaces-northwind-${today}-revision-1214.csv`);
    expect(past.lines.at(-1)).toBe(
      '"What had been read completely at this date is not known."',
    );
    expect(past.lines.join()).toContain(
      '"Unknown: The permissions of this space were never read."',
    );
    saved.mockReset();
    document.body.innerHTML = '';
    const unseen = await download(
      <SpacesTab />,
      {
        listSpaces,
        listConnections: async () => {
          throw await responseError(403, 'No');
        },
      },
      '/spaces',
      'Download spaces as CSV',
    );
    expect(unseen.lines.at(-1)).toMatch(/^"Whether everything was read/);
  });

  it('has what an account can do, by which path', async () => {
    const listAccountGrants = jest.fn(
      async (_id: string, _account: string, { cursor }: GrantsQuery = {}) =>
        cursor
          ? pageOf(grants.slice(1))
          : pageOf(grants.slice(0, 1), {
              totalItems: 3,
              pageInfo: { nextCursor: 'next' },
            }),
    );
    const { name, lines } = await download(
      <AccountsTab />,
      {
        getAccount: async () =>
          accountDetail({
            access: { seen: 3, unknown: { code: 'x', text: 'PAY is hidden.' } },
          }),
        listAccountGrants,
      },
      '/accounts/northwind/557058%3Aana',
      'Download access of Ana Lindqvist as CSV',
    );
    expect(name).toBe(
      `access-of-Ana-Lindqvist-northwind-${today}-revision-1482-not-complete.csv`,
    );
    expect(lines).toEqual([
      '"Can","Role","Effective","On","Key","Seen since","Operations","Path"',
      expect.stringMatching(
        /^"Space admin","Not by a role",".*","Payments","PAY",.*"payments-leads"$/,
      ),
      expect.stringMatching(/^"Edit",/),
      expect.stringMatching(
        /^"Edit","Not by a role",".*","Security","SEC",.*"direct"$/,
      ),
      '"Not complete. PAY is hidden."',
    ]);
  });

  it('has what a group can do, and who can do what in a space', async () => {
    const group = await download(
      <GroupsTab />,
      {
        getGroup: async () => groupDetail(),
        listGroupMembers: empty,
        listGroupGrants: async () => pageOf(groupGrants),
      },
      '/groups/northwind/g-leads',
      'Download access of payments-leads as CSV',
    );
    expect(group.lines[1]).toMatch(
      /^"Space admin","Not by a role","Differs by account: see the accounts in it","Payments","PAY"/,
    );
    saved.mockReset();
    const space = await download(
      <SpacesTab />,
      {
        getSpace: async () => spaceDetail(),
        listSpaceGrants: async () =>
          pageOf([...spaceGrants, { ...spaceGrants[2], members: undefined }]),
      },
      '/spaces/northwind/PAY',
      'Download access to PAY as CSV',
    );
    expect(space.lines.slice(1, 5)).toEqual([
      expect.stringMatching(
        /^"payments-leads","Group","g-leads","Space admin","Not by a role","Differs by account: see the accounts in it","3",/,
      ),
      expect.stringMatching(
        /^"Mei Tanaka","Account","557058:mei","Space admin","Not by a role",".*","1",/,
      ),
      expect.stringMatching(
        /^"Everybody with a license","Access class","all-licensed-users","View","Not by a role","Differs by account: see the accounts in it","1284",/,
      ),
      expect.stringMatching(/"View",.*"Unknown: Atlassian decides who this is/),
    ]);
  });

  it('says unknown, not none, of a role where roles could not be read', async () => {
    const [grantsRead] = connection().datasets.filter(
      ({ dataset }) => dataset === 'grants',
    );
    const { lines } = await download(
      <GroupsTab />,
      {
        listConnections: async () =>
          pageOf([
            connection({
              datasets: [
                {
                  ...grantsRead,
                  state: 'partial',
                  reasons: [{ code: 'roles-unread', text: 'Roles are hidden' }],
                },
              ],
            }),
          ]),
        getGroup: async () => groupDetail(),
        listGroupMembers: empty,
        listGroupGrants: async () => pageOf(groupGrants),
      },
      '/groups/northwind/g-leads',
      'Download access of payments-leads as CSV',
    );
    expect(lines[1]).toMatch(
      /^"Space admin","Unknown: Not all roles could be read\."/,
    );
  });

  it('marks what an account does not surely get', async () => {
    const { lines } = await download(
      <AccountsTab />,
      {
        getAccount: async () => accountDetail(),
        listAccountGrants: async () => pageOf(shutOutGrants),
      },
      '/accounts/northwind/557058%3Aana',
      'Download access of Ana Lindqvist as CSV',
    );
    expect(lines.slice(1, 4)).toEqual([
      expect.stringMatching(
        /^"Space admin","Admin","No: The account is suspended\.",/,
      ),
      expect.stringMatching(
        /^"View","Viewer","Perhaps: An admin of the organization can give itself access\.",/,
      ),
      expect.stringMatching(/^"View","Not by a role","Yes",/),
    ]);
  });

  it('marks it in the file of a space, and of accounts only', async () => {
    const { lines } = await download(
      <SpacesTab />,
      {
        getSpace: async () => spaceDetail(),
        listSpaceGrants: async () => pageOf(openSpaceGrants),
      },
      '/spaces/northwind/PAY',
      'Download access to PAY as CSV',
    );
    expect(lines[0]).toContain('"Can","Role","Effective",');
    expect(lines.slice(1, 3)).toEqual([
      expect.stringContaining(
        '"View","Viewer","Differs by account: see the accounts in it",',
      ),
      expect.stringContaining(
        '"Space admin","Admin","No: The account is deactivated.",',
      ),
    ]);
  });

  it('makes no file of a part, and says why', async () => {
    const { user } = renderPage(<GroupsTab />, {
      api: {
        ...quiet,
        listGroups: async query => {
          if (query?.cursor) {
            throw await responseError(410, 'Revision 12 is gone');
          }
          return pageOf([groupDetail()], {
            totalItems: 900,
            pageInfo: { nextCursor: 'c' },
          });
        },
      },
      at: '/groups',
      path: '/groups/*',
    });
    await user.click(
      await screen.findByRole('button', { name: 'Download groups as CSV' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'No file was made: Revision 12 is gone',
    );
    expect(saved).not.toHaveBeenCalled();
  });

  it('has the findings of each control, and how many of them are excepted', async () => {
    const { lines } = await download(
      <ChecksTab />,
      { listControls: async () => pageOf(controls) },
      '/checks/controls',
      'Download controls as CSV',
    );
    const columns = lines[0].split(',');
    const [found, excepted] = ['"Findings"', '"Excepted findings"'].map(name =>
      columns.indexOf(name),
    );
    const rows = lines.slice(1).map(line => line.split('","'));
    expect(rows.map(row => [row[1], row[found], row[excepted]])).toEqual([
      ['CC6.1', '0', '0'],
      ['CC6.2', '12', '3'],
      ['CC4.2', '0', '0'],
    ]);
  });
});
