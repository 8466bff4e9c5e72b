// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, people, Portal, test } from './portal';

const LEAVERS = '/checks/access.offboarded-removed';
const LEAVER = 'Ulrich Bonney';
/** Long enough for somebody else to approve it. */
const LIVES_MS = 75_000;

const leaver = (page: Page) =>
  page.getByRole('region', { name: 'Findings', exact: true }).getByRole('row', {
    name: new RegExp(LEAVER),
  });
const exception = (page: Page) =>
  page.getByRole('row', { name: new RegExp(`${LEAVER}.*The sign-in`) });

/**
 * The form asks for days, the API takes moments, too: what is asked for on this page ends soon, so
 * that nobody has to wait for midnight.
 */
async function endSoon(page: Page, until: () => string) {
  await page.route(/\/api\/confluence-compliance\/exceptions$/, route => {
    const request = route.request();
    return request.method() === 'POST'
      ? route.continue({
          postData: { ...request.postDataJSON(), until: until() },
        })
      : route.continue();
  });
}

/** Asks for an exception of the leaver's finding, in the dialog. */
async function ask(page: Page) {
  await leaver(page)
    .getByRole('checkbox', { name: `Select ${LEAVER}` })
    .check({ force: true });
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: 'Ask for exception' })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(LEAVER)).toBeVisible();
  await dialog
    .getByLabel('Why, in 20 characters at least')
    .fill('Hands over until the end of the week');
  await dialog
    .getByLabel('What lowers the risk until then')
    .fill('The sign-in is watched');
  await dialog.getByRole('button', { name: 'Ask for exception' }).click();
  await expect(dialog).toHaveCount(0);
}

test('the finding of a leaver is given to somebody', async ({
  portal,
  page,
}) => {
  await portal.signIn('reviewer', '/confluence-compliance/checks');
  await page.getByRole('link', { name: 'All findings' }).click();
  const finding = page
    .getByRole('region', { name: 'All findings' })
    .getByRole('row', { name: new RegExp(`${LEAVER}.*People who left`) });
  await expect(finding.getByText('Fail')).toBeVisible();
  await finding
    .getByRole('checkbox', { name: `Select ${LEAVER}` })
    .check({ force: true });
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: 'Assign' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Assign 1 finding' });
  await dialog.getByRole('button', { name: 'Assign' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(
    finding.getByRole('link', { name: people.reviewer }),
  ).toBeVisible();
  await expect(page.getByRole('toolbar')).toHaveCount(0);
});

test('an exception is asked for by one and approved by another, and ends by itself', async ({
  portal,
  page,
  browsing,
}) => {
  const other = await browsing.newPage();
  const admin = new Portal(other);
  await admin.signIn('admin', '/confluence-compliance/checks');
  await portal.signIn('reviewer', `/confluence-compliance${LEAVERS}`);
  let until = 0;
  await endSoon(page, () => {
    until = Date.now() + LIVES_MS;
    return new Date(until).toISOString();
  });
  const lastRun = async () => (await portal.api(LEAVERS)).body.lastRunAt;

  await ask(page);
  await expect(leaver(page).getByText('Asked for')).toBeVisible();
  await expect(leaver(page).getByText('Fail')).toBeVisible();
  await portal.open('/checks/exceptions');
  await expect(exception(page).getByText(/^You asked for it/)).toBeVisible();

  await other.getByRole('link', { name: /^Exceptions/ }).click();
  await exception(other)
    .getByRole('button', { name: `Approve, ${LEAVER}` })
    .click();
  const dialog = other.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(dialog).toHaveCount(0);
  await other.getByRole('radio', { name: 'Live' }).click();
  await expect(exception(other)).toContainText(people.admin);

  const open = `${LEAVERS}?excepted=without`;
  await portal.open(LEAVERS);
  await expect(leaver(page).getByText(/^Until /)).toBeVisible();
  await portal.open(open);
  await expect(
    page.getByRole('region', { name: 'Findings', exact: true }),
  ).toBeVisible();
  await expect(leaver(page)).toHaveCount(0);
  const ranAt = await lastRun();

  await page.waitForTimeout(Math.max(0, until - Date.now()));
  await portal.open(open);
  await expect(leaver(page).getByText('Fail')).toBeVisible();
  expect(await lastRun()).toBe(ranAt);
  await portal.open('/checks/exceptions?tab=over');
  await expect(exception(page).getByText('Expired').first()).toBeVisible();

  expect(admin.broken).toEqual([]);
  await other.close();
});
