// SPDX-License-Identifier: Apache-2.0
import { expect, type Page } from '@playwright/test';

const { SANDBOX_URL = 'http://127.0.0.1:7080' } = process.env;

/** Changes the company that the sandbox stands for; what is made anew is answered with its id. */
export async function change(name: string, body: object) {
  const response = await fetch(`${SANDBOX_URL}/sandbox/changes/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text ? JSON.parse(text) : undefined;
}

const card = (page: Page) =>
  page.getByRole('article', { name: 'Northwind Confluence' });

/** Presses Sync now and waits until that run has ended, however much it saw. */
export async function readNow(page: Page) {
  await page.goto('/confluence-compliance/connections');
  const button = card(page).getByRole('button', { name: 'Sync now' });
  await expect(button).toBeEnabled({ timeout: 90_000 });
  await button.click();
  await expect(button).toBeDisabled();
  await expect(button).toBeEnabled({ timeout: 90_000 });
}

/** Reads the site again, which has to be complete. */
export async function syncNow(page: Page) {
  await readNow(page);
  await expect(
    card(page).getByText('Connected', { exact: true }),
  ).toBeVisible();
  await expect(
    card(page).getByRole('img', {
      name: /everything it must read is complete/,
    }),
  ).toBeVisible();
}
