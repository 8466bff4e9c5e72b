// SPDX-License-Identifier: Apache-2.0

/**
 * Takes the screenshots of the README from the running demo (`npm start`).
 * Run with Node 22 or 24: node scripts/screenshots.mjs
 */
import { chromium } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium } from './browser-tests.mjs';
import { root } from './tools.mjs';

const { PORTAL_PORT = '3000' } = process.env;
const PORTAL_URL = `http://localhost:${PORTAL_PORT}`;
const FOLDER = join(root, 'docs', 'images');
const PAGES = [
  {
    name: 'connections',
    path: '/connections',
    shows: 'What each connection can read',
  },
  { name: 'accounts', path: '/accounts', shows: 'Ada Lindqvist' },
  {
    name: 'check',
    path: '/checks/access.offboarded-removed',
    shows: 'Ulrich Bonney',
  },
];

await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: findChromium(process.env),
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const theme of ['light', 'dark']) {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
  });
  await page.goto(PORTAL_URL);
  await page.getByRole('heading', { name: 'Ada Lindqvist' }).click();
  await page.getByRole('link', { name: 'Compliance' }).first().waitFor();
  for (const { name, path, shows } of PAGES) {
    await page.goto(`${PORTAL_URL}/confluence-compliance${path}`);
    await page.getByText(shows).first().waitFor();
    await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`) });
  }
  await page.close();
}
await browser.close();
