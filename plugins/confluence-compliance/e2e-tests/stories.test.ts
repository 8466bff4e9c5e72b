// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Story, stories } from '../dev/stories';

// The development app of this plugin, which `npm test` has started.
const { STORIES_URL = 'http://localhost:3000', STORIES_SHOTS } = process.env;

// A theme changes nothing but colours, and a narrow window nothing that axe looks at.
const looks = [
  { name: 'light', colorScheme: 'light', width: 1440, axe: 'everything' },
  { name: 'narrow', colorScheme: 'light', width: 900, axe: 'nothing' },
  { name: 'dark', colorScheme: 'dark', width: 1440, axe: 'colours' },
] as const;

type Look = (typeof looks)[number];

const conformance = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Errors that the page threw and dialogs that hostile text has opened. */
const broken: string[] = [];
let page: Page;

test.describe.configure({ timeout: 120_000 });

/** Data that the page was loaded with; it is loaded again for other data only. */
let loaded: string | undefined;

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

const dataOf = ({ path }: Story) =>
  new URL(path, STORIES_URL).searchParams.get('data') ?? 'full';

const byData = [...stories].sort((a, b) => dataOf(a).localeCompare(dataOf(b)));

for (const story of byData) {
  test(`${story.page}, ${story.state}`, () => walk(story));
}

/** Opens a story once and looks at it in every way. */
async function walk(story: Story) {
  broken.length = 0;
  await page.emulateMedia({ colorScheme: looks[0].colorScheme });
  const path = `/confluence-compliance/${story.path}`;
  if (loaded === dataOf(story)) {
    // Nothing of the story before may be taken for this one.
    await follow('/nowhere');
    await expect(page.getByText('404')).toBeVisible();
    await follow(path);
  } else {
    await page.goto(`${STORIES_URL}${path}`);
    loaded = dataOf(story);
  }
  for (const look of looks) {
    await test.step(look.name, () => check(story, look));
  }
  expect(broken).toEqual([]);
}

/** Goes to a path of the app as its own links do, without loading it again. */
function follow(path: string) {
  return page.evaluate(to => {
    window.history.pushState(null, '', to);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** A page must say what it is there for, fit into the window, and be readable for everybody. */
async function check(story: Story, { name, colorScheme, width, axe }: Look) {
  const { says, times = 1, press = [] } = story;
  const shown = page.getByText(says).filter({ visible: true });
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 900 });
  // A new theme mounts the page again, so it has to be waited for each time.
  await expect(page.locator('body')).toHaveAttribute(
    'data-theme-mode',
    colorScheme,
  );
  // What a new theme has closed is opened again.
  if (press.length > 0 && !(await shown.nth(times - 1).isVisible())) {
    await open(press);
  }
  await expect(shown.nth(times - 1)).toBeVisible();
  if (STORIES_SHOTS) {
    // Placeholders appear after a moment.
    await page.waitForTimeout(400);
    await page.screenshot({
      path: `${STORIES_SHOTS}/${story.page}-${story.state}-${name}.png`,
      fullPage: true,
    });
  }
  await standsStill();
  await expect
    .configure({ soft: true })
    .poll(overhang, { message: 'width' })
    .toBeLessThanOrEqual(0);
  expect.soft(await cutHeadings(), 'headings').toEqual([]);
  if (axe !== 'nothing') {
    expect.soft(await violations(axe), 'axe').toEqual([]);
  }
}

/** Waits a second at most for what comes to an end: on its way in, a dialog is still pale. */
function standsStill() {
  return page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(
        ({ effect, playState }) =>
          playState === 'running' &&
          effect?.getComputedTiming().endTime !== Infinity,
      );
    await Promise.race([
      Promise.allSettled(ending.map(({ finished }) => finished)),
      new Promise(resolve => {
        setTimeout(resolve, 1_000);
      }),
    ]);
  });
}

/** How much wider the page is than its window, in pixels. */
function overhang() {
  return page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
}

/** Presses buttons, items of menus and boxes to select a row, one after the other. */
async function open(names: Array<string | RegExp>) {
  for (const name of names) {
    const pressed = page
      .getByRole('button', { name, exact: true })
      .or(page.getByRole('radio', { name, exact: true }))
      .or(page.getByRole('menuitem', { name, exact: true }))
      .or(page.getByRole('checkbox', { name, exact: true }))
      .first();
    // The box that is drawn lies above the real one.
    const force = (await pressed.getAttribute('type')) === 'checkbox';
    await pressed.click({ force });
  }
}

/** Headings of tables of which only a part can be read. */
function cutHeadings() {
  return page
    .locator('thead :is(th, th *)')
    .evaluateAll(elements =>
      elements
        .filter(
          element =>
            element.clientWidth > 0 &&
            element.scrollWidth > element.clientWidth &&
            getComputedStyle(element).textOverflow === 'ellipsis',
        )
        .map(({ textContent }) => textContent),
    );
}

/** What axe finds, in lines that say where. */
async function violations(axe: 'everything' | 'colours') {
  const builder = new AxeBuilder({ page });
  const { violations: found } = await (axe === 'colours'
    ? builder.withRules('color-contrast')
    : builder.withTags(conformance)
  )
    // There are no frames, so no second page is needed to put results together.
    .setLegacyMode()
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes
      .filter(
        ({ html }) => !(id === 'aria-valid-attr-value' && isHeaderTab(html)),
      )
      .map(({ target, html, failureSummary }) =>
        [id, target.join(' '), html, failureSummary].join('\n'),
      ),
  );
}

/** Tabs of Backstage's plugin header name a panel that it does not render. */
function isHeaderTab(html: string) {
  return /^<a [^>]*role="tab"/.test(html);
}
