// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { card, expect, type Portal, test } from './portal';

const LEAVERS = '/checks/access.offboarded-removed';

/** Real screens of the demo; their states are looked at in the stories of the plugin. */
const screens: { name: string; open: (portal: Portal) => Promise<void> }[] = [
  {
    name: 'overview',
    async open(portal) {
      await portal.open('/overview');
      await shows(portal.page, 'Needs you');
      await shows(portal.page, 'Coverage and freshness');
    },
  },
  {
    name: 'checks',
    async open(portal) {
      await portal.open('/checks');
      await expect(portal.page.getByRole('article')).toHaveCount(4);
    },
  },
  {
    name: 'check page',
    async open(portal) {
      await portal.open(LEAVERS);
      const facts = portal.page.getByRole('button', {
        name: 'Facts behind Ulrich Bonney',
      });
      await facts.click();
      await expect(facts).toHaveAttribute('aria-expanded', 'true');
    },
  },
  {
    name: 'account page',
    async open(portal) {
      const { body } = await portal.api('/accounts?q=ulrich');
      await portal.open(`/accounts/northwind/${body.items[0].accountId}`);
      await shows(portal.page, 'Effective access');
      await shows(portal.page, 'Findings');
    },
  },
  {
    name: 'space page',
    async open(portal) {
      await portal.open('/spaces/northwind/HELP');
      await shows(portal.page, 'Who can do what');
      await shows(portal.page, 'Critical system');
    },
  },
  {
    name: 'entity cards',
    async open(portal) {
      await portal.openEntity('component', 'Help centre', 'default');
      const space = card(portal.page, 'Space access and findings');
      await expect(space.getByRole('row')).not.toHaveCount(0);
      const review = card(portal.page, 'Access review');
      await expect(review.getByText(/review due/)).toBeVisible();
    },
  },
];

/** A section of the page with its rows or entries. */
async function shows(page: Page, name: string) {
  const section = page.getByRole('region', { name, exact: true });
  const entries = section
    .getByRole('row')
    .or(section.getByRole('listitem'))
    .or(section.getByRole('term'));
  await expect(entries.first()).toBeVisible();
}

for (const { name, open } of screens) {
  test(`axe finds nothing against the ${name}`, async ({ portal, page }) => {
    await portal.signIn('reviewer');
    await open(portal);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(
        page.locator(`[data-theme-mode=${colorScheme}]`),
      ).not.toHaveCount(0);
      await test.step(colorScheme, async () => {
        expect.soft(await violations(page)).toEqual([]);
      });
    }
  });
}

/** The tabs that Backstage draws name panels which it does not draw; nothing of ours can mend that. */
const BACKSTAGE_TABS = '[role="tablist"][aria-label="Toolbar tabs"]';

/** What axe finds, in lines that say where. */
async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa'])
    .exclude(BACKSTAGE_TABS)
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [id, target.join(' '), failureSummary].join(': '),
    ),
  );
}
