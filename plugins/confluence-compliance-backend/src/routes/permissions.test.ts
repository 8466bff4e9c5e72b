// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { reviewManagePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { createConfluenceCompliancePolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import {
  peopleOf,
  sandboxConfig,
  startPlugin,
  users,
} from '../__testUtils__/startPlugin';

jest.setTimeout(120_000);

describe('permissions with the permission backend and the policy of roles', () => {
  const kavya = mockCredentials.user.header('user:default/kavya.sorensen');
  const reviewer = mockCredentials.user.header('user:default/reviewer');
  const owner = mockCredentials.user.header('user:default/owner');
  const boss = mockCredentials.user.header('user:default/boss');
  const manager = mockCredentials.user.header('user:default/manager');
  const auditor = mockCredentials.user.header('user:default/auditor');
  let sandbox: Sandbox;
  let portal: Awaited<ReturnType<typeof startPlugin>>;
  let accounts: Array<{ accountId: string; person?: { ref: string } }>;
  let run: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const config = sandboxConfig(sandbox);
    config.confluenceCompliance.connections[0].owner = 'user:default/owner';
    const roles = createConfluenceCompliancePolicy({
      roles: {
        admin: ['user:default/boss'],
        reviewer: ['user:default/reviewer', 'user:default/owner'],
        auditor: ['user:default/auditor'],
        member: 'everybody',
      },
    });
    portal = await startPlugin({
      config,
      entities: [...peopleOf(sandbox), ...users('reviewer', 'boss')],
      policy: {
        // One who manages reviews, and may do nothing else.
        handle: async (request, user) =>
          user?.info.userEntityRef === 'user:default/manager' &&
          request.permission.name === reviewManagePermission.name
            ? { result: AuthorizeResult.ALLOW }
            : roles.handle(request, user),
      },
    });
    await portal.scheduler.triggerTask('read-people');
    await portal.scheduler.triggerTask('sync-northwind');
    const all = await portal.call('get', '/accounts?limit=200', {
      as: auditor,
    });
    accounts = all.body.items;
    const runs = await portal.call('get', '/connections/northwind/runs', {
      as: auditor,
    });
    run = runs.body.items[0].id;
  });

  afterAll(async () => {
    await portal.stop();
    await sandbox.close();
  });

  const status = async (
    method: 'get' | 'post',
    path: string,
    as: string,
    body?: object,
  ) => (await portal.call(method, path, { as, body })).status;

  it('shows everybody their own accounts, and counts no others', async () => {
    const mine = accounts.filter(
      ({ person }) => person?.ref === 'user:default/kavya.sorensen',
    );
    expect(mine).toHaveLength(1);
    const { body } = await portal.call('get', '/accounts', { as: kavya });
    expect(body).toMatchObject({ items: mine, totalItems: 1, pageInfo: {} });
    const nobody = mockCredentials.user.header('user:default/nobody');
    expect(
      (await portal.call('get', '/accounts?q=a', { as: nobody })).body,
    ).toMatchObject({ items: [], totalItems: 0 });
  });

  it('answers alike for a foreign account and for none', async () => {
    const own = accounts.find(({ person }) => person?.ref.includes('kavya'))!;
    const foreign = accounts.find(({ person }) => person?.ref.includes('ada'))!;
    const path = ({ accountId }: { accountId: string }) =>
      `/accounts/northwind/${encodeURIComponent(accountId)}`;
    expect(await status('get', path(own), kavya)).toBe(200);

    const refused = [
      path(foreign),
      path({ accountId: 'nobody' }),
      '/accounts/nowhere/nobody',
      `${path(foreign)}?asOf=1`,
    ];
    const answers = await Promise.all(
      refused.map(one => portal.call('get', one, { as: kavya })),
    );
    expect(answers.map(answer => answer.status)).toEqual([403, 403, 403, 403]);
    expect(new Set(answers.map(({ body }) => body.error.message))).toEqual(
      new Set(["Missing the permission 'confluence-compliance.account.read'"]),
    );

    expect(await status('get', path(foreign), auditor)).toBe(200);
    expect(await status('get', refused[1], auditor)).toBe(404);
  });

  it('lets the owner of a connection sync it, and accept what its guard refused', async () => {
    const sync = '/connections/northwind/sync';
    const accept = `/runs/${run}/accept`;
    const body = { readId: 'r', reason: 'A planned clean-up' };
    expect(await status('post', sync, owner)).toBe(202);
    expect(await status('post', accept, owner, body)).toBe(404);
    for (const other of [reviewer, auditor, kavya]) {
      expect(await status('post', sync, other)).toBe(403);
      expect(await status('post', accept, other, body)).toBe(403);
      expect(await status('post', '/runs/none/accept', other, body)).toBe(403);
      expect(await status('post', '/connections/none/sync', other)).toBe(403);
    }
  });

  it('shows a review to whoever decides in it, and to auditors who change nothing', async () => {
    const { body: made } = await portal.call('post', '/reviews', {
      as: boss,
      body: {
        title: 'Quarter',
        scope: { connection: 'northwind' },
        reviewer: 'user:default/reviewer',
        fallbackReviewer: 'user:default/boss',
      },
    });
    const of = `/reviews/${made.id}`;
    const { gapsHash } = made.preview;
    const acceptGaps = { gapsHash, reason: 'Nobody can read the rest' };
    const body = { acceptGaps };
    expect(await status('post', `${of}/start`, boss, body)).toBe(200);
    await portal.scheduler.triggerTask('make-review-items').catch(() => {});
    const mine = await portal.call('get', `${of}/items/mine`, { as: reviewer });
    const [{ id, version }] = mine.body.items;
    const all = [reviewer, auditor, owner, kavya];
    const statuses = (path: string) =>
      Promise.all(all.map(as => status('get', path, as)));
    expect(await statuses(of)).toEqual([200, 200, 403, 403]);
    expect(await statuses(`${of}/items/${id}/history`)).toEqual([
      200, 200, 403, 403,
    ]);
    expect(await statuses(`${of}/history`)).toEqual([200, 200, 403, 403]);
    const toOwner = { owner: 'user:default/reviewer', reason: 'Boss is ill' };
    expect(await status('post', `${of}/owner`, boss, toOwner)).toBe(200);
    const told = async (as: string) =>
      (await portal.call('get', `${of}/history`, { as })).body.items;
    expect(await told(auditor)).toMatchObject([{ reason: 'Boss is ill' }]);
    // Reasons of others are not for each reviewer.
    const [{ reason, ...event }] = await told(auditor);
    expect(await told(reviewer)).toEqual([event]);
    for (const path of ['', '/items', '/summary', '/csv']) {
      const whole = path === '' ? '/reviews' : `${of}${path}`;
      expect([path, await statuses(whole)]).toEqual([
        path,
        [403, 200, 403, 403],
      ]);
    }
    const toBoss = { owner: 'user:default/boss', reason: 'x' };
    const handOn = {
      from: 'user:default/reviewer',
      to: 'user:default/boss',
      reason: 'x',
    };
    for (const as of all) {
      expect(await status('post', `${of}/owner`, as, toBoss)).toBe(403);
      expect(await status('post', `${of}/hand-on`, as, handOn)).toBe(403);
      expect(await status('get', '/reviews/delegations/all', as)).toBe(403);
    }
    const decide = { items: [{ id, version }], decision: 'keep', reason: 'x' };
    expect(await status('post', `${of}/decisions`, auditor, decide)).toBe(403);
    expect(await status('post', `${of}/decisions`, owner, decide)).toBe(403);
    expect(await status('post', `${of}/decisions`, reviewer, decide)).toBe(200);
  });

  it('lets nobody end a delegation but who gave it and who manages reviews', async () => {
    const give = async () => {
      const made = await portal.call('post', '/reviews/delegations', {
        as: reviewer,
        body: {
          to: 'user:default/boss',
          endsAt: new Date(Date.now() + 86_400_000).toISOString(),
          reason: 'Away',
        },
      });
      return `/reviews/delegations/${made.body.id}/end`;
    };
    const any = (path: string) =>
      path.replace('/delegations/', '/delegations/all/');
    const path = await give();
    expect(await status('post', path, owner)).toBe(403);
    expect(await status('post', path, auditor)).toBe(403);
    expect(await status('post', path, boss)).toBe(403);
    for (const other of [reviewer, owner, auditor, kavya]) {
      expect(await status('post', any(path), other)).toBe(403);
    }
    // To manage reviews is enough: nobody has to decide in them, too.
    expect(await status('post', any(path), manager)).toBe(200);
    expect(await status('post', path, reviewer)).toBe(409);
    expect(await status('post', any(await give()), boss)).toBe(200);
    expect(await status('post', await give(), reviewer)).toBe(200);
  });
});
