// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { card, expect, type Portal, test } from './portal';

const LEAVERS = '/checks/access.offboarded-removed';

interface Screen {
  name: string;
  open(portal: Portal): Promise<void>;
  /** Waits until everything that axe shall see stands there. */
  whole(page: Page): Promise<void>;
}

/** Real screens of the demo; their states are looked at in the stories of the plugin. */
const screens: Screen[] = [
  {
    name: 'overview',
    open: portal => portal.open('/overview'),
    async whole(page) {
      await shows(page, 'Needs you');
      await shows(page, 'Coverage and freshness');
    },
  },
  {
    name: 'checks',
    open: portal => portal.open('/checks'),
    async whole(page) {
      await expect(page.getByRole('article')).toHaveCount(32);
    },
  },
  {
    name: 'check page',
    open: portal => portal.open(LEAVERS),
    async whole(page) {
      await page
        .getByRole('button', { name: 'Facts behind Ulrich Bonney' })
        .click();
      await expect(page.getByText('Last day').first()).toBeVisible();
    },
  },
  {
    name: 'account page',
    async open(portal) {
      const { body } = await portal.api('/accounts?q=ulrich');
      await portal.open(`/accounts/northwind/${body.items[0].accountId}`);
    },
    async whole(page) {
      await shows(page, 'Effective access');
      await shows(page, 'Findings');
    },
  },
  {
    name: 'space page',
    open: portal => portal.open('/spaces/northwind/HELP'),
    async whole(page) {
      await shows(page, 'Who can do what');
      await shows(page, 'Critical system');
    },
  },
  {
    name: 'entity cards',
    open: portal => portal.openEntity('component', 'Help centre', 'default'),
    async whole(page) {
      const space = card(page, 'Space access and findings');
      await expect(space.getByRole('row')).not.toHaveCount(0);
      const review = card(page, 'Access review');
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

for (const { name, open, whole } of screens) {
  test(`axe finds nothing against the ${name}`, async ({ portal, page }) => {
    await portal.signIn('reviewer');
    await open(portal);
    for (const colorScheme of ['light', 'dark'] as const) {
      // A new theme mounts the page again.
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        colorScheme,
      );
      await test.step(colorScheme, async () => {
        await whole(page);
        expect.soft(await violations(page)).toEqual([]);
      });
    }
  });
}

/** What axe finds, in lines that say where. */
async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa'])
    // What Backstage draws around us, and nothing of ours can mend: its tabs name panels that
    // are not there, and the spinner of its relations has no name.
    .exclude('[role="tablist"][aria-label="Toolbar tabs"]')
    .exclude('.MuiCircularProgress-root')
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [id, target.join(' '), failureSummary].join(': '),
    ),
  );
}
