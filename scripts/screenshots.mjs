// SPDX-License-Identifier: Apache-2.0

/**
 * Takes the pictures of the documentation from the running demo (`npm start`).
 * Run with Node 22 or 24: node scripts/screenshots.mjs, and the names of some pictures for these only
 */
import { chromium } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './browser-tests.mjs';
import { root } from './tools.mjs';

const { PORTAL_PORT = '3000' } = process.env;
const PORTAL_URL = `http://localhost:${PORTAL_PORT}`;
const FOLDER = join(root, 'docs', 'images');
const COMPLIANCE = '/confluence-compliance';
/** What floats in has come to rest after this long. */
const REST_MS = 1_500;
const LIMIT_MS = 90_000;
const REVIEWER = 'Ada Lindqvist';
const REVIEW = 'Access review, fourth quarter';

/**
 * `shows` is a text that stands on the page when it is whole. A picture is as high as `height`,
 * or is only the card whose heading is `card`. It is what `as` sees, by default a reviewer.
 */
const PICTURES = [
  {
    name: 'overview',
    path: `${COMPLIANCE}/overview`,
    shows: 'Not read yet',
    height: 870,
  },
  {
    name: 'checks',
    path: `${COMPLIANCE}/checks`,
    shows: 'Every required policy has its document',
    height: 640,
  },
  {
    name: 'check',
    path: `${COMPLIANCE}/checks/access.offboarded-removed`,
    shows: 'Ulrich Bonney',
    open: page =>
      page.getByRole('button', { name: 'Facts behind Ulrich Bonney' }).click(),
    height: 900,
  },
  {
    name: 'accounts',
    path: `${COMPLIANCE}/accounts`,
    shows: 'Chiara Fontaine',
    height: 800,
  },
  {
    name: 'account',
    path: `${COMPLIANCE}/accounts?q=ulrich`,
    shows: 'Ulrich Bonney',
    open: async page => {
      await page.getByRole('row', { name: /Ulrich Bonney/ }).click();
      await page.getByRole('heading', { name: 'Identity' }).waitFor();
    },
    height: 900,
  },
  {
    name: 'group',
    path: `${COMPLIANCE}/groups?q=admins-northwind`,
    shows: 'confluence-admins-northwind',
    open: async page => {
      await page.getByRole('row', { name: /admins-northwind/ }).click();
      await page.getByRole('heading', { name: 'Members' }).waitFor();
    },
    height: 900,
  },
  {
    name: 'space',
    path: `${COMPLIANCE}/spaces/northwind/HELP`,
    shows: 'Anybody on the internet can read this space',
    height: 900,
  },
  {
    name: 'policy',
    path: `${COMPLIANCE}/policies/access-control`,
    shows: 'What would be approved',
    height: 760,
  },
  {
    name: 'connections',
    path: `${COMPLIANCE}/connections`,
    shows: 'What each connection can read',
    height: 850,
  },
  {
    name: 'connect',
    as: 'Bram Okafor',
    path: `${COMPLIANCE}/connections/new`,
    shows: 'What is this site read for?',
    open: page =>
      page.getByRole('button', { name: 'Continue', exact: true }).click(),
    height: 760,
  },
  {
    name: 'review-draft',
    as: 'Bram Okafor',
    path: `${COMPLIANCE}/reviews`,
    shows: 'Recurring reviews',
    open: draftReview,
    height: 760,
  },
  {
    name: 'review-rows',
    as: 'Bram Okafor',
    path: `${COMPLIANCE}/reviews`,
    shows: 'Recurring reviews',
    open: startReview,
    height: 900,
  },
  {
    name: 'user-card',
    path: '/catalog/default/user/ulrich.bonney',
    card: 'Confluence access',
  },
  {
    name: 'component-card',
    path: '/catalog/default/component/help-centre',
    card: 'Space access and findings',
  },
  {
    name: 'review-card',
    path: '/catalog/default/component/policy-register',
    card: 'Access review',
  },
];

await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(process.env),
  args: ['--no-sandbox', '--disable-gpu'],
});
const asked = process.argv.slice(2);
const wanted = PICTURES.filter(
  ({ name }) => asked.length === 0 || asked.includes(name),
);
const people = new Set(wanted.map(({ as = REVIEWER }) => as));
const rounds = ['light', 'dark'].flatMap(theme =>
  [...people].map(person => ({ theme, person })),
);
for (const { theme, person } of rounds) {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(LIMIT_MS);
  await page.goto(`${PORTAL_URL}${COMPLIANCE}`);
  await page.getByRole('heading', { name: person }).click();
  await page.getByRole('link', { name: 'Compliance' }).first().waitFor();
  for (const picture of wanted.filter(({ as = REVIEWER }) => as === person)) {
    await take(page, picture, join(FOLDER, `${picture.name}-${theme}.png`));
  }
  await page.close();
}
await browser.close();

async function take(page, { path, shows, open, card, height = 900 }, file) {
  await page.setViewportSize({ width: 1440, height });
  await page.goto(`${PORTAL_URL}${path}`);
  if (card) {
    const heading = page.getByRole('heading', { name: card, exact: true });
    const article = page.getByRole('article').filter({ has: heading });
    await article.getByText(/^Read completely/).waitFor();
    await page.waitForTimeout(REST_MS);
    await article.screenshot({ path: file });
    return;
  }
  await page.getByText(shows).first().waitFor();
  await open?.(page);
  await page.waitForTimeout(REST_MS);
  await page.screenshot({ path: file });
}

/** Makes the draft of a review; each picture of one has its own. */
async function draftReview(page) {
  await page.goto(`${PORTAL_URL}${COMPLIANCE}/reviews/new`);
  await page.getByRole('textbox', { name: 'Name' }).fill(REVIEW);
  for (const [field, person] of [
    ['Reviewer', 'Bram Okafor'],
    ['Fallback reviewer', 'Ada Lindqvist'],
  ]) {
    const box = page.getByRole('combobox', { name: field, exact: true });
    await box.click();
    await box.pressSequentially(person.slice(0, 4), { delay: 200 });
    await page.getByRole('option', { name: person }).click();
  }
  await page.getByRole('button', { name: 'Create draft' }).click();
  await page.getByRole('button', { name: 'Start review' }).waitFor();
}

/** Starts a review and looks at its rows. */
async function startReview(page) {
  await draftReview(page);
  await page.getByRole('button', { name: 'Start review' }).click();
  await page.getByRole('link', { name: /^Decide your/ }).click();
  await page.getByRole('grid', { name: 'Rows of the review' }).waitFor();
}
