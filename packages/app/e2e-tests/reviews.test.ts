// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { change, readNow } from './company';
import { expect, people, Portal, test } from './portal';

const REASON = 'Talked about with whoever owns it';

/** What is revoked, by the words of its row, and where each stands after the removals. */
const removals = {
  gone: {
    row: /^Soren Malik, .* of finance$/,
    who: 'Soren Malik',
    state: 'Removed and verified',
  },
  reached: {
    row: /^Hugo Reyes, .* of engineering$/,
    who: 'Hugo Reyes',
    state: 'Removed and verified',
  },
  cameBack: {
    row: /^Mireille Adeyemi, .* of engineering$/,
    who: 'Mireille Adeyemi',
    state: 'Removed and verified',
  },
  suspended: {
    row: /^Liam Brightwater, .* of engineering$/,
    who: 'Liam Brightwater',
    state: 'Cannot verify',
  },
  hidden: {
    row: /^Inès Valcourt, .* on People and pay$/,
    who: 'Inès Valcourt',
    state: 'Cannot verify',
  },
};

/** Makes a review of the whole site in the form and answers with its id. */
async function create(page: Page, title: string): Promise<string> {
  await page.goto('/confluence-compliance/reviews/new');
  await page.getByRole('textbox', { name: 'Name' }).fill(title);
  const reviewer = page.getByRole('combobox', {
    name: 'Reviewer',
    exact: true,
  });
  await reviewer.click();
  await reviewer.pressSequentially('Ada', { delay: 300 });
  await page.getByRole('option', { name: people.reviewer }).click();
  const fallback = page.getByRole('combobox', { name: 'Fallback reviewer' });
  await fallback.fill('user:default/bram.okafor');
  await fallback.press('Tab');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(
    page.getByRole('button', { name: 'Start review' }),
  ).toBeVisible();
  return new URL(page.url()).pathname.split('/').at(-1)!;
}

/** Decides all of one's own rows, page by page, without a mouse but for the way to the next page. */
async function decideAll(page: Page, toRevoke: RegExp[] = []) {
  const grid = page.getByRole('grid', { name: 'Rows of the review' });
  const waiting = grid.getByRole('button', { name: /^Keep, / });
  const why = page.getByRole('textbox', { name: /^Why / });
  const done = page.getByText('Nothing is left to decide');
  await expect(waiting.first()).toBeVisible();
  while (!(await done.isVisible())) {
    await grid.locator('tr[tabindex="0"]').focus();
    for (let left = await waiting.count(); left > 0; left -= 1) {
      const row = grid.locator('tr:focus');
      const words = (await row.getAttribute('aria-label')) ?? '';
      const revokes = toRevoke.some(one => one.test(words));
      await page.keyboard.press(revokes ? 'r' : 'k');
      if (await why.isVisible()) {
        await page.keyboard.type(REASON);
        await page.keyboard.press('Enter');
      }
      await expect(waiting).toHaveCount(left - 1);
    }
    await page.getByRole('button', { name: 'Load again' }).click();
    await expect(done.or(waiting.first())).toBeVisible();
  }
}

/** A row of the removals. */
const removal = (page: Page, { who }: { who: string }): Locator =>
  page
    .getByRole('region', { name: 'Remediation' })
    .getByRole('row', { name: new RegExp(who) });

/** Reads the site again and looks at the removals until one of them stands as it should. */
async function standsAs(
  page: Page,
  id: string,
  one: { who: string },
  state: string,
) {
  await readNow(page);
  await page.goto(`/confluence-compliance/reviews/${id}/remediations`);
  await expect(
    removal(page, one).getByText(state, { exact: true }),
  ).toBeVisible();
}

test('access is decided by two, removed, proven and sealed, and a third reads it all', async ({
  portal,
  page,
  browsing,
}) => {
  // A hundred rows are decided one by one, and the site is read four times.
  test.slow();
  const title = `Access review of ${Date.now()}`;
  await portal.signIn('admin');
  const id = await create(page, title);
  const review = `/confluence-compliance/reviews/${id}`;
  await page.getByRole('button', { name: 'Start review' }).click();
  await expect(page.getByRole('link', { name: /^Decide your/ })).toBeVisible({
    timeout: 120_000,
  });

  const other = await browsing.newPage();
  const ada = new Portal(other);
  await ada.signIn('reviewer', `${review}/decide`);
  await decideAll(
    other,
    Object.values(removals).map(({ row }) => row),
  );
  await page.goto(`${review}/decide`);
  await decideAll(page);
  await page.goto(review);
  const signOff = page.getByRole('button', { name: 'Sign off' });
  await expect(page.getByText('Left: 5 removals.')).toBeVisible();
  await expect(signOff).toBeDisabled();

  const { gone, reached, cameBack, suspended, hidden } = removals;
  const leave = (account: string, group: string) =>
    change('removeFromGroup', { account, group });
  await leave('soren.malik', 'finance');
  await leave('hugo.reyes', 'engineering');
  await leave('mireille.adeyemi', 'engineering');
  // A suspended account vanishes from lists, and comes back with all it had.
  await change('suspend', { account: 'liam.brightwater' });
  await leave('liam.brightwater', 'engineering');
  await change('hideSpace', { space: 'PPL' });
  await standsAs(page, id, gone, gone.state);
  for (const one of Object.values(removals)) {
    await expect(
      removal(page, one).getByText(one.state, { exact: true }),
    ).toBeVisible();
  }
  await expect(removal(page, reached)).toContainText('Still reached:');
  await expect(removal(page, suspended)).toContainText('suspended, reversibly');
  await expect(removal(page, hidden)).toContainText('not visible any more');

  const back = { account: 'mireille.adeyemi', group: 'engineering' };
  await change('addToGroup', back);
  await standsAs(page, id, cameBack, 'Came back');
  await page.goto(review);
  await expect(page.getByText('Left: 1 removal.')).toBeVisible();
  await expect(signOff).toBeDisabled();
  await change('removeFromGroup', back);
  await standsAs(page, id, cameBack, cameBack.state);

  await page.goto(review);
  await signOff.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Sign off' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText('This review is sealed.')).toBeVisible();
  await other.goto(`${review}/decide`);
  await expect(
    other.getByRole('grid', { name: 'Rows of the review' }),
  ).toBeVisible();
  await expect(
    other.getByRole('button', { name: /^(Keep|Revoke|Defer|Undo), / }),
  ).toHaveCount(0);
  expect(ada.broken).toEqual([]);
  await other.close();

  const third = await browsing.newPage();
  const quinn = new Portal(third);
  await quinn.signIn('auditor', review);
  await expect(third.getByText('This review is sealed.')).toBeVisible();
  await expect(
    third.getByRole('button', { name: /^(More|Sign off)$/ }),
  ).toHaveCount(0);
  const download = third.waitForEvent('download');
  await third.getByRole('button', { name: /as CSV$/ }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  const told = Object.values(removals).map(({ who }) =>
    csv
      .split('\r\n')
      .find(line => line.includes(`"${who}"`) && line.includes('"revoke"'))
      ?.split(',')
      .at(-2),
  );
  expect(told).toEqual([
    '"removed"',
    '"removed"',
    '"removed"',
    '"suspended"',
    '"not-visible"',
  ]);
  expect(csv).toContain(REASON);
  expect(quinn.broken).toEqual([]);
  await third.close();
});
