// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, type Portal, test } from './portal';

const { SANDBOX_URL = 'http://127.0.0.1:7080' } = process.env;
/** The sandbox's second site, which the configuration does not connect. */
const SECOND = SANDBOX_URL.replace('127.0.0.1', 'localhost');
const SCOPES = [
  'read:group:confluence',
  'read:user:confluence',
  'read:content-details:confluence',
  'read:space:confluence',
  'read:page:confluence',
  'read:audit-log:confluence',
];
const FIRST_SYNC_MS = 120_000;

/** Does something at Atlassian. */
async function atAtlassian(path: string, body: object = {}) {
  const response = await fetch(`${SANDBOX_URL}/sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}

/** The set-up, step by step. */
class SetUp {
  constructor(readonly page: Page) {}

  async begin(method: string | RegExp) {
    await this.page
      .getByRole('link', { name: 'Connections', exact: true })
      .or(this.page.getByRole('tab', { name: 'Connections' }))
      .first()
      .click();
    await this.page.getByRole('link', { name: 'Connect a site' }).click();
    await this.next();
    await this.page.getByRole('radio', { name: method }).check({ force: true });
    await this.next();
    await expect(
      this.page.getByRole('heading', {
        name: 'What it will be allowed to read',
      }),
    ).toBeVisible();
    await this.next();
  }

  async next(name = 'Continue') {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async fill(values: Record<string, string>) {
    for (const [label, value] of Object.entries(values)) {
      // What is stored already need not be entered again, and is called so.
      const stored = label.replace(/^API token \(required\)$/, 'Token');
      await this.page
        .getByLabel(label, { exact: true })
        .or(this.page.getByLabel(stored, { exact: true }))
        .fill(value);
    }
  }

  /** Types a day as the date field takes it: month, day and year. */
  async lastDay(digits: string) {
    const day = this.page.getByRole('group', { name: 'Last day it is valid' });
    await day.getByRole('spinbutton').first().click();
    await this.page.keyboard.type(digits);
  }

  async confirm() {
    await this.page
      .getByRole('checkbox', { name: /I am an organization admin/ })
      .check({ force: true });
  }

  async isTested() {
    await expect(
      this.page.getByText(/read-only requests?, finished in/),
    ).toBeVisible({ timeout: FIRST_SYNC_MS });
  }

  /** From a test in which everything that is required can be read to the green tick. */
  async finish() {
    await this.isTested();
    await this.next();
    await expect(
      this.page.getByRole('heading', { name: 'Who counts?' }),
    ).toBeVisible();
    await this.next('Start first sync');
    await expect(
      this.page.getByRole('heading', { name: /is connected$/ }),
    ).toBeVisible({ timeout: FIRST_SYNC_MS });
    await this.page.getByRole('link', { name: 'See what was found' }).click();
    await expect(
      this.page.getByRole('heading', { name: 'Accounts', level: 1 }),
    ).toBeAttached();
  }
}

/** Ends what the test has made, with its history, so that the next one finds nothing. */
async function endSecond(portal: Portal) {
  const found = async () => {
    const { body } = await portal.api('/connections');
    return body.items.filter(({ origin }: any) => origin === 'portal');
  };
  for (const { id } of await found()) {
    await portal.api(`/connections/${id}?history=delete`, 'DELETE');
  }
  await expect
    .poll(async () => (await found()).length, { timeout: 60_000 })
    .toBe(0);
}

const methods: Array<{
  name: RegExp;
  values(): Promise<Record<string, string>>;
}> = [
  {
    name: /^Service account/,
    async values() {
      const { clientId, clientSecret } = await atAtlassian('/clients', {
        scopes: SCOPES,
      });
      return {
        'Client ID (required)': clientId,
        'Client secret (required)': clientSecret,
      };
    },
  },
  {
    name: /^Scoped API token/,
    values: () => tokenOf({ scopes: SCOPES }),
  },
  { name: /^API token/, values: () => tokenOf({}) },
];

async function tokenOf(args: object) {
  const { email, token } = await atAtlassian('/tokens', args);
  return {
    'Email of the account (required)': email,
    'API token (required)': token,
  };
}

for (const { name, values } of methods) {
  test(`an admin connects a site by ${name.source.slice(
    1,
  )}, from nothing to the green tick`, async ({ portal, page }) => {
    await portal.signIn('admin');
    await endSecond(portal);
    const setUp = new SetUp(page);
    await setUp.begin(name);
    await setUp.fill({
      // A bare domain is accepted where it is reached by https; this one says http.
      'Site address (required)': SECOND,
      'Name of this connection': 'Second site',
      ...(await values()),
    });
    await setUp.confirm();
    await setUp.next();
    await setUp.finish();

    await portal.open('/connections');
    const card = page.getByRole('article', { name: 'Second site' });
    await expect(card.getByText('Connected')).toBeVisible();
    await card.getByRole('button', { name: 'More for Second site' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page
      .getByRole('radio', { name: /^Delete/ })
      .first()
      .check({ force: true });
    await page.getByRole('button', { name: 'Delete Second site' }).click();
    await expect(card).toHaveCount(0, { timeout: 60_000 });
  });
}

test('an admin connects a site by OAuth, and reconnects when the grant has died', async ({
  portal,
  page,
}) => {
  await portal.signIn('admin');
  await endSecond(portal);
  const setUp = new SetUp(page);
  const accept = () => page.getByRole('button', { name: 'Accept' }).click();
  await setUp.begin(/^OAuth 2.0/);
  await setUp.fill({ 'Name of this connection': 'Granted site' });
  await setUp.confirm();
  await setUp.next('Continue to Atlassian');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The grant was not given')).toBeVisible();
  await page
    .getByRole('button', { name: 'Try again' })
    .or(page.getByRole('link', { name: 'Try again' }))
    .click();
  await accept();
  // The site of the configuration is connected already, so that one site is left.
  await setUp.finish();
  expect(page.url()).not.toContain('code=');

  await atAtlassian('/oauth/revoke');
  const { body } = await portal.api('/connections');
  const { id } = body.items.find(({ title }: any) => title === 'Granted site');
  await portal.api(`/connections/${id}/sync`, 'POST');
  await portal.open('/connections');
  const card = page.getByRole('article', { name: 'Granted site' });
  await expect(card.getByText('Reconnect').first()).toBeVisible({
    timeout: FIRST_SYNC_MS,
  });
  await card.getByRole('button', { name: /^Reconnect/ }).click();
  await accept();
  await setUp.isTested();
  await expect(page.getByText('27 accounts')).toBeVisible();
  await endSecond(portal);
});

test('each of the eight failures says what it is and what to do', async ({
  portal,
  page,
}) => {
  await portal.signIn('admin');
  await endSecond(portal);
  const setUp = new SetUp(page);
  const again = async (values: Record<string, string>, lastDay?: string) => {
    await page
      .getByRole('button', { name: 'Go to Credentials' })
      .first()
      .click();
    await setUp.fill(values);
    if (lastDay) {
      await setUp.lastDay(lastDay);
    }
    await setUp.next();
    await setUp.isTested();
  };
  const says = async (text: RegExp, cure: RegExp) => {
    const alert = page.getByRole('alert').filter({ hasText: text });
    await expect(alert.first()).toBeVisible();
    await expect(alert.first()).toContainText(cure);
  };

  await setUp.begin(/^API token/);
  const good = await tokenOf({});
  // 1: a site that is not allowed, which is said at its field and stores nothing.
  await setUp.fill({
    'Site address (required)': 'acme.atlassian.net.evil.example',
    'Name of this connection': 'Failing site',
    ...good,
    'API token (required)': 'ATATT3x-wrong',
  });
  await setUp.confirm();
  await setUp.next();
  await expect(
    page.getByText(/allowedSites .* does not name: correct the site/),
  ).toBeVisible();
  const { body } = await portal.api('/connections');
  expect(body.items.filter(({ origin }: any) => origin === 'portal')).toEqual(
    [],
  );

  // 2: a wrong token.
  await setUp.fill({ 'Site address (required)': SECOND });
  await setUp.next();
  await setUp.isTested();
  await says(
    /does not accept the credential/,
    /Email and token must be of the same account/,
  );

  // 3: one that has expired.
  const expired = await tokenOf({ expiresAt: '2026-01-31T00:00:00Z' });
  await again(expired, '01302026');
  await says(/has expired on 2026-01-30/, /make a new one/);

  // 4: an account without Confluence.
  await again(await tokenOf({ account: 'wanda.ilesanmi' }));
  await says(/may not use Confluence/, /Give the account the product/);

  // 5: a web server that is no Confluence: the portal's own backend.
  const { BACKEND_PORT = '7007' } = process.env;
  await again({
    ...good,
    'Site address (required)': `http://localhost:${BACKEND_PORT}`,
  });
  await says(/There is no Confluence at/, /Compare the address/);

  // 6: nothing answers there.
  await again({ ...good, 'Site address (required)': 'http://localhost:9' });
  await says(/could not be reached/, /proxy/);

  // 7: the key of the organization is refused, and everything else works.
  await page.getByRole('button', { name: 'Go to Credentials' }).first().click();
  await setUp.fill({ ...good, 'Site address (required)': SECOND });
  await page.getByText('Organization key, optional').click();
  await setUp.fill({
    'Organization ID': 'some-organization',
    'Organization API key': 'ATCTT3x-wrong',
  });
  await setUp.next();
  await setUp.isTested();
  await says(/does not accept the key of the organization/, /create a key/);
  await expect(
    page.getByRole('button', { name: 'Continue', exact: true }),
  ).toBeEnabled();
  await endSecond(portal);

  // 8: a scope is missing, and the test names it.
  await portal.open('/connections');
  await setUp.begin(/^Scoped API token/);
  await setUp.fill({
    'Site address (required)': SECOND,
    'Name of this connection': 'Poor site',
    ...(await tokenOf({
      scopes: SCOPES.filter(scope => scope !== 'read:page:confluence'),
    })),
  });
  await setUp.confirm();
  await setUp.next();
  await setUp.isTested();
  await expect(page.getByText(/^pages.* cannot be read yet/)).toBeVisible();
  await expect(page.getByText('read:page:confluence').first()).toBeVisible();
  await expect(
    page.getByRole('button', { name: 'Continue', exact: true }),
  ).toBeDisabled();
  await page.getByRole('button', { name: /^Continue without/ }).click();
  await expect(
    page.getByRole('heading', { name: 'Who counts?' }),
  ).toBeVisible();
  await endSecond(portal);
});

test('people who may not connect see no button for it', async ({
  portal,
  page,
}) => {
  await portal.signIn('auditor', '/confluence-compliance/connections');
  const card = page.getByRole('article', { name: 'Northwind Confluence' });
  await expect(card).toBeVisible();
  await expect(page.getByRole('link', { name: 'Connect a site' })).toHaveCount(
    0,
  );
  await expect(card.getByRole('button', { name: /^More for/ })).toHaveCount(0);
  const refused = await portal.api('/connections/northwind/test', 'POST');
  expect(refused.status).toBe(403);
});
