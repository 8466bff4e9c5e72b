// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import {
  asService,
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

const DAY_MS = 24 * 3_600_000;
const dayIn = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('a connection of the portal', () => {
  let sandbox: Sandbox;
  let portal: Awaited<ReturnType<typeof startPlugin>>;
  const send = jest.fn();

  beforeAll(async () => {
    sandbox = await startSandbox();
    const config = sandboxConfig(sandbox, {
      oauth: { ...sandbox.credentials.oauth, callbackUrl: 'http://localhost/' },
      policies: {
        required: [
          {
            id: 'access-control',
            title: 'Access control',
            page: {
              connection: 'northwind',
              space: 'POL',
              title: 'Access Control Policy',
            },
          },
        ],
      },
    });
    portal = await startPlugin({
      config,
      entities: [
        ...peopleOf(sandbox),
        {
          apiVersion: 'backstage.io/v1beta1',
          kind: 'Group',
          metadata: { namespace: 'default', name: 'security' },
          spec: { type: 'team', children: [] },
        },
      ],
      features: [
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send }),
        }),
      ],
    });
    await portal.scheduler.triggerTask('sync-northwind');
  });

  afterAll(async () => {
    await portal.stop();
    await sandbox.close();
  });

  beforeEach(() => send.mockReset());

  const get = async (path: string) => (await portal.call('get', path)).body;
  const upkeep = () => portal.scheduler.triggerTask('connection-upkeep');
  const subjects = async () => {
    const as = asService('plugin:catalog');
    const { body } = await portal.call('get', '/changes?limit=500', { as });
    return body.items.filter(
      ({ connection }: { connection: string }) => connection === 'second',
    );
  };

  async function connect() {
    const { status } = await portal.call('post', '/connections', {
      body: {
        id: 'second',
        title: 'Second site',
        site: sandbox.secondSiteUrl,
        owner: 'group:default/security',
        purposes: ['access-review', 'policy'],
        auth: [
          {
            method: 'api-token',
            ...sandbox.credentials.apiToken,
            expiresAt: dayIn(300),
          },
        ],
        adminConfirmed: true,
      },
    });
    expect(status).toBe(201);
    await portal.call('put', '/connections/second', {
      body: { enabled: true },
    });
    expect((await portal.call('post', '/connections/second/sync')).status).toBe(
      202,
    );
    await portal.scheduler.triggerTask('sync-second');
  }

  it('is not made of a body of ten megabytes', async () => {
    const before = (await get('/connections')).totalItems;
    const { status, body } = await portal.call('post', '/connections', {
      body: { title: 'x'.repeat(10 * 1024 * 1024) },
    });
    expect(status).toBe(400);
    expect(body.error.message).toContain('at most 100 kB');
    expect((await get('/connections')).totalItems).toBe(before);
  });

  it('is not made without what a body says that is not called JSON', async () => {
    for (const body of ['hello', '{"title":7}']) {
      const { status, body: answer } = await portal.call(
        'put',
        '/connections/northwind',
        { body, type: 'text' },
      );
      expect([body, status]).toEqual([body, 400]);
      expect(answer.error.message).toContain(
        body === 'hello' ? 'must be a JSON object' : 'title',
      );
    }
  });

  it('is owned only by who is in the catalog', async () => {
    const before = (await get('/connections')).totalItems;
    const { status, body } = await portal.call('post', '/connections', {
      body: {
        title: 'Misspelled',
        site: sandbox.secondSiteUrl,
        owner: 'group:default/secruity',
        purposes: ['policy'],
        auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
        adminConfirmed: true,
      },
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /^owner 'group:default\/secruity' is not in the catalog: enter a team/,
    );
    expect((await get('/connections')).totalItems).toBe(before);
  });

  it('is read as soon as it is enabled, up to the green tick', async () => {
    await connect();
    const renamed = (owner: string) =>
      portal.call('put', '/connections/second', { body: { owner } });
    expect((await renamed('group:default/secruity')).status).toBe(400);
    expect((await renamed('group:default/security')).status).toBe(200);
    expect(await get('/connections/second')).toMatchObject({
      state: 'connected',
      greenTick: true,
      origin: 'portal',
      methods: [{ method: 'api-token', credential: { state: 'stored' } }],
    });
    expect(
      (await get('/accounts?connection=second')).totalItems,
    ).toBeGreaterThan(20);
    expect((await subjects()).length).toBeGreaterThan(40);
  });

  it('says wherever something is unknown which scope is missing', async () => {
    const { clientId } = sandbox.credentials.serviceAccount;
    sandbox.setScopes(clientId, [
      'read:group:confluence',
      'read:user:confluence',
      'read:content-details:confluence',
      'read:space:confluence',
    ]);
    await portal.call('post', '/connections/northwind/sync');
    await portal.scheduler.triggerTask('sync-northwind');
    await portal.scheduler.triggerTask('run-checks');
    const missing = 'The scope read:page:confluence is missing';
    const { capabilities, greenTick } = await get('/connections/northwind');
    expect(greenTick).toBe(false);
    expect(capabilities).toContainEqual(
      expect.objectContaining({
        dataset: 'pages',
        ability: 'cannot',
        problem: {
          code: 'scope-missing',
          text: missing,
          scopes: ['read:page:confluence'],
          cure: expect.stringContaining('Service accounts'),
        },
      }),
    );
    const found = await get('/findings?check=policy.document-set-up&limit=200');
    const items = found.items.filter(
      ({ reason }: Pick<Finding, 'reason'>) =>
        reason.code !== 'document-not-named',
    );
    expect(items.length).toBeGreaterThan(0);
    for (const { reason, verdict } of items) {
      expect([verdict, reason.text]).toEqual([
        'unknown',
        expect.stringContaining(missing),
      ]);
    }
  });

  it('gets its new name into the changes that a catalog follows', async () => {
    await portal.call('put', '/connections/second', {
      body: { title: 'Renamed' },
    });
    const site = (await subjects()).find(
      ({ kind }: { kind: string }) => kind === 'site',
    );
    expect(site.state).toEqual({
      title: 'Renamed',
      site: sandbox.secondSiteUrl,
    });
  });

  it('is not read while it is disabled', async () => {
    const disable = { body: { enabled: false } };
    await portal.call('put', '/connections/second', disable);
    expect(await get('/connections/second')).toMatchObject({
      state: 'disabled',
      greenTick: false,
    });
    const refused = await portal.call('post', '/connections/second/sync');
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('enable it first');
    const before = sandbox.requests.total;
    await portal.scheduler.triggerTask('sync-second');
    expect(sandbox.requests.total).toBe(before);
    const enable = { body: { enabled: true } };
    await portal.call('put', '/connections/second', enable);
  });

  it('tells its owner once that a credential ends, and loses nothing when nobody can be told', async () => {
    const { email } = sandbox.credentials.apiToken;
    const endsIn = (days: number) =>
      portal.call('put', '/connections/second', {
        body: {
          auth: [{ method: 'api-token', email, expiresAt: dayIn(days) }],
        },
      });
    await upkeep();
    expect(send).not.toHaveBeenCalled();
    await endsIn(9);
    expect(await get('/connections/second')).toMatchObject({
      methods: [{ credential: { state: 'expiring' } }],
    });
    await upkeep();
    await upkeep();
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0][0]).toMatchObject({
      recipients: { type: 'entity', entityRef: 'group:default/security' },
      payload: {
        title: 'The credential of Renamed expires soon',
        link: expect.stringContaining('/connections'),
      },
    });
    send.mockRejectedValueOnce(new Error('no notifications here'));
    await endsIn(-1);
    await upkeep();
    expect(send).toHaveBeenCalledTimes(2);
    expect(await get('/connections/second')).toMatchObject({
      methods: [{ credential: { state: 'expired' } }],
    });
    expect(portal.logs.join('\n')).toContain('Nobody could be told');
    // It is said as soon as somebody can be told, and once.
    await upkeep();
    await upkeep();
    expect(send).toHaveBeenCalledTimes(3);
    expect(send.mock.calls[2]).toEqual(send.mock.calls[1]);
  });

  it('keeps its history to be read when it ends, and its entities go', async () => {
    const accounts = (await get('/accounts?connection=second')).totalItems;
    const all = (await get('/accounts')).totalItems;
    const { revision } = await get('/connections');
    const ended = await portal.call('delete', '/connections/second');
    expect(ended.status).toBe(204);
    expect(await get('/connections/second')).toMatchObject({
      state: 'ended',
      endedAt: expect.any(String),
      methods: [{ credential: { state: 'missing' } }],
    });
    expect(
      (await subjects()).every(({ gone }: { gone?: boolean }) => gone),
    ).toBe(true);
    // By name, and in the past, it is still there; in what is so now it is not.
    expect((await get('/accounts?connection=second')).totalItems).toBe(
      accounts,
    );
    expect((await get(`/accounts?asOf=${revision - 1}`)).totalItems).toBe(all);
    expect((await get('/accounts')).totalItems).toBe(all - accounts);
    const sync = await portal.call('post', '/connections/second/sync');
    expect(sync.status).toBe(409);
    await upkeep();
    expect((await get('/accounts?connection=second')).totalItems).toBe(
      accounts,
    );
  });

  it('leaves nothing but the ledger when its history is deleted too', async () => {
    const answer = await portal.call(
      'delete',
      '/connections/second?history=delete',
    );
    expect(answer.status).toBe(204);
    await upkeep();
    expect((await portal.call('get', '/connections/second')).status).toBe(404);
    const gone = await portal.call('get', '/accounts?connection=second');
    expect(gone.status).toBe(400);
    // The other site of the same people keeps their names.
    const { items } = await get('/accounts?connection=northwind&q=Ada');
    expect(items[0].name).toContain('Ada');
    // The same site can be connected again under the same id.
    await connect();
    expect(await get('/connections/second')).toMatchObject({
      greenTick: true,
    });
    const site = (await subjects()).find(
      ({ kind }: { kind: string }) => kind === 'site',
    );
    expect(site.gone).toBeFalsy();
  });

  it('keeps its entities where that is asked for', async () => {
    const before = (await subjects()).filter(
      ({ gone }: { gone?: boolean }) => !gone,
    ).length;
    await portal.call('delete', '/connections/second?entities=keep');
    await upkeep();
    const after = (await subjects()).filter(
      ({ gone }: { gone?: boolean }) => !gone,
    ).length;
    expect(after).toBe(before);
  });
});
