// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { card, expect, test } from './portal';

const TITLE = '<img src=x onerror=alert(1)>';
const GROUP = `R&D / "skunkworks" 100% 🚀 'beta'`;

/** The names that Confluence gives us are text; the portal fixture sees dialogs and errors. */
async function staysText(page: Page) {
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
}

test.beforeEach(async ({ portal }) => {
  await portal.signIn('reviewer');
});

test('a hostile title of a page is text wherever it stands', async ({
  portal,
  page,
}) => {
  await portal.openEntity('resource', TITLE);
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(
    card(page, 'Policy').getByText('No required policy names this page.'),
  ).toBeVisible();
  await staysText(page);

  await page.goto(
    '/?filters[kind]=resource&filters[type]=confluence-page&filters[user]=all',
  );
  await expect(page.getByRole('link', { name: TITLE })).toBeVisible();
  await staysText(page);

  // What somebody types is shown back to them.
  await portal.open(`/accounts?q=${encodeURIComponent(TITLE)}`);
  await expect(page.getByText(`search: ${TITLE}`)).toBeVisible();
  await staysText(page);
});

test('a hostile name of a group is text wherever it stands', async ({
  portal,
  page,
}) => {
  await portal.openEntity('group', GROUP);
  await expect(page.getByRole('heading', { name: GROUP })).not.toHaveCount(0);
  await expect(
    card(page, 'Confluence access').getByRole('row', {
      name: `ENG Engineering ${GROUP}`,
    }),
  ).toBeVisible();

  const { body } = await portal.api('/accounts?q=kavya');
  await portal.open(`/accounts/northwind/${body.items[0].accountId}`);
  const effective = page.getByRole('region', { name: 'Effective access' });
  await expect(effective.getByRole('link', { name: GROUP })).not.toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'Groups' }).getByText(GROUP),
  ).toBeVisible();

  await portal.open('/spaces/northwind/ENG');
  await expect(
    page
      .getByRole('region', { name: 'Who can do what' })
      .getByRole('rowheader', { name: GROUP }),
  ).toBeVisible();

  await portal.openEntity('component', 'Order API', 'default');
  await page.getByRole('link', { name: 'Confluence', exact: true }).click();
  await expect(
    page
      .getByRole('region', { name: 'Who can do what' })
      .getByRole('link', { name: GROUP }),
  ).toBeVisible();
});
