// SPDX-License-Identifier: Apache-2.0
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
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
import type { Retention } from './history';
import { RetentionTask } from './RetentionTask';

jest.setTimeout(120_000);

describe('RetentionTask', () => {
  const config = {
    retention: { history: 'P25M', profilesAfterGone: 'P90D', evidence: 'P7Y' },
  };

  function start(scheduler = mockServices.scheduler.mock()) {
    const retention = {
      forgetProfiles: jest.fn(async () => 1),
      prune: jest.fn(async () => ({ oldest: 7, rows: 2, reads: 3 })),
      eraseEvidence: jest.fn(async () => 0),
    };
    const logger = mockServices.logger.mock();
    const task = new RetentionTask({
      config,
      retention: retention as Partial<Retention> as Retention,
      scheduler,
      logger,
      now: () => new Date('2026-03-31T12:00:00Z'),
    });
    return { retention, logger, task };
  }

  it('lets go of each thing after its time, and says what went', async () => {
    const { retention, logger, task } = start();
    await task.run();
    expect(retention.forgetProfiles).toHaveBeenCalledWith({
      goneBefore: '2025-12-31T12:00:00.000Z',
    });
    expect(retention.prune).toHaveBeenCalledWith({
      before: '2024-02-29T12:00:00.000Z',
    });
    expect(retention.eraseEvidence).toHaveBeenCalledWith({
      before: '2019-03-31T12:00:00.000Z',
    });
    expect(logger.info.mock.calls.flat()).toEqual([
      'Forgot 1 profiles',
      'Pruned 2 rows and 3 reads: the oldest revision is 7',
    ]);
  });

  it('goes on where a part fails, and fails itself', async () => {
    const { retention, logger, task } = start();
    retention.forgetProfiles.mockRejectedValue(new Error('locked'));
    await expect(task.run()).rejects.toThrow('locked');
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(retention.eraseEvidence).toHaveBeenCalledTimes(1);
  });

  it('stops when it is told to', async () => {
    const { retention, task } = start();
    const stop = new AbortController();
    retention.forgetProfiles.mockImplementation(async () => {
      stop.abort();
      return 0;
    });
    await expect(task.run(stop.signal)).rejects.toThrow(/abort/);
    expect(retention.prune).not.toHaveBeenCalled();
  });

  it('is one task for all replicas, every day', async () => {
    const scheduler = mockServices.scheduler.mock();
    await start(scheduler).task.start();
    expect(scheduler.scheduleTask).toHaveBeenCalledWith(
      expect.objectContaining({ scope: 'global', frequency: { days: 1 } }),
    );
    expect(scheduler.scheduleTask.mock.calls[0][0]).not.toHaveProperty(
      'initialDelay',
    );
  });
});

describe('what is not kept any more', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  it.each(databases.eachSupportedId())(
    'is 410 in every list, and leaves the present alone, %p',
    async id => {
      const knex = await databases.init(id);
      const portal = await startPlugin({
        config: sandboxConfig(sandbox),
        entities: peopleOf(sandbox),
        knex,
      });
      const { scheduler } = portal;
      await scheduler.triggerTask('read-people');
      await portal.call('post', '/connections/northwind/sync');
      await scheduler.triggerTask('sync-northwind');
      await scheduler.triggerTask('run-checks');
      const lists = ['accounts', 'groups', 'spaces', 'pages', 'findings'];
      const answers = async (query = '', as?: string) =>
        Promise.all(
          lists.map(list => portal.call('get', `/${list}${query}`, { as })),
        );
      const now = async () =>
        (await answers()).map(({ body }) => body.totalItems);
      const before = await now();
      const firstPage = await portal.call('get', '/accounts?limit=1');
      const { nextCursor } = firstPage.body.pageInfo;

      await knex('history_revisions').update({
        committed_at: '2020-01-01T00:00:00.000Z',
      });
      sandbox.changes.renameGroup({ group: 'security-team', name: 'security' });
      await portal.call('post', '/connections/northwind/sync');
      await scheduler.triggerTask('sync-northwind');
      await scheduler.triggerTask('retention');

      for (const query of ['?asOf=1', '?asOf=2020-01-01T00:00:00Z']) {
        const gone = await answers(query);
        // The last revision of those days is still there: everything since rests on it.
        const expected = query === '?asOf=1' ? 410 : 200;
        expect(gone.map(({ status }) => status)).toEqual(
          lists.map(() => expected),
        );
      }
      const [{ body }] = await answers('?asOf=1');
      expect(body.error).toMatchObject({
        name: 'GoneError',
        message: expect.stringMatching(
          /^asOf 1 is not kept any more: the oldest revision is \d+, of 2020-01-01T/,
        ),
      });
      expect(await now()).toEqual(before);
      const next = await portal.call(
        'get',
        `/accounts?limit=1&cursor=${nextCursor}`,
      );
      expect(next.status).toBe(200);
      const as = asService('plugin:catalog');
      const since = await portal.call('get', '/changes?since=1', { as });
      expect(since.status).toBe(410);
      const trend = await portal.call('get', '/findings/trend?days=30');
      expect(trend.status).toBe(200);
      await portal.stop();
    },
  );
});
