// SPDX-License-Identifier: Apache-2.0
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  type Sandbox,
  startSandbox,
} from '@confluence-compliance/atlassian-sandbox';
import { Knex } from 'knex';
import {
  sandboxConfig,
  SEALING_KEY,
  startPlugin,
} from './__testUtils__/startPlugin';

jest.setTimeout(180_000);

const NEXT_KEY = {
  id: 'next',
  secret: Buffer.alloc(32, 8).toString('base64'),
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'A sealing key that is replaced, on %p',
  id => {
    let knex: Knex;
    let sandbox: Sandbox;
    let runs: string[];

    beforeEach(async () => {
      knex = await databases.init(id);
      sandbox = await startSandbox();
      runs = [];
    });

    afterEach(() => sandbox.close());

    const send = jest.fn();
    const start = (...keys: object[]) =>
      startPlugin({
        config: sandboxConfig(sandbox, { secrets: { keys } }),
        knex,
        features: [
          createServiceFactory({
            service: notificationService,
            deps: {},
            factory: () => ({ send }),
          }),
        ],
      });
    type Portal = Awaited<ReturnType<typeof start>>;

    async function sync(portal: Portal) {
      // Whatever was taken over before is asked for again.
      sandbox.expireTokens();
      const asked = await portal.call('post', '/connections/second/sync');
      expect(asked.status).toBe(202);
      await portal.scheduler.triggerTask('sync-second');
      const { body } = await portal.call('get', '/connections/second/runs');
      const { id: runId, state, datasets } = body.items[0];
      expect(runs).not.toContain(runId);
      runs.push(runId);
      expect(state).toBe('published');
      expect(
        datasets.filter((of: { state: string }) => of.state !== 'complete'),
      ).toEqual([]);
    }

    const keyIds = () => knex('connection_credentials').pluck('key_id');

    it('leaves every sync that goes on whole, and nothing sealed with the old one', async () => {
      const before = await start(SEALING_KEY);
      const made = await before.call('post', '/connections', {
        body: {
          id: 'second',
          site: sandbox.secondSiteUrl,
          purposes: ['access-review', 'policy'],
          auth: [{ method: 'service-account', ...sandbox.issueClient() }],
          adminConfirmed: true,
        },
      });
      expect(made.status).toBe(201);
      await before.call('put', '/connections/second', {
        body: { enabled: true },
      });
      await sync(before);
      expect(await keyIds()).toEqual(['first']);
      await before.stop();

      const both = await start(NEXT_KEY, SEALING_KEY);
      await Promise.all([
        sync(both),
        both.scheduler.triggerTask('connection-upkeep'),
      ]);
      await sync(both);
      expect(await keyIds()).toEqual(['next']);
      await both.stop();

      const after = await start(NEXT_KEY);
      await sync(after);
      const { body } = await after.call('get', '/connections/second');
      expect(body).toMatchObject({ state: 'connected', greenTick: true });
      await after.stop();

      const without = await start(SEALING_KEY);
      const lost = await without.call('get', '/connections/second');
      expect(lost.body).toMatchObject({
        state: 'failed',
        greenTick: false,
        reason: {
          code: 'no-credential',
          text: expect.stringContaining("'next'"),
        },
        methods: [{ credential: { state: 'missing', sealedWith: 'next' } }],
      });
      await without.scheduler.triggerTask('connection-upkeep');
      await without.scheduler.triggerTask('connection-upkeep');
      const said = without.logs.filter(line =>
        line.includes('second/service-account (next)'),
      );
      expect(said).toHaveLength(1);
      expect(send.mock.calls).toMatchObject([
        [{ payload: { description: expect.stringContaining("key 'next'") } }],
      ]);
      await without.stop();
    });
  },
);
