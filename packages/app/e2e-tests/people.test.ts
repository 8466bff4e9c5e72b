// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, SITE, tabs, test } from './portal';

const LEAVERS = '/checks/access.offboarded-removed';
/** What each check of the demo finds: one row that fails, and one that does not but asks for somebody. */
const found = [
  {
    check: 'People who left have no access to Confluence',
    fails: /Ulrich Bonney.*The person has left/,
    open: 'Unknown',
    row: /Zoé Karlsson.*Nobody known is linked to this account/,
  },
  {
    check: 'Every account belongs to a known person',
    fails: /Zoé Karlsson.*The account is a guest/,
    open: 'Warning',
    row: /Confluence Compliance.*Nobody is recorded as the owner/,
  },
  {
    check: 'Access to critical systems keeps to their rule',
    fails: /Northwind help.*Anybody on the internet has access/,
    open: 'Unknown',
    row: /LEGAL.*no space of this key/,
  },
  {
    check: 'Every required policy has its document',
    fails: /Use of artificial intelligence.*No page is found/,
    open: 'Unknown',
    row: /Gifts and hospitality.*no space of this key/,
  },
];

const syncNow = (page: Page) =>
  page.getByRole('button', { name: 'Sync now, Northwind Confluence' });
const runNow = (page: Page) => page.getByRole('button', { name: 'Run now' });

test('a reviewer sees every check, what it found and what is still open', async ({
  portal,
  page,
}) => {
  await portal.signIn('reviewer');
  for (const { check, fails, open, row } of found) {
    await page.getByRole('tab', { name: 'Checks' }).click();
    const article = page.getByRole('article', { name: check });
    await expect(article.getByText(/^\d+ fail$/)).toBeVisible();
    await article.getByRole('link', { name: check }).click();
    await expect(
      page.getByRole('heading', { name: check, level: 1 }),
    ).toBeVisible();
    const findings = page.getByRole('region', {
      name: 'Findings',
      exact: true,
    });
    await expect(
      findings.getByRole('row', { name: fails }).getByText('Fail'),
    ).toBeVisible();
    await expect(
      findings.getByRole('row', { name: row }).getByText(open),
    ).toBeVisible();
    await expect(
      page.getByRole('region', { name: 'How to fix' }).getByRole('listitem'),
    ).not.toHaveCount(0);
  }
});

test('a reviewer follows a finding to its account, and from there to a space', async ({
  portal,
  page,
}) => {
  await portal.signIn('reviewer', `/confluence-compliance${LEAVERS}`);
  const leaver = page.getByRole('row', { name: /Ulrich Bonney/ });
  await leaver.getByRole('button', { name: /^Facts behind/ }).click();
  await expect(page.getByText('Last day').first()).toBeVisible();
  await leaver.getByRole('link', { name: 'Ulrich Bonney' }).first().click();

  await expect(
    page.getByRole('heading', { name: 'Ulrich Bonney', level: 1 }),
  ).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Identity' }).getByText('ulrich.bonney@'),
  ).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Groups' }).getByRole('listitem'),
  ).not.toHaveCount(0);
  const access = page.getByRole('region', { name: 'Effective access' });
  await access
    .getByRole('row', { name: /Space admin.*Engineering/ })
    .first()
    .getByRole('link', { name: 'Engineering' })
    .click();

  await expect(page).toHaveURL(new RegExp(`/spaces/${SITE}/ENG$`));
  await expect(
    page.getByText('By name or by a group, without guests'),
  ).toBeVisible();
  await expect(
    page
      .getByRole('region', { name: 'Who can do what' })
      .getByRole('row', { name: /Ulrich Bonney.*Space admin/ }),
  ).toBeVisible();
});

test('a reviewer runs a check, and syncs the connection of their team', async ({
  portal,
  page,
}) => {
  await portal.signIn('reviewer', `/confluence-compliance${LEAVERS}`);
  const lastRun = async () =>
    (await portal.api(LEAVERS)).body.lastRunAt as string;
  const before = await lastRun();
  await expect(runNow(page)).toBeEnabled();
  await runNow(page).click();
  await expect.poll(lastRun, { timeout: 60_000 }).not.toBe(before);

  await page.getByRole('tab', { name: 'Connections' }).click();
  await expect(syncNow(page)).toBeEnabled({ timeout: 90_000 });
  await syncNow(page).click();
  await expect(syncNow(page)).toBeDisabled();
  await expect(page.getByText(/Asked for|A run is going on/)).toBeVisible();
});

test('an auditor reads everything and changes nothing', async ({
  portal,
  page,
}) => {
  await portal.signIn('auditor');
  await expect(tabs(page)).toHaveText([
    'Overview',
    'Accounts',
    'Groups',
    'Spaces',
    'Checks',
    'Reviews',
    'Policies',
    'Connections',
  ]);
  await expect(
    page.getByRole('heading', { name: /findings are critical or high$/ }),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Needs you' })).toContainText(
    'Ulrich Bonney',
  );

  await page.getByRole('tab', { name: 'Accounts' }).click();
  await expect(
    page.getByRole('row', { name: /Chiara Fontaine/ }),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Spaces' }).click();
  await expect(
    page.getByRole('row', { name: /People and pay/ }).first(),
  ).toBeVisible();

  const writes = page.getByRole('button', {
    name: /^(Sync now|Run now|Run all now|Accept)/,
  });
  await page.getByRole('tab', { name: 'Checks' }).click();
  await expect(
    page.getByRole('article', { name: found[0].check }),
  ).toBeVisible();
  await expect(writes).toHaveCount(0);
  await page.getByRole('link', { name: found[0].check }).click();
  await expect(runNow(page)).toBeDisabled();
  await expect(page.getByText(/^Run now needs .*check\.run$/)).toBeVisible();
  await expect(page.getByText('Ulrich Bonney').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Connections' }).click();
  await expect(syncNow(page)).toBeDisabled();
  await expect(page.getByText(/^Sync now needs .*sync\.run$/)).toBeVisible();

  for (const path of [`/connections/${SITE}/sync`, `${LEAVERS}/run`]) {
    const { status, body } = await portal.api(path, 'POST');
    expect(`${path} ${status}`).toBe(`${path} 403`);
    expect(body.error.message).toContain('confluence-compliance.');
  }
});

test('an admin does everything', async ({ portal, page }) => {
  await portal.signIn('admin', '/confluence-compliance/connections');
  const runs = async () =>
    (await portal.api(`/connections/${SITE}/runs`)).body.items;
  const button = syncNow(page);
  await expect(button).toBeEnabled({ timeout: 90_000 });
  const [{ id: last }] = await runs();
  await button.click();
  await expect
    .poll(async () => (await runs())[0], { timeout: 120_000 })
    .toMatchObject({ id: expect.not.stringMatching(last), state: 'published' });
  await expect(button).toBeEnabled({ timeout: 30_000 });

  await page.getByRole('tab', { name: 'Checks' }).click();
  const all = page.getByRole('button', { name: 'Run all now' });
  const times = async (): Promise<string[]> =>
    (await portal.api('/checks')).body.items
      .filter(({ state }: any) => state === 'ready')
      .map(({ lastRunAt }: any) => lastRunAt);
  await expect(all).toBeEnabled({ timeout: 60_000 });
  const before = await times();
  await all.click();
  await expect
    .poll(async () => (await times()).filter(time => before.includes(time)), {
      timeout: 90_000,
    })
    .toEqual([]);
});
