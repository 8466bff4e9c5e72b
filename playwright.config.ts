// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';
import { generateProjects } from '@backstage/e2e-test-utils/playwright';

const { CHROMIUM_PATH, PORTAL_URL = 'http://localhost:3000' } = process.env;

/** Drives the demo portal that `npm test` has started. */
export default defineConfig({
  timeout: 480_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 1,
  reporter: [['list']],
  outputDir: 'e2e-test-results',
  projects: generateProjects().map(project => ({
    ...project,
    use: {
      ...project.use,
      channel: undefined,
      baseURL: PORTAL_URL,
      screenshot: 'only-on-failure',
      launchOptions: {
        executablePath: CHROMIUM_PATH,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      },
    },
  })),
});
