// SPDX-License-Identifier: Apache-2.0
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { confluenceCompliancePermissions } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { z } from 'zod';
import { allRoutes } from '.';
import type { Example } from './__testUtils__/example';
import { examplesOf } from './__testUtils__/examples';
import { makeReviews } from './__testUtils__/makeReviews';
import { parse, parseRequest } from './parse';
import type { Rooms } from './rooms';
import type { Route } from './route';
import {
  asService,
  peopleOf,
  sandboxConfig,
  startPlugin,
  users,
} from '../__testUtils__/startPlugin';

jest.setTimeout(120_000);

type Portal = Awaited<ReturnType<typeof startPlugin>>;

describe('routes', () => {
  // Making the routes calls no room.
  const routes = allRoutes({} as Rooms);
  const everything = {
    services: [
      {
        subject: 'plugin:trusted',
        permissions: confluenceCompliancePermissions.map(({ name }) => name),
      },
    ],
    policies: {
      required: [
        {
          id: 'infosec',
          title: 'Information security',
          page: { connection: 'northwind', label: 'policy-infosec' },
          acknowledgedBy: ['group:default/staff'],
        },
      ],
    },
  };
  const trusted = asService('plugin:trusted');
  let sandbox: Sandbox;
  let portal: Portal;
  let denied: Portal;
  let examples: Record<string, Example>;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const config = sandboxConfig(sandbox, {
      ...everything,
      oauth: { ...sandbox.credentials.oauth, callbackUrl: 'http://localhost/' },
      reviews: {
        removal: {
          enabled: true,
          credentials: [
            {
              connection: 'northwind',
              method: 'api-token',
              ...sandbox.credentials.apiToken,
            },
          ],
        },
      },
    });
    const staff = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { name: 'staff' },
      relations: [{ type: 'hasMember', targetRef: 'user:default/mock' }],
    };
    portal = await startPlugin({
      config,
      entities: [...peopleOf(sandbox), ...users('mock', 'other'), staff],
    });
    denied = await startPlugin({ config, permission: AuthorizeResult.DENY });
    await portal.scheduler.triggerTask('read-people');
    await portal.scheduler.triggerTask('read-policy-groups');
    await portal.scheduler.triggerTask('sync-northwind');
    await portal.scheduler.triggerTask('run-checks');
    await portal.call('post', '/connections', {
      body: {
        id: 'drafted',
        purposes: ['policy'],
        auth: [{ method: 'oauth' }],
        adminConfirmed: true,
      },
    });
    const get = async (path: string) => (await portal.call('get', path)).body;
    const found: Array<{ id: string; verdict: string }> = (
      await get('/findings?limit=200')
    ).items;
    const [finding, ...others] = found
      .filter(({ verdict }) => verdict !== 'unknown')
      .map(({ id }) => id);
    const ask = (as: string, ...findings: string[]) =>
      portal.call('post', '/exceptions', {
        as: mockCredentials.user.header(as),
        body: {
          findings,
          reason: 'They are needed until the audit is over',
          control: 'They are watched daily',
          until: new Date(Date.now() + 86_400_000).toISOString(),
        },
      });
    const { body: asked } = await ask(
      'user:default/asker',
      ...others.slice(0, 3),
    );
    const { body: own } = await ask('user:default/mock', others[3]);
    await portal.call('post', `/exceptions/${asked.ids[2]}/approve`);
    examples = examplesOf({
      exceptions: [...asked.ids, ...own.ids],
      finding,
      account: encodeURIComponent((await get('/accounts')).items[0].accountId),
      group: encodeURIComponent((await get('/groups')).items[0].groupId),
      policyPage: await get('/policies').then(({ items: [{ pages }] }) => ({
        pageId: pages[0].pageId,
        version: pages[0].version,
      })),
      reviews: await makeReviews(portal),
      person: sandbox.world.people[0].name,
      newConnection: {
        id: 'second',
        site: sandbox.secondSiteUrl,
        purposes: ['access-review'],
        auth: [{ method: 'api-token', ...sandbox.credentials.apiToken }],
        adminConfirmed: true,
      } as { id: string; auth: object[] },
      space: encodeURIComponent((await get('/spaces')).items[0].key),
      run: (await get('/connections/northwind/runs')).items[0].id,
    });
  });

  afterAll(async () => {
    await portal.stop();
    await denied.stop();
    await sandbox.close();
  });

  const pathOf = ({ good, missing, bad }: Example) =>
    good || missing || bad[0][0];
  const callerOf = ({ servicesOnly }: Route) =>
    servicesOnly ? trusted : mockCredentials.user.header();

  it('has an example of every route', () => {
    expect(Object.keys(examples).sort()).toEqual(
      routes.map(({ id }) => id).sort(),
    );
  });

  describe.each(routes.map(route => [route.id, route] as const))(
    '%s',
    (id, route) => {
      it('is 401 for nobody', async () => {
        const { body } = examples[id];
        const answer = await portal.call(route.method, pathOf(examples[id]), {
          as: mockCredentials.none.header(),
          body,
        });
        expect(answer.status).toBe(401);
      });

      it('is 403 without the permission', async () => {
        const { body } = examples[id];
        const answer = await denied.call(route.method, pathOf(examples[id]), {
          as: callerOf(route),
          body,
        });
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain(route.permissions[0].name);
      });

      it('is 403 for a service that is not named', async () => {
        const { body } = examples[id];
        const answer = await portal.call(route.method, pathOf(examples[id]), {
          as: asService('plugin:other'),
          body,
        });
        expect(answer.status).toBe(403);
        expect(answer.body.error.message).toContain(
          'confluenceCompliance.services',
        );
      });

      it('is 400 for bad input and names the field', async () => {
        expect(examples[id].bad).not.toHaveLength(0);
        for (const [path, names, body] of examples[id].bad) {
          const answer = await portal.call(route.method, path, {
            as: callerOf(route),
            body: body ?? examples[id].body,
          });
          expect([path, answer.status]).toEqual([path, 400]);
          expect(answer.body.error.name).toBe('InputError');
          expect(answer.body.error.message).toContain(names);
        }
      });

      it('is audited when it writes', () => {
        expect(route.audit !== undefined).toBe(route.method !== 'get');
        expect(route.audit ?? 'none').toMatch(/^[a-z]+(-[a-z]+)*$/);
      });
    },
  );

  it.each(routes.filter(({ errors }) => errors.includes(404)))(
    '$id is 404 for what is not there',
    async route => {
      const {
        missing = 'no example',
        body,
        missingBody = body,
      } = examples[route.id];
      const answer = await portal.call(route.method, missing, {
        as: callerOf(route),
        body: missingBody,
      });
      expect([missing, answer.status]).toEqual([missing, 404]);
      expect(answer.body.error.name).toBe('NotFoundError');
    },
  );

  // There is no shrink to accept in this world, and nobody has granted anything.
  const without = [
    'acceptPeopleShrink',
    'acceptShrink',
    'completeAuthorization',
    'confirmDeparture',
    'listRefused',
  ];
  it.each(routes.filter(({ id }) => !without.includes(id)))(
    '$id answers as the contract says',
    async route => {
      const { good, body } = examples[route.id];
      const answer = await portal.call(route.method, good, {
        as: callerOf(route),
        body,
      });
      expect([answer.text, answer.status]).toEqual([
        expect.any(String),
        route.status,
      ]);
      const text = route.streams ? z.string().min(1) : z.literal('');
      const contract = route.answer ?? text;
      const said = route.answer ? answer.body : answer.text;
      expect(() => parse(contract, said)).not.toThrow();
    },
  );

  it.each([
    ['a space without width', '\u200b', 'U+200B'],
    ['a turn of direction', 'abc\u202egnp.exe', 'U+202E'],
    ['half a character', '\ud800 abc', 'U+D800'],
  ])('refuses %s in what somebody writes', (_, text, code) => {
    const found = () =>
      parseRequest(z.object({ reason: z.string() }), { reason: text });
    expect(found).toThrow(
      `reason must not contain characters that nobody sees: take out ${code}`,
    );
    expect(
      parseRequest(z.object({ q: z.string() }), { q: 'Zoé 👩‍💻 مریم' }),
    ).toEqual({ q: 'Zoé 👩‍💻 مریم' });
  });

  it('refuses users where only services may ask', async () => {
    for (const route of routes.filter(({ servicesOnly }) => servicesOnly)) {
      const { good, body } = examples[route.id];
      const answer = await portal.call(route.method, good, { body });
      expect(answer.status).toBe(403);
    }
  });

  it('lets a named service do what it is named for, and no more', async () => {
    const one = await startPlugin({
      config: sandboxConfig(sandbox, {
        services: [
          {
            subject: 'plugin:catalog',
            permissions: ['confluence-compliance.changes.read'],
          },
        ],
      }),
    });
    const as = asService('plugin:catalog');
    expect((await one.call('get', '/changes', { as })).status).toBe(200);
    const refused = await one.call('get', '/accounts', { as });
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain('account.read');
    await one.stop();
  });

  it('writes and exports nothing without the permission framework unless that is wanted', async () => {
    const config = sandboxConfig(sandbox, everything);
    const off = { ...config, permission: { enabled: false } };
    const closed = await startPlugin({ config: off });
    for (const route of routes.filter(r => !r.servicesOnly)) {
      const { body } = examples[route.id];
      const answer = await closed.call(
        route.method,
        pathOf(examples[route.id]),
        { body },
      );
      const refused =
        answer.status === 403 &&
        answer.body.error.message.includes('permission.enabled') &&
        answer.body.error.message.includes('allowWithoutPermissions');
      expect([route.id, refused]).toEqual([
        route.id,
        route.method !== 'get' || route.streams !== undefined,
      ]);
    }
    await closed.stop();
    const open = await startPlugin({
      config: {
        ...sandboxConfig(sandbox, { allowWithoutPermissions: true }),
        permission: { enabled: false },
      },
    });
    const path = '/checks/access.offboarded-removed/run';
    expect((await open.call('post', path)).status).toBe(202);
    await open.stop();
  });

  it('audits a write and how it ended', async () => {
    portal.events.length = 0;
    await portal.call('post', '/checks/access.offboarded-removed/run');
    await portal.call('post', '/checks/none/run');
    await portal.call('get', '/accounts');
    expect(portal.events).toEqual([
      { id: 'check-run', severity: 'medium', outcome: 'success' },
      { id: 'check-run', severity: 'medium', outcome: 'fail' },
    ]);
    denied.events.length = 0;
    await denied.call('post', '/connections/northwind/sync');
    expect(denied.events).toEqual([
      { id: 'sync-request', severity: 'medium', outcome: 'fail' },
    ]);
    // What was made has no name in its path.
    expect(portal.audited).toContain(
      JSON.stringify([
        'connection-create',
        'POST',
        '/api/confluence-compliance/connections',
        {},
        { meta: { id: 'drafted' } },
      ]),
    );
  });

  it('keeps what a consumer saves', async () => {
    const path = '/changes/consumers/other';
    const as = trusted;
    expect((await portal.call('get', path, { as })).body).toEqual({});
    const body = { position: '3', fingerprint: 'f' };
    await portal.call('put', path, { as, body });
    expect((await portal.call('get', path, { as })).body).toEqual({
      consumer: body,
    });
    const fresh = { fingerprint: 'g' };
    await portal.call('put', path, { as, body: fresh });
    expect((await portal.call('get', path, { as })).body).toEqual({
      consumer: fresh,
    });
  });

  it('tells a reader of the changes to start over when its position is unknown', async () => {
    const answer = await portal.call('get', '/changes?since=999999', {
      as: trusted,
    });
    expect(answer.status).toBe(410);
  });
});
