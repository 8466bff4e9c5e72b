// SPDX-License-Identifier: Apache-2.0
import type { Locator } from '@playwright/test';
import { change, syncNow } from './company';
import { expect, test } from './portal';

/** Somebody of the catalog, who comes with an address that it does not know. */
const PERSON = 'Olga Fairweather';
const DESK = 'Reception desk';

/** Says in the dialog what an account is. */
async function choose(dialog: Locator, what: string) {
  await dialog.getByRole('button', { name: /It is/ }).press('Enter');
  await dialog
    .page()
    .getByRole('option', { name: what, exact: true })
    .press('Enter');
}

test('an admin says by keys alone who an account is and what another is, and takes it back', async ({
  portal,
  page,
}) => {
  const added: string[] = [];
  for (const displayName of [PERSON, DESK]) {
    const email = `${
      displayName.split(' ')[0]
    }.${Date.now()}@elsewhere.example`;
    const { accountId } = await change('addAccount', { displayName, email });
    added.push(accountId);
  }
  await portal.signIn('admin');
  await syncNow(page);

  const queue = page.getByRole('listbox', {
    name: 'Accounts without a person',
  });
  const option = (name: string) => queue.getByRole('option', { name });
  const current = (name: string) =>
    queue.getByRole('option', { name, selected: true });
  /** Moves to an account by keys; guests of nobody wait there, too. */
  const goTo = async (name: string) => {
    await queue.focus();
    await expect(option(name)).toBeVisible();
    for (let left = await queue.getByRole('option').count(); left > 0; left--) {
      await page.keyboard.press('ArrowUp');
    }
    while (!(await current(name).isVisible())) {
      await page.keyboard.press('ArrowDown');
    }
  };
  await portal.open('/accounts');
  await page.getByRole('link', { name: /^Identify \d+ accounts$/ }).click();
  await expect(
    page.getByRole('heading', { name: 'Identify', level: 1 }),
  ).toBeVisible();
  await expect(
    page.getByText(/^\d+ accounts wait for a person$/),
  ).toBeVisible();

  await test.step('says what both are at once, and takes it back', async () => {
    for (const name of [PERSON, DESK]) {
      await goTo(name);
      await page.keyboard.press('x');
    }
    await expect(
      page.getByRole('toolbar').getByText('2 selected'),
    ).toBeVisible();
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', {
      name: 'What are these 2 accounts?',
    });
    await choose(dialog, 'Service');
    await dialog.getByLabel('Purpose').fill('Screens of the building');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(dialog).toHaveCount(0);
    for (const name of [PERSON, DESK]) {
      await expect(option(name)).toContainText('Service');
    }
    await expect(page.getByRole('toolbar')).toHaveCount(0);
    await queue.focus();
    await page.keyboard.press('u');
    for (const name of [PERSON, DESK]) {
      await expect(option(name)).not.toContainText('Service');
    }
  });

  await test.step('links the one whose name is known, and takes it back', async () => {
    await goTo(PERSON);
    await page.keyboard.press('Enter');
    await expect(option(PERSON)).toContainText(`Linked to ${PERSON}`);
    await page.keyboard.press('u');
    await expect(current(PERSON)).toBeVisible();
    await expect(option(PERSON)).not.toContainText('Linked');
    await page.keyboard.press('Enter');
    await expect(option(PERSON)).toContainText(`Linked to ${PERSON}`);
  });

  await test.step('says what the other is, and takes it back', async () => {
    await goTo(DESK);
    await page.keyboard.press('c');
    const dialog = page.getByRole('dialog', { name: `What is ${DESK}?` });
    await choose(dialog, 'Shared');
    await dialog.getByLabel('Purpose').fill('The screen at the entrance');
    await dialog.getByRole('button', { name: 'Save' }).press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(option(DESK)).toContainText('Shared');
    await queue.focus();
    await page.keyboard.press('u');
    await expect(current(DESK)).toBeVisible();
    await expect(option(DESK)).not.toContainText('Shared');
  });

  await page.reload();
  await expect(option(DESK)).toBeVisible();
  await expect(option(PERSON)).toHaveCount(0);
  await portal.open(`/accounts/northwind/${encodeURIComponent(added[0])}`);
  const said = page.getByRole('region', { name: 'Said by hand' });
  await expect(said.getByRole('link', { name: PERSON })).toBeVisible();
  await expect(said.getByText('The name is the same')).toBeVisible();

  for (const account of added) {
    await change('removeAccount', { account });
  }
  await syncNow(page);
});
