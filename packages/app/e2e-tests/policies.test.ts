// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { change, syncNow } from './company';
import { expect, people, test } from './portal';

/** A framework asks for it, and nobody has written it. */
const POLICY = 'Cryptography';
const LABEL = 'policy-cryptography';
/** Checks run a moment after a sync has ended. */
const CHECKED_MS = 90_000;

const rowOf = (page: Page) =>
  page
    .getByRole('region', { name: 'Policies' })
    .getByRole('row', { name: new RegExp(POLICY) });

/** Opens the list until the checks have judged what was read last. */
async function standsAs(page: Page, state: string) {
  await page.goto('/confluence-compliance/policies');
  await expect(async () => {
    await page.reload();
    await expect(rowOf(page).getByText(state, { exact: true })).toBeVisible({
      timeout: 10_000,
    });
  }).toPass({ timeout: CHECKED_MS });
}

/** Says whatever is needed to approve what is published. */
async function approve(page: Page, version: number) {
  const button = page.getByRole('button', {
    name: `Approve version ${version}`,
  });
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('Read it all');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(button).toHaveCount(0);
}

/** From the page of a policy to the check of what is approved. */
async function openCheck(page: Page) {
  await page
    .getByRole('link', { name: 'The published version of a policy' })
    .click();
}

/** Says which page a document is that nobody has named yet: the one with the label. */
async function choosePage(page: Page) {
  await page.goto('/confluence-compliance/policies');
  await page
    .getByRole('button', { name: `Choose its page: ${POLICY}` })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Whichever page has a label').click();
  await dialog.getByRole('textbox', { name: 'Label' }).fill(LABEL);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page)).toContainText(`The page with the label ${LABEL}`);
}

/** Nobody has named the page of the document any more. */
async function takeOff(page: Page) {
  await page
    .getByRole('region', { name: 'Its page' })
    .getByRole('button', { name: 'Take off' })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Take off' }).click();
  await expect(dialog).toHaveCount(0);
  await page.goto('/confluence-compliance/policies');
  await expect(
    page.getByRole('button', { name: `Choose its page: ${POLICY}` }),
  ).toBeVisible();
}

test('a policy gets its page in the portal, is approved, is edited, and fails with what differs', async ({
  portal,
  page,
}) => {
  await portal.signIn('admin');
  await choosePage(page);

  const title = `Cryptography Policy of ${Date.now()}`;
  const { pageId } = await change('addPage', { space: 'POL', title });
  await change('editPage', {
    page: pageId,
    text: '<h2>Purpose</h2><p>Keys are kept by two people.</p><p>Data is encrypted at rest.</p>',
  });
  await change('addLabel', { page: pageId, label: LABEL });
  await syncNow(page);
  await standsAs(page, 'Never approved');
  await expect(rowOf(page)).toContainText(`POL / ${title}`);

  await rowOf(page).getByRole('link', { name: POLICY }).click();
  const text = page.getByRole('region', { name: 'What would be approved' });
  await expect(text.getByRole('heading', { name: 'Purpose' })).toBeVisible();
  await expect(text.getByText('Keys are kept by two people.')).toBeVisible();
  await approve(page, 2);
  const approvals = page.getByRole('region', { name: 'Approvals' });
  await expect(approvals.getByRole('listitem').first()).toContainText(
    `Version 2 approved by ${people.admin}`,
  );
  await openCheck(page);
  await page.getByRole('button', { name: 'Run now' }).click();
  await standsAs(page, 'Current');

  await change('editPage', {
    page: pageId,
    text: '<h2>Purpose</h2><p>Keys are kept by one person.</p><p>Data is encrypted at rest.</p>',
  });
  await syncNow(page);
  await standsAs(page, 'Edited after approval');
  await expect(rowOf(page).getByText('Fail')).toHaveCount(0);
  await rowOf(page).getByRole('link', { name: POLICY }).click();
  const difference = page.getByRole('region', {
    name: 'What changed since the approved version',
  });
  await expect(difference.getByRole('deletion')).toHaveText(
    'removed: Keys are kept by two people.',
  );
  await expect(difference.getByRole('insertion')).toHaveText(
    'added: Keys are kept by one person.',
  );
  await expect(
    page.getByRole('button', { name: 'Approve version 3' }),
  ).toBeVisible();

  await openCheck(page);
  const finding = page
    .getByRole('region', { name: 'Findings', exact: true })
    .getByRole('row', { name: new RegExp(title) });
  await expect(finding.getByText('Fail', { exact: true })).toBeVisible();
  await expect(finding).toContainText(
    'The page was edited after the version that was approved.',
  );

  await page.goto('/confluence-compliance/policies');
  await rowOf(page).getByRole('link', { name: POLICY }).click();
  await takeOff(page);
  await change('removeLabel', { page: pageId, label: LABEL });
});
