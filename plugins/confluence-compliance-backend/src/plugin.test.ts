// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import {
  changesSchema,
  refusedPageSchema,
  checkSchema,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { confluenceComplianceChecksExtensionPoint } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import {
  asService,
  peopleOf,
  sandboxConfig,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(120_000);

const spacesModule = createBackendModule({
  pluginId: 'confluence-compliance',
  moduleId: 'acme-checks',
  register(reg) {
    reg.registerInit({
      deps: { checks: confluenceComplianceChecksExtensionPoint },
      async init({ checks }) {
        checks.addCheck({
          id: 'acme.spaces',
          title: 'Every space is known',
          description: 'Passes for every space',
          severity: 'low',
          subjectKind: 'space',
          requires: ['spaces'],
          improves: [],
          parameters: z.strictObject({}),
          controls: [],
          howToFix: [],
          state: 'ready',
          async *evaluate({ connections, data }) {
            for (const connection of connections) {
              for await (const rows of data.spaces(connection)) {
                for (const { key: subjectId } of rows) {
                  yield {
                    connection,
                    subjectId,
                    verdict: 'pass' as const,
                    reason: 'known',
                    facts: {},
                  };
                }
              }
            }
          },
        });
      },
    });
  },
});

describe('confluenceCompliancePlugin', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(() => sandbox.close());

  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

  it.each(databases.eachSupportedId())(
    'reads the whole site, links people and finds the leaver, %p',
    async id => {
      const knex = await databases.init(id);
      const portal = await startPlugin({
        config: sandboxConfig(sandbox),
        entities: peopleOf(sandbox),
        features: [mockServices.database.factory({ knex })],
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
          confidence: expect.stringMatching(/^(certain|likely)$/),
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

      // That nobody looked must not seem to be that nobody was there.
      const { knownSince } = await get('/connections/northwind');
      expect((await get(`/accounts?asOf=${knownSince}`)).revision).toBeLessThan(
        revision,
      );
      for (const path of [
        '/accounts?asOf=2020-01-01',
        '/findings?connection=northwind&asOf=2020-01-01',
        `/spaces?connection=northwind&asOf=${new Date(
          Date.parse(knownSince) - 1,
        ).toISOString()}`,
      ]) {
        const early = await call('get', path);
        expect(early.status).toBe(400);
        expect(early.body.error.message).toMatch(
          /^asOf 20.*: nothing is known.* of that day; the first revision.* is \d+, of 20/,
        );
      }

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
    },
  );

  it('says that a credential is refused without saying the credential', async () => {
    const config = sandboxConfig(sandbox);
    const clientSecret = 'wrong-but-secret-all-the-same';
    const [{ auth }] = config.confluenceCompliance.connections;
    auth[0] = { ...auth[0], clientSecret };
    const portal = await startPlugin({ config });
    const { call, scheduler, logs, answers } = portal;
    const task = scheduler.triggerTask('sync-northwind');
    await task.catch(error => logs.push(`${error.stack}`));
    const { body } = await call('get', '/connections/northwind');
    expect(body).toMatchObject({ greenTick: false, reason: expect.anything() });
    await call('get', '/connections/northwind/runs');
    const said = [...logs, ...answers].join('\n');
    expect(said).not.toContain(clientSecret);
    expect(said).not.toContain(encodeURIComponent(clientSecret));
    await portal.stop();
  });

  it('carries out a refused shrink when somebody accepts it', async () => {
    const own = await startSandbox();
    const portal = await startPlugin({ config: sandboxConfig(own) });
    const { call } = portal;
    const sync = async () => {
      await call('post', '/connections/northwind/sync');
      const answer = await call('get', '/connections/northwind');
      return answer.body;
    };
    expect(await sync()).toMatchObject({
      greenTick: true,
      audit: {
        readTo: expect.any(String),
        reachesTo: expect.any(String),
        accessAt: expect.any(String),
        accessEvents: expect.any(Number),
      },
    });
    const group = [...own.world.groups.values()].sort(
      (a, b) => b.members.size - a.members.size,
    )[0];
    const path = `/groups/northwind/${group.id}/members?limit=1`;
    const before = (await call('get', path)).body.totalItems;
    const leaving = [...group.members].slice(0, 15);
    for (const { accountId } of leaving) {
      own.changes.removeFromGroup({ account: accountId, group: group.id });
    }

    const refused = await sync();
    expect(refused).toMatchObject({ state: 'partial', greenTick: false });
    const { id: run, refused: shrinks } = refused.lastRun;
    expect(shrinks).toMatchObject([{ dataset: 'memberships', missing: 15 }]);
    expect((await call('get', path)).body.totalItems).toBe(before);
    const gaps = await call(
      'get',
      '/connections/northwind/containers?incomplete=true',
    );
    expect(gaps.body.items).toMatchObject([
      { title: group.name, reason: { code: 'shrink-refused' } },
    ]);

    const { readId } = shrinks[0];
    const list = `/runs/${run}/refused?readId=${readId}`;
    const first = await call('get', `${list}&limit=10`);
    expect(first.body).toMatchObject({ totalItems: 15, namesNeed: [] });
    const { nextCursor } = first.body.pageInfo;
    const second = await call('get', `${list}&limit=10&cursor=${nextCursor}`);
    const closing = [first, second].flatMap(
      answer => refusedPageSchema.parse(answer.body).items,
    );
    const sorted = (ids: string[]) => [...ids].sort();
    expect(sorted(closing.map(({ subject: { id } }) => id))).toEqual(
      sorted(leaving.map(({ accountId }) => accountId)),
    );
    for (const { subject, ...row } of closing) {
      expect(row).toMatchObject({
        dataset: 'memberships',
        container: group.id,
        key: `${group.id}/${subject.id}`,
      });
      expect(subject).toMatchObject({
        kind: 'account',
        title: leaving.find(one => one.accountId === subject.id)?.publicName,
      });
    }

    const body = { readId, reason: 'A planned clean-up' };
    const accepted = await call('post', `/runs/${run}/accept`, { body });
    expect(accepted.status).toBe(200);
    expect(accepted.body.refused[0].acceptedBy).toBe('user:default/mock');
    expect((await call('get', path)).body.totalItems).toBe(before - 15);
    const again = await call('post', `/runs/${run}/accept`, { body });
    expect(again.status).toBe(409);
    expect((await call('get', list)).body.items).toEqual([]);
    await portal.stop();
    await own.close();
  });

  it('tells a consumer of the changes what changed, and nothing else', async () => {
    const own = await startSandbox();
    const portal = await startPlugin({ config: sandboxConfig(own) });
    const { call, scheduler } = portal;
    await scheduler.triggerTask('sync-northwind');
    const changes = async (since?: string) => {
      const query = since ? `&since=${since}` : '';
      const answer = await call('get', `/changes?limit=500${query}`, {
        as: asService('plugin:catalog'),
      });
      return changesSchema.parse(answer.body);
    };
    const first = await changes();
    expect(first.more).toBe(false);
    expect((await changes(first.next)).items).toEqual([]);
    const [group] = [...own.world.groups.values()];
    own.changes.renameGroup({ group: group.id, name: 'renamed' });
    await call('post', '/connections/northwind/sync');
    const { items } = await changes(first.next);
    expect(items).toMatchObject([
      {
        kind: 'group',
        id: group.id,
        gone: false,
        name: first.items.find(({ id }) => id === group.id)?.name,
        state: { title: 'renamed' },
      },
    ]);
    await portal.stop();
    await own.close();
  });

  it('runs the checks that modules add', async () => {
    const portal = await startPlugin({
      config: sandboxConfig(sandbox),
      features: [spacesModule],
    });
    await portal.scheduler.triggerTask('sync-northwind');
    await portal.call('post', '/checks/acme.spaces/run');
    const { body } = await portal.call('get', '/checks/acme.spaces');
    expect(checkSchema.parse(body)).toMatchObject({
      verdict: 'pass',
      counts: { pass: sandbox.world.spaces.size, fail: 0 },
    });
    await portal.stop();
  });

  it.each([
    [
      { connections: [{ id: 'a', site: 'a.atlassian.net' }] },
      'confluenceCompliance.connections[0].auth is missing: set it to a list',
    ],
    [
      { checks: { 'access.none': {} } },
      'confluenceCompliance.checks.access.none names no check',
    ],
  ])('does not start with a wrong configuration, %#', async (more, message) => {
    const config = sandboxConfig(sandbox, more);
    await expect(startPlugin({ config })).rejects.toThrow(message);
  });
});
