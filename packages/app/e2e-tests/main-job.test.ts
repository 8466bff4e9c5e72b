// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { change, syncNow } from './company';
import { expect, test } from './portal';

const CHECK = 'access.offboarded-removed';

/** The catalog follows the history within half a minute and takes a moment to process. */
async function entityShows(page: Page, title: string) {
  const heading = page.getByRole('heading', { name: title }).first();
  await expect(async () => {
    await page.reload();
    await expect(heading).toBeVisible({ timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
}

test('a newcomer syncs, finds people in the catalog and the leaver in the check', async ({
  portal,
  page,
}) => {
  await portal.signIn('admin', '/confluence-compliance/connections');
  await syncNow(page);

  await page.goto('/confluence-compliance/accounts?q=Tamsin');
  await page.getByRole('row', { name: /Tamsin Vega/ }).click();
  await expect(page).toHaveURL(
    /\/confluence-compliance\/accounts\/northwind\//,
  );
  // Their person has the same name, and is shown before the account's entity.
  await page
    .getByRole('region', { name: 'Identity' })
    .getByRole('link')
    .and(page.locator('[href*="/catalog/confluence/user/tamsin-vega-"]'))
    .click();
  await expect(page).toHaveURL(/\/catalog\/confluence\/user\/tamsin-vega-/);
  await entityShows(page, 'Tamsin Vega');

  await page
    .getByRole('link', { name: 'engineering', exact: true })
    .first()
    .click();
  await expect(page).toHaveURL(/\/catalog\/confluence\/group\/engineering-/);
  await entityShows(page, 'engineering');

  await page.goto(`/confluence-compliance/checks/${CHECK}`);
  const findings = page.getByRole('region', { name: 'Findings', exact: true });
  for (const leaver of ['Tamsin Vega', 'Ulrich Bonney']) {
    const row = findings.getByRole('row', { name: new RegExp(leaver) });
    await expect(row.getByText('Fail')).toBeVisible();
  }

  await change('removeAccount', { account: 'tamsin.vega' });
  await syncNow(page);
  await page.goto(`/confluence-compliance/checks/${CHECK}`);
  await expect(findings.getByText('Ulrich Bonney').first()).toBeVisible();
  await expect(findings.getByText('Tamsin Vega')).toHaveCount(0, {
    timeout: 90_000,
  });
});
