// SPDX-License-Identifier: Apache-2.0
import { card, expect, SITE, tabs, test } from './portal';

const COLLEAGUE = 'user:default/jonas.achterberg';

test.beforeEach(async ({ portal }) => {
  await portal.signIn('engineer');
});

test('an engineer sees who has which access on the pages of the catalog', async ({
  portal,
  page,
}) => {
  const access = card(page, 'Confluence access');
  const known = access.getByText(/^Read completely/);
  const can = access.getByRole('table', { name: 'What it can do' });

  await portal.openEntity('user', 'Kavya Sørensen', 'default');
  await expect(access.getByText('Active, linked by email')).toBeVisible();
  await expect(can.getByRole('row', { name: /Engineering/ })).not.toHaveCount(
    0,
  );
  await expect(known).toBeVisible();

  await portal.openEntity('user', 'Jonas Achterberg', 'default');
  await expect(access.getByText('Active, linked by email')).toBeVisible();
  await expect(known).toBeVisible();
  // Email addresses stay with those who may read accounts.
  await expect(access.getByText('@')).toHaveCount(0);

  await portal.openEntity('group', 'Engineering', 'default');
  await expect(access.getByText(/\d+ with an account$/)).toBeVisible();
  await access.getByRole('link', { name: 'engineering' }).first().click();
  await expect(page).toHaveURL(/\/catalog\/confluence\/group\/engineering-/);
  await expect(access.getByText(/^northwind/i)).toBeVisible();
  await expect(can.getByRole('row', { name: /^Edit ENG/ })).toBeVisible();
});

test('an engineer sees who reaches the space of a component and of a system', async ({
  portal,
  page,
}) => {
  const space = card(page, 'Space access and findings');
  const who = space.getByRole('table', { name: 'Who can do most' });
  for (const [kind, title] of [
    ['component', 'Order API'],
    ['system', 'Ordering'],
  ]) {
    await portal.openEntity(kind, title, 'default');
    await expect(space.getByText('ENG', { exact: true })).toBeVisible();
    await expect(
      who.getByRole('row', { name: /^Space admin Ulrich Bonney/ }),
    ).toBeVisible();
    // The card leads no further than its reader may go.
    await expect(
      space.getByRole('link', { name: 'Who can do what' }),
    ).toHaveCount(0);
  }

  await page.getByRole('link', { name: 'Confluence', exact: true }).click();
  await expect(
    page.getByRole('region', { name: 'Who can do what' }).getByRole('row', {
      name: /^Edit engineering/,
    }),
  ).toBeVisible();
});

test('an engineer sees the policy of a page and the review of the site', async ({
  portal,
  page,
}) => {
  await portal.openEntity('resource', 'Information Security Policy');
  const policy = card(page, 'Policy');
  await expect(policy.getByText('Information security')).toBeVisible();
  await expect(policy.getByText('Pass', { exact: true })).toBeVisible();
  await expect(policy.getByText('Whoever reads the space')).toBeVisible();

  await portal.openEntity('system', 'Northwind Confluence');
  const review = card(page, 'Access review');
  await expect(review.getByText(/^First review due/)).toBeVisible();
  await expect(review.getByText('Everybody employed')).toBeVisible();
});

test('an engineer finds themselves in the portal, and nobody else', async ({
  portal,
  page,
}) => {
  await portal.open('');
  await expect(tabs(page)).toHaveText(['Overview', 'Accounts', 'Policies']);
  const own = page.getByRole('region', { name: 'Your own access' });
  await expect(own.getByText('Active, linked by email')).toBeVisible();
  await expect(page.getByText(/check\.read/)).toBeVisible();

  await page.getByRole('tab', { name: 'Accounts' }).click();
  const rows = page.getByRole('region', { name: 'Accounts' }).getByRole('row');
  await expect(page.getByText('1 account', { exact: true })).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText('kavya.sorensen@northwind.example');
  await rows.last().click();
  await expect(
    page.getByRole('heading', { name: 'Kavya Sørensen', level: 1 }),
  ).toBeVisible();
  await expect(
    page.getByText('Seeing findings needs the permission'),
  ).toContainText('finding.read');
});

test('an engineer gets neither settings nor what is known of others', async ({
  portal,
  page,
}) => {
  const { body } = await portal.api(`/access?entityRef=${COLLEAGUE}`);
  const [{ accountId }] = body.person.accounts;
  const account = `/accounts/${SITE}/${encodeURIComponent(accountId)}`;

  await portal.open(account);
  await expect(
    page.getByRole('heading', { name: 'You may not see this account' }),
  ).toBeVisible();
  await expect(
    page.getByText('confluence-compliance.account.read'),
  ).toBeVisible();
  await expect(page.getByText('Jonas')).toHaveCount(0);

  for (const [tab, permission] of [
    ['connections', 'connection.read'],
    ['checks', 'check.read'],
    ['spaces', 'space.read'],
  ]) {
    await portal.open(`/${tab}`);
    await expect(
      page.getByRole('heading', { name: `You may not see ${tab}` }),
    ).toBeVisible();
    await expect(
      page.getByText(`confluence-compliance.${permission}`),
    ).toBeVisible();
    await expect(tabs(page)).toHaveText(['Overview', 'Accounts', 'Policies']);
    await expect(
      page.getByText(/Northwind Confluence|Ulrich|Engineering/),
    ).toHaveCount(0);
  }

  const refused = [
    ['GET', '/connections'],
    ['GET', `/connections/${SITE}`],
    ['GET', '/findings'],
    ['GET', '/checks'],
    ['GET', '/spaces'],
    ['GET', account],
    ['GET', `${account}/access`],
    ['POST', `/connections/${SITE}/sync`],
    ['POST', '/checks/access.offboarded-removed/run'],
  ];
  for (const [method, path] of refused) {
    const { status, body: refusal } = await portal.api(path, method);
    expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 403`);
    expect(refusal.error.message).toContain('confluence-compliance.');
  }
});
