// SPDX-License-Identifier: Apache-2.0
import { startSandbox } from '@confluence-compliance/atlassian-sandbox';
import { Portal } from './__testUtils__/Portal';
import { createSharedDatabase, postgres } from './__testUtils__/sharedDatabase';

jest.setTimeout(10 * 60_000);

interface Run {
  id: string;
  state: string;
  startedAt: string;
  finishedAt?: string;
}

// Replicas need a database that they share; SQLite is for one backend.
(postgres ? describe : describe.skip)('two replicas on one PostgreSQL', () => {
  it('make one run at a time, from either, also when one of them is killed', async () => {
    const sandbox = await startSandbox();
    const database = createSharedDatabase(postgres ?? '');
    const here = await Portal.create(sandbox, database.config);
    const there = await Portal.create(sandbox, database.config);
    const path = '/confluence-compliance/connections/northwind';
    const names = () =>
      [...sandbox.world.groups.values()].map(({ name }) => name).sort();
    let name = 'security-team';
    const rename = (to: string) => {
      sandbox.changes.renameGroup({ group: name, name: to });
      name = to;
    };
    const shows = (portal: Portal) =>
      portal.until(`${name} to be seen`, async () =>
        JSON.stringify(await portal.groups()) === JSON.stringify(names())
          ? true
          : undefined,
      );

    try {
      here.start();
      await shows(here);
      there.start(['insert into history_staged'], { whenTold: true });
      await shows(there);

      // Sync now from either, and from both at once.
      for (const [to, asked] of [
        ['asked-here', [here]],
        ['asked-there', [there]],
        ['asked-both', [here, there]],
      ] as const) {
        rename(to);
        await Promise.all(asked.map(portal => portal.syncNow()));
        await shows(here);
        await shows(there);
      }

      // One of them gets the next slice: it is asked for until that is the one that dies.
      rename('taken-over');
      there.arm();
      await here.until('the other one to be killed', async () => {
        await here.syncNow();
        return there.isRunning() ? undefined : true;
      });
      expect(await there.ended()).toBe('SIGKILL');

      // The one that is left goes on with the run that the other one had begun, if it has not yet.
      const newest: Run[] = (await here.get(`${path}/runs?limit=1`)).items;
      const left: Run = (await here.get(path)).activeRun ?? newest[0];
      await here.until('the run to be taken over', async () =>
        (await here.get(`/confluence-compliance/runs/${left.id}`)).state ===
        'published'
          ? true
          : undefined,
      );
      await shows(here);

      const runs: Run[] = (await here.get(`${path}/runs?limit=200`)).items;
      const ended = runs
        .filter(({ finishedAt }) => finishedAt)
        .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
      expect(ended.length).toBeGreaterThanOrEqual(4);
      ended.forEach((run, i) => {
        expect(run.state).toBe('published');
        // Never two at once.
        expect(run.startedAt >= (ended[i - 1]?.finishedAt ?? '')).toBe(true);
      });
    } finally {
      await Promise.all([here.remove(), there.remove()]);
      await database.remove();
      await sandbox.close();
    }
  });
});
