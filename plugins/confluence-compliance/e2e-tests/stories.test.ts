// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Story, stories } from '../dev/stories';

// The development app of this plugin, which `npm test` has started.
const { STORIES_URL = 'http://localhost:3000', STORIES_SHOTS } = process.env;

const looks = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'narrow', colorScheme: 'light', width: 900 },
  { name: 'dark', colorScheme: 'dark', width: 1440 },
] as const;

const conformance = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Errors that the page threw and dialogs that hostile text has opened. */
const broken: string[] = [];
let page: Page;

test.describe.configure({ timeout: 60_000 });

// One page for all: its cache makes each next story quick.
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  page.on('pageerror', error => broken.push(error.message));
  page.on('dialog', async dialog => {
    broken.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
});

test.afterAll(() => page.close());

for (const story of stories) {
  test(`${story.page}, ${story.state}`, async () => {
    broken.length = 0;
    await open(story);
    for (const look of looks) {
      await page.emulateMedia({ colorScheme: look.colorScheme });
      await page.setViewportSize({ width: look.width, height: 900 });
      await expect(
        page.locator(`[data-theme-mode=${look.colorScheme}]`),
      ).not.toHaveCount(0);
      await test.step(look.name, () => check(story, look.name));
    }
    expect(broken).toEqual([]);
  });
}

/** Opens a story and waits until what it must say stands there. */
async function open({ path, says, times = 1 }: Story) {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${STORIES_URL}/confluence-compliance/${path}`);
  await expect(page.getByText(says).nth(times - 1)).toBeAttached();
}

/** A page must be wide enough for itself, and readable for everybody. */
async function check({ page: name, state }: Story, look: string) {
  if (STORIES_SHOTS) {
    await page.screenshot({
      path: `${STORIES_SHOTS}/${name}-${state}-${look}.png`,
      fullPage: true,
    });
  }
  const { scrollWidth, innerWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    innerWidth: window.innerWidth,
  }));
  expect
    .soft(scrollWidth, 'no sideways scroll')
    .toBeLessThanOrEqual(innerWidth);
  expect.soft(await violations(), 'axe').toEqual([]);
}

/** What axe finds, in lines that say where. */
async function violations() {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(conformance)
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [id, target.join(' '), failureSummary].join(': '),
    ),
  );
}
