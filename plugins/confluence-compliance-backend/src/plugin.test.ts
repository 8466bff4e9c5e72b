// SPDX-License-Identifier: Apache-2.0
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import {
  asService,
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

describe('confluenceCompliancePlugin', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.close());

  it('reads the whole site, links people and finds the leaver', async () => {
    const portal = await startPlugin({
      config: sandboxConfig(sandbox),
      entities: peopleOf(sandbox),
    });
    const { call, scheduler, logs, answers } = portal;
    const get = async (path: string) => {
      const answer = await call('get', path);
      expect([path, answer.status, answer.text]).toEqual([
        path,
        200,
        expect.anything(),
      ]);
      return answer.body;
    };

    const before = await get('/connections/northwind');
    expect(before).toMatchObject({ state: 'never-synced', greenTick: false });

    await scheduler.triggerTask('read-people');
    expect((await call('post', '/connections/northwind/sync')).status).toBe(
      202,
    );
    await scheduler.triggerTask('run-checks');

    const connection = await get('/connections/northwind');
    expect(connection).toMatchObject({
      state: 'connected',
      greenTick: true,
      lastRun: { state: 'published', trigger: 'manual' },
    });
    const accounts = await get('/accounts?limit=200');
    expect(accounts.totalItems).toBe(accounts.items.length);
    for (const { accountId } of sandbox.world.people) {
      const found = accounts.items.find(
        (account: { accountId: string }) => account.accountId === accountId,
      );
      expect(found).toMatchObject({ connection: 'northwind' });
    }
    const linked = await get('/accounts?person=linked&limit=200');
    expect(linked.totalItems).toBeGreaterThan(0);
    for (const account of linked.items) {
      expect(account.person).toEqual({
        ref: expect.stringMatching(/^user:default\//),
        how: expect.any(String),
      });
    }

    const leavers = sandbox.world.people.filter(
      ({ employment }) => employment === 'departed',
    );
    expect(leavers).not.toHaveLength(0);
    const findings = await get(
      '/findings?check=access.offboarded-removed&verdict=fail',
    );
    const failing = findings.items.map(
      (finding: { person?: string }) => finding.person,
    );
    expect(failing).not.toHaveLength(0);
    expect(leavers.map(({ name }) => `user:default/${name}`)).toEqual(
      expect.arrayContaining(failing),
    );
    expect(await get('/checks/access.offboarded-removed')).toMatchObject({
      verdict: 'fail',
      running: false,
    });

    const feed = await call('get', '/changes?limit=500', {
      as: asService('plugin:catalog'),
    });
    expect(feed.status).toBe(200);
    const kinds = feed.body.items.map((item: { kind: string }) => item.kind);
    expect([...new Set(kinds)].sort()).toEqual([
      'account',
      'group',
      'page',
      'site',
      'space',
    ]);

    const revision = accounts.revision;
    await scheduler.triggerTask('link-accounts');
    await call('post', '/connections/northwind/sync');
    await scheduler.triggerTask('run-checks');
    expect((await get('/accounts')).revision).toBe(
      (await get('/spaces')).revision,
    );
    expect((await get('/connections/northwind')).lastRun).toMatchObject({
      state: 'published',
      opened: 0,
      changed: 0,
      removed: 0,
    });
    expect((await get(`/accounts?asOf=${revision}`)).totalItems).toBe(
      accounts.totalItems,
    );

    const said = [...logs, ...answers].join('\n');
    expect(said).toContain('northwind');
    expect(sandbox.secrets().length).toBeGreaterThan(3);
    for (const secret of sandbox.secrets()) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
        Buffer.from(secret).toString('base64url'),
      ]) {
        expect(said.includes(form)).toBe(false);
      }
    }
    await portal.stop();
  });
});
